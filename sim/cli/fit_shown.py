"""A fit as a terminal shows it: figure by figure, unknown by unknown, and in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from .printing import complain, print_json, print_table, rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

TABLES = ("fit", "identifiability", "trade_offs")


def show_committed(as_json: bool) -> None:
    """Print the fit that comes with the package."""
    import pandas as pd

    from ..calibrate.check import summary
    from ..calibrate.grounds import changed
    from ..calibrate.identify import spans
    from ..calibrate.prior import Prior
    from ..calibrate.targets import reasons
    from ..experiment.draws import kept
    from ..experiment.posterior import committed, described

    about = described(committed())
    fit, known, pairs = (pd.read_csv(committed().with_name(f"{name}.csv"), keep_default_na=False, na_values=[""]) for name in TABLES)
    fit["reason"] = fit["id"].map(reasons()).fillna("")
    told = {"fitted": summary(fit, "fit"), "kept_back": summary(fit, "validate")}
    if as_json:
        shown = {"fit": rows(fit), "identifiability": rows(known), "trade_offs": rows(pairs)}
        print_json("calibrate", source=about.get("source"), summary=told, **shown)
        return
    typer.echo(f"Fitted to published figures: {about.get('source')}.\n")
    table_of(fit)
    typer.echo("\nError: how far the middle of simulated years lies from what was published, in tolerances.")
    for line in words(told):
        typer.echo(line)
    if other := changed(about):
        complain(f"Warning: {other}, so the fit is not one to them. Fit it again with `missing-sim calibrate`.")
    for row in fit[~fit["inside"] & (fit["reason"] != "")].to_dict("records"):
        typer.echo(f"{row['id']} cannot be met: {row['reason']}.")
    typer.echo("\nUnknowns by what the figures told about them (1: nothing):\n")
    ranges = spans(Prior.of(), kept(committed(), ""))
    found = [
        (r["name"], f"{r['posterior_sd']:.2f}", *_before_and_after(ranges.get(r["name"])), str(r["moved_by"]).replace("nan", ""))
        for r in known.to_dict("records")
    ]
    print_table(found, ("Unknown", "Spread left", "Before (90%)", "After (90%)", "Moved most by"))
    typer.echo("\nWhat can stand in for what (correlation after the fit):\n")
    print_table([(f"{r['correlation']:+.2f}", r["one"], r["other"]) for r in pairs.to_dict("records")], ("Correlation", "One", "Other"))


def _before_and_after(ends: tuple[float, float, float, float] | None) -> tuple[str, str]:
    """Ranges of a value before and after the fit; a profile has one for each hour, and none is shown."""
    return ("a profile", "a profile") if ends is None else (f"{ends[0]:.3g} to {ends[1]:.3g}", f"{ends[2]:.3g} to {ends[3]:.3g}")


def table_of(fit: pd.DataFrame) -> None:
    """Print a row for each figure."""
    def between(row: Mapping[Any, Any], prefix: str) -> str:
        return f"{row[f'{prefix}low']:.3g} to {row[f'{prefix}high']:.3g}"

    header = ("Id", "Use", "Published", "Before (90%)", "After (90%)", "Inside", "Error", "Quantity")
    print_table(
        [
            (
                row["id"],
                row["use"],
                f"{row['published']:.4g}",
                between(row, "prior_"),
                between(row, ""),
                "yes" if row["inside"] else "NO",
                f"{row['error']:+.1f}",
                f"{row['quantity']}, {row['unit']}",
            )
            for row in fit.to_dict("records")
        ],
        header,
    )


def ends_of(found: pd.DataFrame) -> None:
    """Print the effect of each lever at each end of what is left open."""
    from ..report.numbers import with_interval

    shown = [
        (
            row["lever"],
            f"{row['label']} ({row['measure']})",
            with_interval(row["estimate"], row["low"], row["high"], sign=True),
            str(row["unit"]),
            str(row["end"]).replace("_", " "),
        )
        for row in found.sort_values(["question", "lever", "measure", "end"], kind="stable").to_dict("records")
    ]
    print_table(shown, ("Lever", "Measure", "Effect (95% interval)", "Unit", "Where"))
    typer.echo("\nEffects are differences from the baseline over luck and draws, a third of the draws at each end of a value. An effect that is")
    typer.echo("another at another end hangs on what no published figure settles: say both. With few replications intervals hide it.")


def words(told: dict[str, Any]) -> list[str]:
    """What the fit comes to, in sentences."""
    from ..calibrate.targets import reasons

    found = [""]
    for kind, part in (("fitted", told["fitted"]), ("kept back", told["kept_back"])):
        if part["figures"]:
            found.append(f"{part['inside']} of {part['figures']} figures {kind} lie in the 90% interval of simulated years.")
            off, width = part["median_error"], part["median_width_ratio"]
            found.append(f"The middle lies {off:.2f} tolerances off, and intervals are {width:.2f} times as wide as before, in the median.")
        if bare := [id for id in part["far"] if id not in reasons()]:
            found.append(f"Further off than twice the width of its interval, without a reason: {', '.join(bare)}.")
    return found
