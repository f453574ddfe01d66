"""Settings that all tests share.

The examples of the property tests are the same in every run, so that a red run is about the change at hand and never about the draw.
Fresh and more examples, for whoever hunts: `pytest --hypothesis-profile=explore`.
"""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=2000, print_blob=True)
settings.load_profile("repeatable")
