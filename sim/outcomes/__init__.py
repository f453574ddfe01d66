"""What is measured, each measure defined once: cohorts, the catalogue of measures, splits, intervals over replications."""

from .catalogue import GROUPS, HEADLINES, MEASURES, NOT_YIELDED, measure_all
from .cohort import Cohort
from .grading import confusion
from .interval import Estimate, mean_interval, none_in, paired_interval, verdict, zero_count_limit
from .measure import Direction, Measure
from .split import SPLITS, Part, splits
from .times import still_missing

__all__ = [
    "GROUPS",
    "HEADLINES",
    "MEASURES",
    "NOT_YIELDED",
    "SPLITS",
    "Cohort",
    "Direction",
    "Estimate",
    "Measure",
    "Part",
    "confusion",
    "mean_interval",
    "measure_all",
    "none_in",
    "paired_interval",
    "splits",
    "still_missing",
    "verdict",
    "zero_count_limit",
]
