"""Texts from outside stand on the pages as text."""

from __future__ import annotations

import pytest

from sim.app import markup
from sim.report.table import Cell, Table, cells

NASTY = '<script>alert("x")</script> & <img src=http://example.org/x> \' " ![a](http://example.org/y) `code` $x$ :red[z]'


@pytest.mark.parametrize(
    "made",
    [
        markup.paragraph(NASTY),
        markup.paragraph(NASTY, "lead"),
        markup.bullets([NASTY]),
        markup.pairs([(NASTY, NASTY)]),
        markup.findings([{"label": NASTY, "words": NASTY, "mark": NASTY, "kind": NASTY}]),
        markup.table(Table("t", NASTY, (NASTY, "b"), [cells(NASTY, Cell(NASTY, NASTY, NASTY))]), NASTY),
    ],
)
def test_no_tag_and_no_quote_comes_through(made):
    assert "<script" not in made
    assert "<img" not in made
    assert 'alert("' not in made


def test_markdown_is_text_in_labels():
    """Every character that Markdown reads is escaped, and a line break cannot begin a block."""
    told = markup.plain("# a\n* [b](c) ![d](e) <f> `g` $h$ :i[j]")
    assert told == r"\# a \* \[b\]\(c\) \!\[d\]\(e\) \<f\> \`g\` \$h\$ \:i\[j\]"


def test_a_table_has_headers_a_caption_and_a_name():
    made = markup.table(Table("t", "A caption", ("What", "Number"), [cells("one", "1")], frozenset({1})))
    assert '<th scope="col">What</th>' in made
    assert '<th scope="row">one</th>' in made
    assert "<caption><span>A caption</span></caption>" in made
    assert 'role="region" tabindex="0" aria-label="Table: A caption"' in made
    assert '<td class="ms-number">1</td>' in made
