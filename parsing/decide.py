"""What people decide about repairs: accept one, undo it, or leave it open again."""

from __future__ import annotations

from typing import Any

from parsing import values
from parsing.assemble import ROLES, slots
from parsing.model import Decision, Empty, Indicator, Project, Repair

_FIELDS: dict[str, str] = {title: field for field, title in ROLES.items()}
_TOLD = ("name", "period", "annual")  # a row that gives one of them is an indicator


def decide(project: Project, number: int, decision: Decision) -> Project:
    """The project with this decision about ``repairs[number]``.

    An undone repair leaves its row as its columns say. Where that makes two rows of one (a join), or an
    indicator of an empty category, the further indicator comes after all others, so that paths stay.
    Decisions may be made and taken back in any order: the same decisions give the same project.
    Raises IndexError for an unknown repair, ValueError where undoing is not possible (``stands`` is empty).
    """
    if not 0 <= number < len(project.repairs):
        raise IndexError(number)
    before = project.repairs[number]
    if decision == "undone" and not before.stands:
        raise ValueError(f"repair {number} cannot be undone")
    own = len(project.indicators) - sum(map(_parts, project.repairs))
    items: dict[str, Indicator | Empty] = {
        **{f"indicators[{at}]": one for at, one in enumerate(project.indicators[:own])},
        **{f"empty[{at}]": one for at, one in enumerate(project.empty)},
    }
    path = before.path
    undone = [one.understood for one in project.repairs if one.path == path and one.understood]
    item = undone[0] if undone else items.get(path)
    change = {"decision": decision, "understood": item if decision == "undone" else None}
    repairs = list(project.repairs)
    repairs[number] = before.model_copy(update=change)
    if item:
        for repair in repairs:
            if repair.path == path and not repair.holds and not (_parts(repair) and isinstance(item, Empty)):
                item = _standing(item, repair)
        items[path] = item
    every = items.values()
    further = [_apart(repair) for repair in repairs if _parts(repair)]
    return project.model_copy(
        update={
            "indicators": (*(one for one in every if isinstance(one, Indicator)), *further),
            "empty": tuple(one for one in every if isinstance(one, Empty)),
            "repairs": tuple(repairs),
        }
    )


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
