"""What people look at: plain sentences, tables for the terminal, figures, and the report as one HTML page that needs no network.

Nothing is computed here that is not in a result already; what a reader sees is worded, rounded and drawn here and nowhere else.
"""

from __future__ import annotations

from .figures import figure
from .page import write
from .sentence import difference_sentence, estimate_sentence
from .terminal import headline_table, single_table

__all__ = ["difference_sentence", "estimate_sentence", "figure", "headline_table", "single_table", "write"]
