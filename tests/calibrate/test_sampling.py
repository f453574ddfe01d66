"""The sampler against posteriors that are known."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from sim.calibrate.sampling import Chains, Gaussian, disagreement, near, worth

Floats = npt.NDArray[np.float64]
SLOPE = np.array([[3.0, 1.0, 0.0, 0.0], [0.0, 2.0, 0.0, 0.0]])
SEEN = np.array([1.5, -0.5])
VARIANCE = np.array([1.0, 0.5])


def errors(z: Floats) -> Floats:
    """Two figures, straight in four unknowns of which they know two."""
    found: Floats = z @ SLOPE.T - SEEN
    return found


def density(z: Floats) -> tuple[Floats, Floats]:
    """Of independent normal errors and a standard normal prior."""
    off = errors(z)
    return -0.5 * (off**2 / VARIANCE).sum(axis=1) - 0.5 * (z**2).sum(axis=1), -(off / VARIANCE) @ SLOPE - z


def exact() -> tuple[Floats, Floats]:
    """Mean and covariance of the posterior, by hand."""
    covariance = np.linalg.inv(np.eye(4) + SLOPE.T @ (SLOPE / VARIANCE[:, None]))
    return covariance @ SLOPE.T @ (SEEN / VARIANCE), covariance


def drawn(about: Gaussian) -> Floats:
    """Draws, kept x chains x dimensions."""
    chains = Chains(density, about, 32, np.random.default_rng(1))
    chains.settle(100)
    return chains.sample(400)


@pytest.mark.parametrize("about", [Gaussian(np.zeros(4), np.eye(4)), near(errors, VARIANCE, 4)], ids=["prior", "near"])
def test_the_posterior_of_straight_figures_is_found_whatever_the_coordinates(about: Gaussian) -> None:
    """Means and covariances to 0.06."""
    draws = drawn(about)
    mean, covariance = exact()
    assert draws.reshape(-1, 4).mean(axis=0) == pytest.approx(mean, abs=0.06)
    assert np.cov(draws.reshape(-1, 4).T) == pytest.approx(covariance, abs=0.06)
    assert disagreement(draws).max() < 1.05


def test_what_no_figure_moves_keeps_its_prior() -> None:
    """Two of the four unknowns are in no figure: standard normal before and after."""
    draws = drawn(near(errors, VARIANCE, 4))[:, :, 2:].reshape(-1, 2)
    assert draws.mean(axis=0) == pytest.approx([0.0, 0.0], abs=0.05)
    assert draws.std(axis=0) == pytest.approx([1.0, 1.0], abs=0.05)


def test_the_gaussian_near_straight_figures_is_their_posterior() -> None:
    """Its middle and its covariance."""
    about = near(errors, VARIANCE, 4)
    assert about.middle == pytest.approx(exact()[0], abs=1e-3)
    assert about.root @ about.root.T == pytest.approx(exact()[1], abs=1e-6)


def test_the_mode_of_bent_figures_is_a_lowest_point() -> None:
    """No step away from it goes down."""

    def bent(z: Floats) -> Floats:
        found: Floats = np.column_stack([np.tanh(z[:, 0]) * 4.0 + z[:, 1] - 2.0, z[:, 0] * z[:, 1] - 0.3])
        return found

    def loss(z: Floats) -> float:
        return float((bent(z[None])[0] ** 2 / VARIANCE).sum() + z @ z)

    mode = near(bent, VARIANCE, 3).middle
    assert all(loss(mode) <= loss(mode + step) + 1e-3 for step in 0.1 * np.vstack([np.eye(3), -np.eye(3)]))


def test_chains_that_tell_different_things_are_seen() -> None:
    """Split R-hat is near 1 for chains from one distribution and far above it where one lies apart, and their draws are worth fewer."""
    random = np.random.default_rng(3)
    alike = random.standard_normal((200, 4, 2))
    apart = alike.copy()
    apart[:, 0, 1] += 3.0
    assert disagreement(alike) == pytest.approx([1.0, 1.0], abs=0.02)
    assert disagreement(apart)[1] > 1.4
    assert worth(apart)[1] < 20.0 < worth(alike).min()
