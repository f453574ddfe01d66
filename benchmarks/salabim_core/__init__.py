"""The plain model of the core pathway once more, with salabim instead of SimPy: for its speed, not for what it says.

Formulas, random streams and records are those of `plain.place`; processes, queues and waiting are salabim's, as its manual has them: components
without `yield`, no trace, no animation, monitors off.
"""

from .area import Area

__all__ = ["Area"]
