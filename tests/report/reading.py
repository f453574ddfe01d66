"""A page read the way a browser reads it, with nothing but the standard library."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "img", "input", "hr"}


@dataclass
class Node:
    """An element: its tag, attributes, children and own text."""

    tag: str
    attributes: dict[str, str]
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    def all(self, tag: str) -> list[Node]:
        """Every element of this tag below, in order."""
        found = []
        for child in self.children:
            found += [child] * (child.tag == tag) + child.all(tag)
        return found

    def everything(self) -> list[Node]:
        """Every element below."""
        return [node for child in self.children for node in (child, *child.everything())]

    @property
    def text(self) -> str:
        """All text below, without scripts and styles."""
        if self.tag in ("script", "style"):
            return ""
        return " ".join([*self.pieces, *(child.text for child in self.children)])


class Reader(HTMLParser):
    """Builds the tree, and refuses tags that do not match."""

    def __init__(self) -> None:
        super().__init__()
        self.root = self.here = Node("", {})

    def handle_starttag(self, tag, attributes):
        """A new element."""
        node = Node(tag, {name: value or "" for name, value in attributes}, self.here)
        self.here.children.append(node)
        if tag not in VOID:
            self.here = node

    def handle_endtag(self, tag):
        """The end of the element that is open."""
        assert self.here.tag == tag, f"</{tag}> closes <{self.here.tag}>"
        self.here = self.here.parent

    def handle_data(self, data):
        """Text."""
        if data.strip():
            self.here.pieces.append(data.strip())


def read(text: str) -> Node:
    """The tree of a page; fails if an element is left open or closed out of turn."""
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert reader.here is reader.root, f"<{reader.here.tag}> is left open"
    return reader.root
