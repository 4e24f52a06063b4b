"""A table that comes again: which of the points it was given back for were seen to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dashboard.returns.change_requests import (
    Became,
    Point,
    Slip,
    answers,
    carried,
    compare,
    open_findings,
    points,
)
from dashboard.store import Outcome, Store
from parsing import Project, Standard

MOST = 50  # projects of a file


class Corrected(NamedTuple):
    """One project that came again. ``version_id``: as it came; ``slip``: whether the file says itself what
    was asked for, else it is compared with the table that counted before."""

    key: str
    version_id: int
    name: str
    slip: bool
    became: list[Became]


class Answer(NamedTuple):
    """``made``: ISO date of the slip, "" without one; ``projects``: those with a change first; ``missing``:
    the names of those that the slip has and the file no more."""

    made: str
    projects: list[Corrected]
    missing: list[str]


def corrected(store: Store, upload_id: int, standard: Standard) -> Answer:
    """What became of what an upload was asked to change, by the standard of its slip where that is known."""
    slip = carried(store.said(upload_id))
    outcomes = [one for one in store.outcome(upload_id) if not one.repeated][:MOST]
    if slip is None:
        found = [_with_known(store, one, standard) for one in outcomes if one.known and not one.identical]
        return Answer("", [one for one in found if one.became], [])
    used = store.standards().known.get(slip.standard, standard)
    groups = _groups(slip)
    owners = _owners(groups, outcomes)
    made = [_with_slip(store, one, groups[key], used) for key, one in owners.items()]
    made.sort(key=lambda one: all(each.status == "未改" for each in one.became))
    return Answer(slip.made, made, [groups[key][0].project for key in groups if key not in owners])


def _groups(slip: Slip) -> dict[str, list[Point]]:
    groups: dict[str, list[Point]] = {}
    for one in slip.points:
        groups.setdefault(one.key, []).append(one)
    return groups


def _owners(groups: dict[str, list[Point]], outcomes: Sequence[Outcome]) -> dict[str, Outcome]:
    """Whose points they are: of the project with the same key; with the same name, as a unit or year may be
    what was corrected; of the one that is left, as its name may be."""
    found = {one.key: one for one in outcomes if one.key in groups}
    for key, many in groups.items():
        left = [one for one in outcomes if one not in found.values()]
        if key not in found and (named := [one for one in left if one.name == many[0].project]):
            found[key] = named[0]
    left = [one for one in outcomes if one not in found.values()]
    lost = [key for key in groups if key not in found]
    if len(left) == len(lost) == 1:
        found[lost[0]] = left[0]
    return {key: found[key] for key in groups if key in found}


def _with_slip(store: Store, one: Outcome, before: Sequence[Point], standard: Standard) -> Corrected:
    project = store.project(one.key, one.version_id)
    answered = answers(store, project)
    asked = [point for point in before if not answered(point)]
    became = _sure(project, compare(asked, project, open_findings(store, project, standard)))
    return Corrected(one.key, one.version_id, one.name, True, became)


def _with_known(store: Store, one: Outcome, standard: Standard) -> Corrected:
    assert one.known is not None
    old, new = store.project(one.key, one.known.version_id), store.project(one.key, one.version_id)
    before = points(old, open_findings(store, old, standard))
    became = _sure(new, compare(before, new, open_findings(store, new, standard)))
    return Corrected(one.key, one.version_id, one.name, False, became)


def _sure(project: Project, became: list[Became]) -> list[Became]:
    """Of a table that was read in part, what was not found may be where it was not read: nothing is said to
    be mended."""
    return [one for one in became if one.status != "已改"] if project.partial else became
