"""The order of rows on which measures rely: tasks lie by when they were asked for; a child's reports, protections and identifications by time."""

from __future__ import annotations

import numpy as np

from sim.engine.tables import Tables

OF_A_CHILD = {"episodes": "reported", "protections": "started", "identifications": "time"}


def out_of_order(tables: Tables) -> list[str]:
    """The tables whose rows lie otherwise."""
    requested = tables["tasks"]["requested"]
    found = [] if bool((requested[1:] >= requested[:-1]).all()) else ["tasks"]
    for name, time in OF_A_CHILD.items():
        rows = tables[name][np.isfinite(tables[name][time])]
        order = np.argsort(rows["child"], kind="stable")
        same = np.diff(rows["child"][order]) == 0
        if not bool((np.diff(rows[time][order])[same] >= 0).all()):
            found.append(name)
    return found
