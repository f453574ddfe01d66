"""What people look at: plain sentences, tables for the terminal, figures, and the report as one HTML page that needs no network.

Nothing is computed here that is not in a result already; what a reader sees is worded, rounded and drawn here and nowhere else.
"""

from __future__ import annotations

from .kinds import exhibits, figure, text, write
from .sentence import difference_sentence, estimate_sentence

__all__ = ["difference_sentence", "estimate_sentence", "exhibits", "figure", "text", "write"]
