"""Texts that a spreadsheet takes for a formula, and some that it does not; for the guards in Python and in the pages of a training pack."""

from __future__ import annotations

FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    " =1+1",
    "\n=1+1",
    "\r=1+1",
    "\t=1+1",
    "\t1",
    "\x00=1+1",
    "\ufeff=1+1",
    "\u00a0=1+1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20SUM(A1)",
    "|calc",
    "%x",
)
PLAIN = ("likely better", "1=1", "12.5", "a-b", "\u22122", "")
