"""Readings → pandas DataFrames, tidy, every row with the place it came from."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

import pandas as pd

from parsing import values
from parsing.counting import candidates, doubled, left_out
from parsing.dating import told
from parsing.model import Empty, Indicator, ListTotal, Project, Reading
from parsing.partial import packed
from parsing.reading import joined
from parsing.rules import review_all
from parsing.rules.standard import DEFAULT, Standard
from parsing.runtime.batch import read_all

HEAD = (
    "form",
    "department",
    "unit",
    "project_type",
    "level",
    "start",
    "end",
    "year",
    "budget_yuan",
    "total_yuan",
    "period_goal",
    "annual_goal",
)
COUNTING = ("partial", "counts", "reason", "doubled")
COLUMNS: dict[str, tuple[str, ...]] = {
    "projects": ("project_id", "name", *HEAD, "place", *COUNTING),
    "indicators": (
        *("project_id", "seq", "level1", "level2", "slot", "name", "period", "annual", "weight"),
        *("annual_kind", "annual_sign", "annual_number", "annual_unit", "annual_per", "place"),
    ),
    "empty": ("project_id", "level1", "level2", "slot", "place"),
    "repairs": ("project_id", "code", "place", "before", "after", "reason", "confidence", "doubtful"),
    "findings": (
        *("project_id", "rule", "severity", "title", "message", "advice", "path", "place"),
        *("quote", "slot", "equation"),
    ),
    "others": ("kind", "title", "place"),
    "unread": ("code", "place", "reason", "remedy"),
    "totals": (
        *("place", "label", "field", "printed_yuan", "read_yuan", "difference_yuan"),
        *("printed_count", "read_count", "unknown", "agrees", "message", "remedy"),
    ),
}
TYPES = {"year": "Int64", "counts": "bool", "doubled": "bool"}
LOAD = (
    "project",
    *HEAD,
    "level1",
    "level2",
    "slot",
    "name",
    "period",
    "annual",
    "weight",
    "place",
    *COUNTING,
)


def load(*paths: Path | str) -> pd.DataFrame:
    """The portfolio in one frame: a row for each indicator and each printed-but-empty category
    (its ``name`` is missing), project fields repeated, ``project`` the project's name.

    Money is Decimal 元. ``counts``: whether the project may be summed; where not, ``reason`` says why (see
    ``parsing.counting``). ``partial``: why its table was not read whole (codes of ``parsing.partial``).
    ``doubled``: whether it is a 一级项目 whose 二级项目 are in the frame too.
    Tables of other kinds, what could not be read and what lists say of themselves are in ``frame.attrs``:
    ``others``, ``unread``, ``totals`` (lists of dicts): they are no rows, but never lost. A project that
    prints no category at all has one row with no category.
    """
    return tidy(reading for _, reading in read_all(paths))


def tidy(readings: Iterable[Reading]) -> pd.DataFrame:
    """What ``load`` returns, from readings in hand, one of each file."""
    reading, every = _gathered(readings)
    rows: list[dict[str, Any]] = []
    for project, counting in zip(reading.projects, every, strict=True):
        fields = {"project": project.name, **_head(project), **counting}
        items: tuple[Indicator | Empty, ...] = (*project.indicators, *project.empty)
        lines = [{**item.model_dump(exclude={"places"}), "place": str(item.place)} for item in items]
        rows += [{**fields, **line} for line in lines or [{"place": str(project.place)}]]
    frame = pd.DataFrame(rows, columns=list(LOAD)).astype(TYPES)
    frame["name"] = frame["name"].replace("", None)
    frame.attrs["others"] = [_flat(other) for other in reading.others]
    frame.attrs["unread"] = [_flat(unread) for unread in reading.unread]
    frame.attrs["totals"] = [_total(one) for one in reading.totals]
    return frame


def tabulate(
    source: Reading | Project | Iterable[Reading | Project], standard: Standard = DEFAULT
) -> dict[str, pd.DataFrame]:
    """The normalised frames, by name: projects, indicators, empty, repairs, findings, others, unread,
    totals (what lists say of themselves).

    ``project_id`` counts from 0 in the order given and joins the frames. ``annual_*`` are the reading
    of the annual value (see ``parsing.values.Value``). ``findings`` are those under the standard. Money is
    Decimal 元. ``partial``, ``counts``, ``reason`` and ``doubled`` as in ``load``.
    """
    reading, counting = _gathered([source] if isinstance(source, Reading | Project) else source)
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in COLUMNS}
    for number, project in enumerate(reading.projects):
        key = {"project_id": number}
        fields = {"name": project.name, **_head(project), "place": str(project.place)}
        rows["projects"].append({**key, **fields, **counting[number]})
        for seq, indicator in enumerate(project.indicators):
            value = values.understand(indicator.annual or "")
            understood = {f"annual_{part}": getattr(value, part) for part in value._fields}
            line = indicator.model_dump(exclude={"places"})
            rows["indicators"].append(
                {**key, "seq": seq, **line, **understood, "place": str(indicator.place)}
            )
        rows["empty"] += [{**key, **_flat(empty)} for empty in project.empty]
        rows["repairs"] += [{**key, **_flat(r), "doubtful": r.doubtful} for r in project.repairs]
    for number, review in enumerate(review_all(reading.projects, standard)):
        rows["findings"] += [
            {"project_id": number, **one.model_dump(exclude={"also"})} for one in review.findings
        ]
    rows["others"] = [_flat(other) for other in reading.others]
    rows["unread"] = [_flat(unread) for unread in reading.unread]
    rows["totals"] = [_total(one) for one in reading.totals]
    frames = {name: pd.DataFrame(rows[name], columns=list(columns)) for name, columns in COLUMNS.items()}
    frames["projects"] = frames["projects"].astype(TYPES)
    return frames


def _gathered(many: Iterable[Reading | Project]) -> tuple[Reading, list[dict[str, Any]]]:
    """Several readings as one, in order, with the years that one table tells of another; and of each project
    the columns of COUNTING. Projects beside each other are of one reading."""
    readings: list[Reading] = []
    for alone, group in groupby(many, lambda one: isinstance(one, Project)):
        if alone:
            readings.append(Reading(projects=tuple(group)))  # type: ignore[arg-type]
        else:
            readings.extend(group)  # type: ignore[arg-type]
    readings = told(readings)
    projects = [project for one in readings for project in one.projects]
    left = left_out(candidates(one.projects for one in readings))
    return joined(readings), [
        {
            "partial": packed(project.partial) or None,
            "counts": number not in left,
            "reason": left[number].reason if number in left else None,
            "doubled": doubled(number, left),
        }
        for number, project in enumerate(projects)
    ]


def _head(project: Project) -> dict[str, Any]:
    return {field: getattr(project, field) for field in HEAD}


def _total(one: ListTotal) -> dict[str, Any]:
    return _flat(one) | {"difference_yuan": one.difference_yuan}


def _flat(item: Any) -> dict[str, Any]:
    return {**item.model_dump(), "place": str(item.place)}
