"""A compiled area handed over to the SimPy engine: what was run quickly goes on step by step, with the same state and the same luck to the byte.

Needed where an area has to pause, as a live exercise does: years of warm-up take SimPy many seconds and the compiled engine a fraction of one.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from ..model.records import Now, Order, Roster
from ..model.world import World
from .compiled import CompiledArea
from .hands import Hands
from .interpreted import Area, collector_paused
from .tables import TABLES


def handed_over(area: CompiledArea) -> Area:
    """A SimPy area that stands where `area` does: its records, its trace (if it has one) and all that is still to come. `area` stays as it is."""
    w: Any = area.world
    with collector_paused():
        trace = area.traced().tolist() if len(w.trace) > 0 else None
        tables = {name: _records(rows, TABLES[name]) for name, rows in area.last_tables().items() if name in TABLES}
    profiles = {name: getattr(w, name).tolist() for name in ("leaving_week", "incident_week", "findability")}
    pools = _records(area.pools(), Roster)
    made = object.__new__(Area)
    made.parameters = area.parameters
    made._begin(area.now, Hands(int(w.luck[0].seed), int(w.luck[0].replication)), trace)
    made.world = World(_record(w.now, Now), _record(w.order, Order), **tables, pools=pools, **profiles, **made._verbs)
    made._events = area.events
    made._make_room()
    for t, event, who, version in area.pending():
        made.world.agenda.schedule(t, event, who, version)
    return made


def _records(rows: Any, record: type) -> list[Any]:
    """Rows as objects of plain numbers."""
    columns = [rows[one.name].tolist() for one in fields(record)]
    return [record(*row) for row in zip(*columns, strict=True)]


def _record(row: Any, record: type) -> Any:
    return _records(row.reshape(1), record)[0]
