"""The points of a review that a department is asked to see to, and what became of each when it came again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from dashboard.store import project_key
from dashboard.store.reviewed import ident
from parsing import SLOTS, Finding, Project, Reading

if TYPE_CHECKING:
    from dashboard.store import Store
    from parsing import Standard

Status = Literal["已改", "未改", "新增"]
STATUSES: tuple[Status, ...] = ("已改", "未改", "新增")
GONE = "原来那一条已改名或删去"
_NUMBER = re.compile(r"\[\d+\]")
_INDICATOR = re.compile(r"indicators\[(\d+)\](\.\w+)?")


class Point(NamedTuple):
    """A finding as it was sent back; all texts, "" where there is none. ``key``, ``project``: of its project;
    ``about``: the name of its indicator, or its path without numbers; ``cell``: where it stood."""

    key: str
    project: str
    rule: str
    severity: str
    slot: str
    about: str
    quote: str
    message: str
    path: str
    cell: str

    @property
    def ident(self) -> str:
        """The same for this point in any version, as the store has it."""
        return ident(self.rule, self.slot or None, self.about, self.quote)


class Became(NamedTuple):
    """What became of a point. ``point``: as it was sent back, a new one as it is; ``path``: where to look in
    the project as it is now, ``now``: the text there; ``message``: what is still, or newly, wrong."""

    status: Status
    point: Point
    path: str
    now: str
    message: str = ""


class Slip(NamedTuple):
    """What a file carries when it is given back. ``made``: ISO date; ``standard``: the name of one."""

    made: str
    standard: str
    points: tuple[Point, ...]


def written(slip: Slip) -> str:
    """The slip as a text for :func:`heard`."""
    return json.dumps(slip, ensure_ascii=False)


def heard(text: str) -> Slip | None:
    """The slip that the text is; None where it is none, whatever it is."""
    try:
        made, standard, found = json.loads(text)
        points = tuple(Point(*map(str, one)) for one in found)
    except (ValueError, TypeError, RecursionError):
        return None
    return Slip(str(made), str(standard), points)


def carried(reading: Reading) -> Slip | None:
    """All that the files of an upload carry, as one slip; None where they carry none."""
    found = [slip for text in reading.slips if (slip := heard(text))]
    return found[0]._replace(points=tuple(one for slip in found for one in slip.points)) if found else None


def answers(store: Store, project: Project) -> Callable[[Point], bool]:
    """Whether people answered a point of this project: set it aside, or declared its category not needed."""
    said = store.judgements(project_key(project)).to_dict("records")
    idents = {row["ident"] for row in said}
    filled = {slot for one in project.indicators for slot in one.slots}
    unneeded = {row["slot"] for row in said if row["slot"] in set(SLOTS) - filled}
    return lambda one: one.ident in idents or (one.rule.startswith("C") and one.slot in unneeded)


def open_findings(store: Store, project: Project, standard: Standard) -> list[Finding]:
    """What the project's own table has to answer for: nothing that shows only among many projects, that is
    about reading, or that people answered."""
    from parsing import review  # late: the rules take a moment that other pages need not wait for

    answered = answers(store, project)
    found = (one for one in review(project, standard).findings if not one.rule.startswith("X"))
    return [one for one in found if not answered(point(project, one))]


def point(project: Project, one: Finding) -> Point:
    number = _INDICATOR.match(one.path)
    named = number and int(number[1]) < len(project.indicators)
    about = project.indicators[int(number[1])].name if number and named else _NUMBER.sub("", one.path)
    cell = (project.find(one.path) or project.place).cell
    key, slot = project_key(project), one.slot or ""
    said = (one.rule, one.severity, slot, about, one.quote, one.message, one.path, cell)
    return Point(key, project.name, *said)


def points(project: Project, findings: Sequence[Finding]) -> list[Point]:
    """One for each finding, those that say the same once."""
    found = (point(project, one) for one in findings)
    return list({one.ident: one for one in found}.values())


def compare(before: Sequence[Point], project: Project, findings: Sequence[Finding]) -> list[Became]:
    """What became of these points of this project, in their order, then those that are new."""
    now = points(project, findings)
    still = _pairs(before, now)
    became = [_became(old, still.get(at), project) for at, old in enumerate(before)]
    known = set(still.values())
    return [*became, *(_new(one, project) for one in now if one not in known)]


def _pairs(before: Sequence[Point], now: Sequence[Point]) -> dict[int, Point]:
    """Number of a point → the point that it is now: the same; of the same indicator with another text; of
    another indicator on the same line."""
    found: dict[int, Point] = {}
    left = list(now)
    for sign in (_same, _near, _there):
        for at, old in enumerate(before):
            if at not in found and (new := next((one for one in left if sign(one) == sign(old)), None)):
                found[at] = new
                left.remove(new)
    return found


def _same(one: Point) -> Hashable:
    return one.ident


def _near(one: Point) -> Hashable:
    return one.rule, one.slot, one.about, one.path.rpartition("]")[2]


def _there(one: Point) -> Hashable:
    return one.rule, one.slot, one.path if one.path.startswith("indicators") else one.ident


def _became(old: Point, new: Point | None, project: Project) -> Became:
    if new:
        return Became("未改", old, new.path, new.quote if new.quote != old.quote else "", new.message)
    path = _where(old, project)
    if path is None:
        return Became("已改", old, "", GONE)
    return Became("已改", old, path, _text(project, path))


def _new(one: Point, project: Project) -> Became:
    return Became("新增", one, one.path, "", one.message)


def _where(old: Point, project: Project) -> str | None:
    """Where to look for what was done about a point; None where its indicator is there no more."""
    if number := _INDICATOR.fullmatch(old.path):
        names = [one.name for one in project.indicators]
        return f"indicators[{names.index(old.about)}]{number[2] or ''}" if old.about in names else None
    if old.slot:
        filled = (at for at, one in enumerate(project.indicators) if old.slot in one.slots)
        return next((f"indicators[{at}]" for at in filled), "")
    return old.path if project.find(old.path) else ""


def _text(project: Project, path: str) -> str:
    from parsing import text_at

    if not path:
        return ""
    text = text_at(project, path)
    number = _INDICATOR.fullmatch(path)
    value = project.indicators[int(number[1])].annual if number and not number[2] else None
    return f"{text}　{value}" if value else text
