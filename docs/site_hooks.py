"""What the site does beyond plain Markdown: a file that a page links to outside docs/ comes with the site, and the link leads there. So do pictures.

So a page reads the same on disk, in a repository viewer and on the site, and no link leads nowhere.
"""

from __future__ import annotations

import logging
import os
import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)\)")
PICTURE = re.compile(r'(<img\b[^>]*?\bsrc=")([^"\s]+)')
BROUGHT = "repository"
"""The folder of the site that holds what pages link to outside docs/."""

EMPTY_HEADING = re.compile(r"<th[^>]*>\s*</th>")

LISTED = {"decisions": "background/decisions.md"}
"""Folders of docs/ that a page may link to, and the page that lists what is in them."""
HOMES = {"How to": ".", "Governance": "governance"}
"""Sections of the navigation that take in each page of a folder of docs/ that is not listed, by its own title."""

log = logging.getLogger("mkdocs.hooks.site")


def outside(page: Path, link: str) -> Path | None:
    """The file or folder outside docs/ that a relative link of a page on disk leads to, or None if it stays inside or is no path. Scripts in docs/
    are no pages, and count as outside."""
    if "://" in link or link.startswith(("#", "/", "mailto:")):
        return None
    target = Path(os.path.normpath(page.parent / link.partition("#")[0]))
    return None if target.is_relative_to(DOCS) and target.suffix != ".py" else target


def brought(target: Path) -> str:
    """Where the site keeps it. Program text gets the ending .txt, so that a browser shows it."""
    name = f"{BROUGHT}/{target.relative_to(ROOT).as_posix()}"
    return name + ".txt" if target.suffix in (".py", ".toml", "") else name


def on_config(config: Any) -> Any:
    """Put each page that lies in the folder of a section, and is not listed, at the end of that section."""
    listed = set(re.findall(r"[\w./-]+\.md", str(config.nav)))
    for section in config.nav:
        for title, pages in section.items():
            if title in HOMES:
                found = [path for path in sorted((DOCS / HOMES[title]).glob("*.md")) if path.relative_to(DOCS).as_posix() not in listed]
                pages += [{_title(path): path.relative_to(DOCS).as_posix()} for path in found]
    return config


def on_files(files: Files, config: Any) -> Files:
    """Bring along what pages link to, and what those pages link to."""
    open_pages = [Path(file.abs_src_path) for file in files.documentation_pages() if file.abs_src_path]
    seen: set[Path] = set()
    while open_pages:
        page = open_pages.pop()
        text = page.read_text(encoding="utf-8")
        for _, link in (*LINK.findall(text), *PICTURE.findall(text)):
            target = outside(page, link)
            if target is None or target in seen:
                continue
            seen.add(target)
            if not target.is_file():
                log.warning("%s links to %s, which is no file", page.relative_to(ROOT), link)
                continue
            files.append(File.generated(config, brought(target), abs_src_path=str(target)))
            if target.suffix == ".md":
                open_pages.append(target)
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Files) -> str:
    """Lead each link, and each picture in HTML, to where the site has its target. A folder of docs/ is told by the page that lists it."""
    source = Path(page.file.abs_src_path)
    here = Path(page.file.src_uri).parent

    def led(link: str) -> str:
        if source.is_relative_to(DOCS):
            target = outside(source, link)
            place = brought(target) if target else LISTED.get(_inside(source, link), "")
        else:
            target = None if "://" in link or link.startswith("#") else Path(os.path.normpath(source.parent / link.partition("#")[0]))
            inside = target is not None and target.is_relative_to(DOCS) and target.suffix != ".py"
            place = "" if target is None else brought(target)
            if inside and target is not None:
                place = target.relative_to(DOCS).as_posix()
                place = LISTED.get(place, place)
        if not place:
            return link
        anchor = link[link.index("#") :] if "#" in link else ""
        return f"{os.path.relpath(place, here)}{anchor}"

    text = LINK.sub(lambda found: f"[{found[1]}]({led(found[2])})", markdown)
    return PICTURE.sub(lambda found: f"{found[1]}{led(found[2])}", text)


def on_page_content(html: str, page: Any, config: Any, files: Files) -> str:
    """The empty corner of a table is a cell, not a heading without words."""
    return EMPTY_HEADING.sub("<td></td>", html)


def on_post_page(output: str, page: Any, config: Any) -> str:
    """Give the theme's search a name that a screen reader can say."""
    return output.replace('data-md-component="search" role="dialog"', 'data-md-component="search" role="dialog" aria-label="Search"')


def on_post_build(config: Any) -> None:
    """A site that opens from disk has no server that could show a page for what is not there."""
    (Path(config.site_dir) / "404.html").unlink(missing_ok=True)


def _inside(source: Path, link: str) -> str:
    """Where in docs/ a link leads."""
    if "://" in link or link.startswith("#"):
        return ""
    target = Path(os.path.normpath(source.parent / link.partition("#")[0]))
    return target.relative_to(DOCS).as_posix() if target.is_relative_to(DOCS) else ""


def _title(page: Path) -> str:
    """The first heading of a page."""
    found = re.search(r"^# (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return found[1] if found else page.stem
