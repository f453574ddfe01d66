"""The line on which each key of a TOML text is set. Only for text that `tomllib` has already accepted: nothing is checked again here."""

from __future__ import annotations

import re
import tomllib

Key = tuple[str, ...]

_SPACE = re.compile(r"[ \t]*")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_NAME = re.compile(r'"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|[A-Za-z0-9_-]+')
_TEXT = re.compile(r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'', re.DOTALL)
_PLAIN = re.compile(r"[^,\]}#\r\n]*")


def lines(text: str) -> dict[Key, int]:
    """Every table and key of `text`, as a tuple of names, with the line (from 1) that set it first. Keys inside arrays are left out."""
    return _Reader(text).read()


class _Reader:
    """One pass over the text: `at` is the next character, `line` the line of the character `counted`, `found` what has been seen."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line, self.counted = 1, 0
        self.found: dict[Key, int] = {}

    def read(self) -> dict[Key, int]:
        table: Key | None = ()
        self._skip(_BLANK)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                brackets = 2 if self.text.startswith("[[", self.at) else 1
                self.at += brackets
                table = self._key(())
                self.at += brackets
            else:
                self._setting(table)
            self._skip(_BLANK)
        return self.found

    def _setting(self, table: Key | None) -> None:
        """Pass `key = value`. Inside an array `table` is None, and nothing is noted."""
        key = self._key(table)
        self.at += 1  # the equals sign
        self._value(key)

    def _key(self, table: Key | None) -> Key | None:
        """Pass a dotted key, and note the line of each of its parts."""
        self.line += self.text.count("\n", self.counted, self.at)
        self.counted = self.at
        key = table
        while True:
            self._skip(_SPACE)
            name = self._skip(_NAME)
            if key is not None:
                key = (*key, _name(name))
                self.found.setdefault(key, self.line)
            self._skip(_SPACE)
            if self.text[self.at] != ".":
                return key
            self.at += 1

    def _value(self, key: Key | None) -> None:
        """Pass a value."""
        self._skip(_BLANK)
        first = self.text[self.at]
        if first == "{":
            self._items("}", key)
        elif first == "[":
            self._items("]", None)
        elif first in "\"'":
            self._skip(_TEXT)
        else:
            self._skip(_PLAIN)

    def _items(self, end: str, key: Key | None) -> None:
        """Pass an inline table or an array, up to and with its last bracket."""
        self.at += 1
        self._skip(_BLANK)
        while self.text[self.at] != end:
            if end == "}":
                self._setting(key)
            else:
                self._value(None)
            self._skip(_BLANK)
            if self.text[self.at] == ",":
                self.at += 1
                self._skip(_BLANK)
        self.at += 1

    def _skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:
            raise ValueError(f"not TOML at character {self.at}")
        self.at = match.end()
        return match.group()


def _name(written: str) -> str:
    """The key that is written bare or in quotes; `tomllib` undoes the escapes."""
    return next(iter(tomllib.loads(f"{written} = 0"))) if written[0] in "\"'" else written
