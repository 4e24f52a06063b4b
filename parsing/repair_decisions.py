"""What people decide about repairs: accept one, undo it, or leave it open again."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile
from typing import Any

from parsing import dating, values
from parsing.assemble import slots
from parsing.model import Decision, Empty, Indicator, Project, Repair, pathed
from parsing.repairs import ROLES

_FIELDS: dict[str, str] = {title: field for field, title in ROLES.items()}
_TOLD = ("name", "period", "annual")  # a row that gives one of them is an indicator
_PARTED = ("unfolded", "inline")  # what was done last, with what the other repairs had made of the row
_Items = dict[str, Indicator | Empty]  # by path


def decide_repair(project: Project, number: int, decision: Decision) -> Project:
    """The project with this decision about ``repairs[number]``.

    An undone repair leaves its row as its columns say. Where that makes two rows of one (a join), or an
    indicator of an empty category, the further indicator comes after all others, so that paths stay; where
    it makes one indicator of several (those of one cell), the paths after it move up.
    Decisions may be made and taken back in any order: the same decisions give the same project.
    Raises IndexError for an unknown repair, ValueError where undoing is not possible (``stands`` is empty).
    """
    if not 0 <= number < len(project.repairs):
        raise IndexError(number)
    if decision == "undone" and not project.repairs[number].stands:
        raise ValueError(f"repair {number} cannot be undone")
    said = [one.decision for one in project.repairs]
    said[number] = decision
    return _decided(project.as_read or _as_read(project), said)


def _as_read(project: Project) -> Project:
    """The project before anything was decided."""
    own = len(project.indicators) - sum(map(_parts, project.repairs))
    items = _items(project, own) | {one.path: one.understood for one in project.repairs if one.understood}
    undecided: dict[str, Any] = {"decision": "", "understood": None}
    return _with(project, items, [one.model_copy(update=undecided) for one in project.repairs])


def _decided(read: Project, said: list[Decision]) -> Project:
    items = _items(read)
    repairs = [
        one.model_copy(
            update={"decision": now, "understood": items.get(one.path) if now == "undone" else None}
        )
        for one, now in zip(read.repairs, said, strict=True)
    ]
    gone: list[str] = []
    for path in dict.fromkeys(one.path for one in repairs if not one.holds and one.path in items):
        here = [one for one in repairs if one.path == path]
        undone = [one for one in here if not one.holds]
        rest = _rest(read, path) if any(one.code == "unfolded" and one.stands for one in here) else []
        if rest and any(one.code not in ("inline", "parent") for one in undone):
            gone += rest
            undone = [
                one for one in here if one.code == "unfolded" or (one in undone and one.code != "inline")
            ]
        items[path] = _without(items[path], undone)
        for other in rest:
            items[other] = _without(items[other], [one for one in undone if one.code == "parent"])
    return dating.decided(_with(read, items, repairs, gone))


def _items(project: Project, own: int | None = None) -> _Items:
    return {
        **{f"indicators[{at}]": one for at, one in enumerate(project.indicators[:own])},
        **{f"empty[{at}]": one for at, one in enumerate(project.empty)},
    }


def _rest(read: Project, path: str) -> list[str]:
    """The paths of the further indicators that were taken out of the cell at ``path``."""
    _, first, _ = pathed(path)
    place = read.indicators[first].place
    same = takewhile(lambda one: one.place == place, read.indicators[first + 1 :])
    return [f"indicators[{at}]" for at, _ in enumerate(same, first + 1)]


def _with(project: Project, items: _Items, repairs: list[Repair], gone: Iterable[str] = ()) -> Project:
    """The project with these items but for those ``gone``, whose repairs go with the one before."""
    own, moved = [], {}
    for path, item in items.items():
        if isinstance(item, Indicator):
            own += [item] if path not in gone else []
            moved[path] = f"indicators[{len(own) - 1}]"
    further = [_apart(one) for one in repairs if _parts(one)]
    if gone:
        repairs = [one.model_copy(update={"path": _moved(one.path, moved)}) for one in repairs]
    return project.model_copy(
        update={
            "indicators": (*own, *further),
            "empty": tuple(one for one in items.values() if isinstance(one, Empty)),
            "repairs": tuple(repairs),
            "as_read": project if gone else None,
        }
    )


def _moved(path: str, moved: dict[str, str]) -> str:
    item, dot, field = path.partition(".")
    return f"{moved.get(item, item)}{dot}{field}"


def _parts(repair: Repair) -> bool:
    """Whether the row, its repair undone, is one more indicator."""
    splits = repair.code == "join" or isinstance(repair.understood, Empty)
    return not repair.holds and splits and any(repair.stands.get(ROLES[field]) for field in _TOLD)


def _apart(repair: Repair) -> Indicator:
    item = repair.understood
    assert item is not None
    bare = Indicator(
        level1=item.level1,
        level2=item.level2,
        slot=item.slot,
        also=item.also,
        name="",
        places={"name": repair.place},
    )
    apart: Indicator = _by_columns(bare, repair)
    return apart


def _without(item: Indicator | Empty, undone: list[Repair]) -> Indicator | Empty:
    for repair in sorted(undone, key=lambda one: one.code not in _PARTED):
        if not (_parts(repair) and isinstance(item, Empty)):
            item = _standing(item, repair)
    return item


def _standing(item: Indicator | Empty, repair: Repair) -> Any:
    """The item without this repair."""
    if repair.code == "join":
        return _changed(item, {field: _cut(item, field, tail) for field, tail in _told(repair).items()})
    if repair.code == "parent":
        return _changed(item, _told(repair))
    return _by_columns(item, repair)


def _by_columns(item: Any, repair: Repair) -> Any:
    told = _told(repair)
    levels: dict[str, Any] = {field: told[field] for field in ("level1", "level2") if field in told}
    if repair.code in _PARTED:
        levels = {}
    if isinstance(item, Empty):
        return _changed(item, levels)
    weight = values.understand(told["weight"]).number if "weight" in told else None
    texts: dict[str, Any] = {
        "name": told.get("name", ""),
        "period": told.get("period"),
        "annual": told.get("annual"),
    }
    places = {_FIELDS[title]: place for title, place in repair.places.items()}
    kept: dict[str, Any] = levels | texts | {"weight": weight, "places": {"name": repair.place} | places}
    return _changed(item, kept)


def _changed(item: Indicator | Empty, fields: dict[str, Any]) -> Any:
    level1, level2 = fields.get("level1", item.level1), fields.get("level2", item.level2)
    if (level1, level2) != (item.level1, item.level2):
        found = slots(level1, level2)
        fields = {**fields, "slot": found[0] if found else None, "also": found[1:]}
    return item.model_copy(update=fields)


def _told(repair: Repair) -> dict[str, str]:
    return {_FIELDS[title]: text for title, text in repair.stands.items()}


def _cut(item: Indicator | Empty, field: str, tail: str) -> str:
    head, _, rest = (getattr(item, field, "") or "").rpartition(tail)
    return head + rest
