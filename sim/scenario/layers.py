"""Documents laid over one another: tables are merged, everything else is replaced whole, and the place of each key is remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .lines import Key


@dataclass(frozen=True)
class Place:
    """Where a key was set. `layer` counts up: the larger, the later."""

    path: str
    line: int | None
    layer: int


class Layers:
    """The merged content of the layers so far (`content`), and where each of its keys was last set."""

    def __init__(self) -> None:
        self.content: dict[str, Any] = {}
        self._places: dict[Key, Place] = {}
        self._count = 0

    def add(self, content: Mapping[str, Any], path: str, lines: Mapping[Key, int]) -> None:
        """Lay `content` over what is there. The given tables are not changed, and later changes to them do no harm."""
        self._count += 1
        self._merge(self.content, content, (), path, lines)

    def place(self, key: Key) -> Place | None:
        """Where `key` was last set, or else the table it belongs to."""
        while key and key not in self._places:
            key = key[:-1]
        return self._places.get(key)

    def _merge(self, onto: dict[str, Any], content: Mapping[str, Any], table: Key, path: str, lines: Mapping[Key, int]) -> None:
        for name, value in content.items():
            key = (*table, name)
            self._places[key] = Place(path, lines.get(key), self._count)
            if isinstance(value, Mapping):
                if not isinstance(onto.get(name), dict):
                    self._forget_below(key)
                    onto[name] = {}
                self._merge(onto[name], value, key, path, lines)
            else:
                self._forget_below(key)
                onto[name] = value

    def _forget_below(self, key: Key) -> None:
        for old in [old for old in self._places if len(old) > len(key) and old[: len(key)] == key]:
            del self._places[old]
