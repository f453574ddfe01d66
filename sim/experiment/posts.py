"""Posts as they are asked for, and a scenario with more people on duty.

`night-officers=2,interviewers=1` is one set of posts; `night-officers=0:4` are the numbers that one kind of post goes through.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from ..scenario.errors import Problem, ScenarioError
from ..scenario.scenario import Scenario
from ..scenario.variant import variant
from .post import POSTS

Added = Mapping[str, int]
"""So many more of each kind of post."""
Span = str | Sequence[int]
"""The numbers that a kind of post goes through: 0:4, or 0,2,4, or the numbers themselves."""

MOST = 1_000
OPTION = "--posts"
LONGEST_TITLE = 200
"""Letters that the title of a scenario may have."""


def asked(text: str) -> dict[str, int]:
    """One set of posts in words, `night-officers=2,interviewers=1`. Raises ScenarioError."""
    found: dict[str, int] = {}
    for part in text.split(","):
        name, number = _halves(part, f'"{text}" cannot be read', "allowed: POST=NUMBER, or several with commas between them")
        if name in found:
            raise _refused(f'"{name}" is given twice', "allowed: each kind of post once in a set")
        found[name] = _number(name, number)
    return checked(found)


def checked(added: Added) -> dict[str, int]:
    """A set of posts, if it is one. Raises ScenarioError."""
    for name, number in added.items():
        _known(name)
        if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= MOST:
            raise _refused(f"{name}={number!r} is not allowed", f"allowed: a whole number from 1 to {MOST:,}")
    if not added:
        raise _refused("no post is named", _names())
    return dict(added)


def spans(texts: Iterable[str]) -> dict[str, str]:
    """`night-officers=0:4` as a post and the numbers it goes through, still in words. Raises ScenarioError."""
    found: dict[str, str] = {}
    for text in texts:
        name, numbers = _halves(text, f'"{text}" cannot be read', "allowed: POST=LOW:HIGH or POST=NUMBER,NUMBER,...")
        if name in found:
            raise _refused(f'"{name}" is given twice', "allowed: each kind of post once")
        found[name] = numbers
    return found


def gone_through(name: str, span: Span) -> tuple[int, ...]:
    """The numbers of one kind of post, going up, 0 among them or not. Raises ScenarioError."""
    _known(name)
    if not isinstance(span, str):
        numbers = [number for number in span if not isinstance(number, bool) and isinstance(number, int)]
        if len(numbers) < len(span):
            raise _refused(f"{name}: {list(span)!r} is not allowed", "allowed: whole numbers")
    elif ":" in span:
        ends = [_number(name, end) for end in span.split(":")]
        if len(ends) != 2 or ends[0] > ends[1]:
            raise _refused(f'{name}: "{span}" cannot be gone through', "allowed: LOW:HIGH with LOW not above HIGH")
        if ends[1] > MOST:
            raise _refused(f"{name}: {ends[1]:,} is not allowed", f"allowed: whole numbers from 0 to {MOST:,}")
        numbers = list(range(ends[0], ends[1] + 1))
    else:
        numbers = [_number(name, part) for part in span.split(",")]
    if not numbers or len(set(numbers)) < len(numbers):
        raise _refused(f"{name}: {'a number is given twice' if numbers else 'has no numbers'}", "allowed: each number once")
    if min(numbers) < 0 or max(numbers) > MOST:
        raise _refused(f"{name}: {min(numbers) if min(numbers) < 0 else max(numbers):,} is not allowed", f"allowed: whole numbers from 0 to {MOST:,}")
    return tuple(sorted(numbers))


def with_posts(scenario: Scenario, added: Added) -> Scenario:
    """The scenario with these posts beside those that it has, under a name and a title that say so. Raises ScenarioError."""
    changes: dict[str, int | tuple[int, ...]] = {}
    for name, number in added.items():
        post, so_far = POSTS[name], scenario.resources
        if post.path in changes:
            so_far = so_far.model_copy(update={post.key: changes[post.path]})
        changes[post.path] = post.more(so_far, number)
    words = f" plus {in_words(added)}"
    room = LONGEST_TITLE - len(words)
    title = scenario.about.title if len(scenario.about.title) <= room else f"{scenario.about.title[: room - 1]}\N{HORIZONTAL ELLIPSIS}"
    name = f"{scenario.name} {' '.join(f'+{number} {name}' for name, number in added.items() if number)}"
    return variant(scenario, changes, name, title + words)


def in_words(added: Added) -> str:
    """2 night officers and 1 interviewer; no posts."""
    words = [POSTS[name].counted(number) for name, number in added.items() if number]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words) or "no posts"


def cost(scenario: Scenario, added: Added) -> float:
    """Pounds a year for these posts, whether their hours are worked or not, in prices of the scenario's `price_year`."""
    return sum(number * POSTS[name].cost(scenario.resources) for name, number in added.items())


def people(scenario: Scenario, added: Added) -> float:
    """People who fill these posts."""
    return sum(number * POSTS[name].people(scenario.resources) for name, number in added.items())


def paths(kinds: Iterable[str]) -> list[str]:
    """The values that these kinds of posts add to: set from outside, so they are never drawn."""
    return list(dict.fromkeys(POSTS[name].path for name in kinds))


def _halves(text: str, problem: str, allowed: str) -> tuple[str, str]:
    name, equals, rest = (part.strip() for part in text.partition("="))
    if not name or not equals or not rest:
        raise _refused(problem, allowed)
    _known(name)
    return name, rest


def _known(name: str) -> None:
    if name not in POSTS:
        near = get_close_matches(str(name), POSTS, n=1, cutoff=0.6)
        raise _refused(f'"{name}" is not a post', f"did you mean {near[0]}?" if near else _names())


def _names() -> str:
    return f"allowed: {', '.join(POSTS)}"


def _number(name: str, text: str) -> int:
    text = text.strip()
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise _refused(f'{name}: "{text}" is not a number of posts', f"allowed: a whole number up to {MOST:,}")
    return int(text)


def _refused(problem: str, allowed: str) -> ScenarioError:
    return ScenarioError(Problem("", None, OPTION, problem, allowed))
