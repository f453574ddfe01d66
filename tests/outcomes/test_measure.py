"""What measures are made of."""

from __future__ import annotations

import numpy as np
import pytest

from sim.outcomes.measure import percentile

RANDOM = np.random.default_rng(3)


@pytest.mark.parametrize("percent", [25.0, 50.0, 75.0, 90.0])
@pytest.mark.parametrize("none", [0.0, 0.5, 0.6, 0.95, 1.0])
def test_a_percentile_is_that_of_numpy_to_the_last_digit(percent, none):
    """Of one value and of many, where none, half, most or all of them are the least."""
    for count in (1, 2, 3, 4, 10, 11, 500, 501):
        values = RANDOM.exponential(3.0, count) * (RANDOM.random(count) >= none)
        before = values.copy()
        assert percentile(values, percent) == np.percentile(values, percent)
        assert values.tolist() == before.tolist()
