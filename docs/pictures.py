"""Make the pictures of the pages again: `python -m docs.pictures` writes SVG into docs/pictures, from small runs with a set seed.

The charts are Plotly's own. Chromium draws them once, without a network; it has to be installed, but nobody needs it who only reads the pages. The
diagram of the path (`docs/pathway.py`) needs no browser.
"""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docs.pathway import pathway

PICTURES = Path(__file__).parent / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--virtual-time-budget=20000", "--dump-dom",
)  # fmt: skip
DRAW = """<!doctype html><meta charset="utf-8"><body><div id="chart"></div><script>{plotly}</script><script>
const figure = {figure};
const size = {{format: "svg", width: figure.layout.width || 900, height: figure.layout.height || 520}};
Plotly.newPlot("chart", figure.data, figure.layout, {{staticPlot: true}}).then(chart => Plotly.toImage(chart, size)).then(url => {{
  document.body.textContent = "SVG" + btoa(unescape(encodeURIComponent(decodeURIComponent(url.slice(url.indexOf(",") + 1))))) + "END";
}});
</script></body>"""


def comparison() -> Any:
    """Usual failings against good practice."""
    import sim

    return sim.compare("durham-2020-03", "good-practice", area="small-force", replications=20, fixed=True).figure()


def heat_map() -> Any:
    """Two levers against each other."""
    import sim

    levers = {"desk_based_share": "0.1:0.9:4", "overnight_activity": "0.1:0.9:4"}
    return sim.sweep("baseline", levers, measures=["T2"], area="small-force", replications=6, fixed=True).figure()


def tornado() -> Any:
    """Which parameters of practice move the time to the first field action."""
    import sim

    return sim.sensitivity("baseline", measures=["T2"], area="small-force", replications=4).figure()


def twin() -> Any:
    """One episode as it happened, and under a higher grade."""
    import sim

    return sim.twin("baseline", case="under-graded-with-exploitation").figure()


CHARTS: dict[str, Callable[[], Any]] = {"comparison": comparison, "heat-map": heat_map, "tornado": tornado, "twin": twin}


def svg(figure: Any, browser: str) -> str:
    """The figure as SVG text, as Chromium draws it. Raises RuntimeError if it does not."""
    from plotly.offline import get_plotlyjs

    figure.update_layout(width=900)
    page = DRAW.format(plotly=get_plotlyjs(), figure=figure.to_json())
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "chart.html"
        file.write_text(page, encoding="utf-8")
        asked = [browser, *QUIET, f"--user-data-dir={folder}/profile", file.as_uri()]
        done = subprocess.run(asked, capture_output=True, text=True, timeout=300, check=False)
    found = re.search(r"SVG([A-Za-z0-9+/=]+)END", done.stdout)
    if found is None:
        raise RuntimeError(f"{browser} drew no picture: {done.stderr[-500:]}")
    return steady(base64.b64decode(found[1]).decode("utf-8"))


def steady(text: str) -> str:
    """The same SVG without what differs from one drawing to the next: Plotly's random ids are numbered."""
    numbered: dict[str, str] = {}
    for found in re.findall(r"\b(?:clip|defs-|topdefs-|legend|g)([0-9a-f]{6})", text):
        numbered.setdefault(found, f"{len(numbered):06}")
    for was, now in numbered.items():
        text = text.replace(was, now)
    return text + "\n"


def main() -> int:
    """Draw what is asked for, or everything. Gives 1 if there is no browser for a chart."""
    PICTURES.mkdir(exist_ok=True)
    asked = sys.argv[1:] or ["pathway", *CHARTS]
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    for name in asked:
        if name == "pathway":
            (PICTURES / "pathway.svg").write_text(pathway(), encoding="utf-8")
        elif browser is None:
            print(f"{name}: Chromium is needed to draw it, and none of {', '.join(BROWSERS)} is installed.", file=sys.stderr)
            return 1
        else:
            (PICTURES / f"{name}.svg").write_text(svg(CHARTS[name](), browser), encoding="utf-8")
        print(PICTURES / f"{name}.svg")
    return 0


if __name__ == "__main__":
    sys.exit(main())
