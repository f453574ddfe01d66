"""Draws from a posterior whose prior is standard normal, by Hamiltonian Monte Carlo in coordinates in which it is nearly round.

A point rolls over the surface of the log density for a while and is taken or refused by how well energy was kept (Duane and others, 1987; Neal, 2011,
in the Handbook of Markov Chain Monte Carlo). The coordinates come from a Gaussian near the posterior, so that nothing but the length of a step is to
be found, and that is found before any draw is kept. Several chains go at once, each with its own numbers, and are compared with each other. Why
not elliptical slices: docs/decisions/0006.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Errors = Callable[[Floats], Floats]
"""Of points (points x dimensions): figures of each (points x figures), 0 where they are met."""
Density = Callable[[Floats], tuple[Floats, Floats]]
"""Of points (points x dimensions): the log of the density of each, and its slope (points x dimensions)."""

ACCEPTED = 0.8
"""The share of moves that is to be taken: what the length of a step is set by."""
STEPS = 8
"""Steps of a move."""


@dataclass(frozen=True, eq=False)
class Gaussian:
    """A normal distribution about `middle`: `root` @ root.T is its covariance."""

    middle: Floats
    root: Floats

    def draw(self, count: int, random: np.random.Generator) -> Floats:
        """Points, count x dimensions."""
        found: Floats = self.middle + random.standard_normal((count, len(self.middle))) @ self.root.T
        return found


def near(errors: Errors, variance: Floats, dimensions: int, rounds: int = 30) -> Gaussian:
    """The Gaussian at the mode of the posterior of a standard normal prior and independent normal errors with these variances, as Gauss and Newton
    find it: it is the posterior where figures are straight in the unknowns."""
    z, damping = np.zeros(dimensions), 1.0
    best = _loss(errors, variance, z)
    for _ in range(rounds):
        found, steep = errors(z[None])[0], slope(errors, z)
        weighted = steep / variance[:, None]
        curved = weighted.T @ steep + np.eye(dimensions)
        step = np.linalg.solve(curved + damping * np.diag(np.diag(curved)), -(weighted.T @ found + z))
        tried = _loss(errors, variance, z + step)
        if tried < best:
            gained, best, z, damping = best - tried, tried, z + step, damping / 4.0
            if gained < 1e-4:
                break
        else:
            damping *= 4.0
    steep = slope(errors, z)
    values, vectors = np.linalg.eigh(steep.T @ (steep / variance[:, None]) + np.eye(dimensions))
    return Gaussian(z, vectors / np.sqrt(values))


def _loss(errors: Errors, variance: Floats, z: Floats) -> float:
    return float((errors(z[None])[0] ** 2 / variance).sum() + z @ z) / 2.0


def slope(errors: Errors, z: Floats, by: float = 0.05) -> Floats:
    """The derivative of each error by each dimension at one point: figures x dimensions."""
    steps = by * np.eye(len(z))
    found: Floats = (errors(z + steps) - errors(z - steps)).T / (2.0 * by)
    return found


class Chains:
    """Chains that are under way: where they are, and how long a step is that keeps the energy well enough."""

    def __init__(self, density: Density, about: Gaussian, count: int, random: np.random.Generator) -> None:
        self.density, self.root, self.random = density, about.root, random
        self.now = about.draw(count, random)
        self.height, self.slope = density(self.now)
        self.step = 0.5 / len(about.middle) ** 0.25

    def settle(self, moves: int) -> None:
        """So many moves that nothing is kept of; meanwhile the step is made as long as it may be."""
        for move in range(moves):
            taken = self._move()
            self.step *= float(np.exp((taken - ACCEPTED) / (1.0 + move) ** 0.6))

    def sample(self, moves: int) -> Floats:
        """The points after each of so many moves: moves x chains x dimensions."""
        kept = []
        for _ in range(moves):
            self._move()
            kept.append(self.now)
        return np.array(kept)

    def _move(self) -> float:
        """One move of every chain; the mean probability with which it was taken."""
        speed = self.random.standard_normal(self.now.shape)
        energy = self.height - 0.5 * (speed**2).sum(axis=1)
        step = self.step * self.random.uniform(0.7, 1.3, (len(self.now), 1))
        z, height, steep = self.now, self.height, self.slope
        speed = speed + 0.5 * step * (steep @ self.root)
        for number in range(STEPS):
            z = z + (step * speed) @ self.root.T
            height, steep = self.density(z)
            speed = speed + (1.0 if number < STEPS - 1 else 0.5) * step * (steep @ self.root)
        gain = height - 0.5 * (speed**2).sum(axis=1) - energy
        chance = np.exp(np.minimum(np.nan_to_num(gain, nan=-np.inf), 0.0))
        taken = self.random.random(len(z)) < chance
        self.now = np.where(taken[:, None], z, self.now)
        self.slope = np.where(taken[:, None], steep, self.slope)
        self.height = np.where(taken, height, self.height)
        return float(chance.mean())


def disagreement(draws: Floats) -> Floats:
    """The split R-hat of each dimension of draws (kept x chains x dimensions): 1 where all chains tell the same (Gelman and others, Bayesian Data
    Analysis, 3rd edition, 11.4)."""
    half = len(draws) // 2
    chains = np.concatenate([draws[:half], draws[half : 2 * half]], axis=1)
    within = chains.var(axis=0, ddof=1).mean(axis=0)
    between = half * chains.mean(axis=0).var(axis=0, ddof=1)
    found: Floats = np.sqrt(((half - 1) / half * within + between / half) / within)
    return found


def worth(draws: Floats) -> Floats:
    """How many independent draws the draws (kept x chains x dimensions) of each dimension are worth, by the variance of the chains' means."""
    kept, chains, _ = draws.shape
    total = draws.reshape(kept * chains, -1).var(axis=0, ddof=1)
    of_means = draws.mean(axis=0).var(axis=0, ddof=1)
    found: Floats = np.minimum(chains * total / np.maximum(of_means, 1e-300), float(kept * chains))
    return found
