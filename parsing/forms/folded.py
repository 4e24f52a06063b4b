"""Cells that hold more than one thing: several indicators line by line, or a name with its target."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from parsing.forms.align import VALUES
from parsing.forms.line import Line, RowRepair
from parsing.forms.tables import is_counted
from parsing.grid import Cell

# A number alone is no mark: 1套, 2台 are values, 1.5万 and 1:2 are numbers
_MARK = re.compile(
    r"[①-⑳]|指标\d{1,2}(?!\d)|(?:指标)?[(（]?\d{1,2}(?:[)）.．、:：]++(?!\d{1,3}(?!\d))|\s+(?=[^\W\d])|\s*$)"
)
_POINT = re.compile(r"[;；。]")
_SIGN = re.compile(r"[≥≤><≧≦±=＝﹥﹤]|不低于|不少于|不高于|不超过|达到|\d")
_DAY = re.compile(r"(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|底|末)?(?:之前|以前|前|内)?[)）。；; ]*$")
_SPLIT = (*VALUES, "weight")


def unfolded(line: Line, valued: bool) -> list[Line]:
    """The indicators of a line, one by one, where its name and its values are lists of the same length:
    numbered 1, 2, 3, or each line with a target of its own. A numbered list beside as many lines of values
    as do not match is kept whole, with a doubt that asks for a look. ``valued``: the form has columns of
    values; where it has none, each name has to end with its target."""
    text = line.texts.get("name", "")
    if valued and "\n" not in text:  # nearly all
        return [line]
    listed = _listed(text)
    names = listed or _texts(text)
    if not valued:
        names = names if len(names) > 1 else [one for one in _POINT.split(text) if one.strip()]
        apart = len(names) > 1 and (bool(listed) or all(map(_target, names)))
        return [_one(line, names, {}, k) for k in range(len(names))] if apart else [line]
    if len(names) < 2:
        return [line]
    told = {role: line.texts[role] for role in _SPLIT if role in line.texts}
    parts = {role: _listed(text) or _texts(text) for role, text in told.items()}
    given = [parts[role] for role in VALUES if role in parts]
    if not listed and not given:
        return [line]
    if any(len(one) != len(names) for one in given):
        return [_doubted(line)] if listed else [line]
    if not listed and not all(is_counted(text) for one in given for text in one):
        return [line]
    return [_one(line, names, parts, k) for k in range(len(names))]


def parted(line: Line, told: bool) -> Line:
    """The line of a form without columns of values, with the target that ends its name as its value.
    ``told``: this is recorded, as the form would have a column for it."""
    text = line.texts.get("name", "")
    found = _target(text)
    if not found:
        return line
    repairs = [RowRepair("inline", _row(line), 0.9, "", _cells(line))] if told else []
    texts = line.texts | {"name": found[0], "annual": found[1]}
    return replace(
        line,
        texts=texts,
        places=line.places | {"annual": line.places["name"]},
        repairs=line.repairs + repairs,
    )


def _target(text: str) -> tuple[str, str] | None:
    """Name and target of a text that ends with one, or has one in words behind a colon."""
    day, mark = _DAY.search(text), _MARK.match(text)
    start = mark.end() if mark else 0
    for found in (day,) if day else _SIGN.finditer(text, start):
        name, target = text[: found.start()].rstrip(" :：，,（("), text[found.start() :].rstrip("）)。；; ")
        if name and (day or is_counted(target)):
            return name, target
    name, *said = re.split("[:：]", text.rstrip("）)。；; "))
    return (name, said[0]) if len(said) == 1 and len(name) > start and said[0].strip() else None


def _one(line: Line, names: list[str], parts: dict[str, list[str]], k: int) -> Line:
    """The indicator at ``k``; what stands once for all of them, such as a weight, stays with the first."""
    texts = line.texts | {"name": names[k]}
    for role, said in parts.items():
        if len(said) == len(names):
            texts[role] = said[k]
        elif k:
            del texts[role]
    repairs = (
        [] if k else [*line.repairs, RowRepair("unfolded", _row(line), 0.9, str(len(names)), _cells(line))]
    )
    return replace(line, texts=texts, repairs=repairs, own_level=line.own_level and not k)


def _doubted(line: Line) -> Line:
    return replace(line, repairs=[*line.repairs, RowRepair("folded", _row(line), 0.3)])


def _row(line: Line) -> tuple[Cell, ...]:
    """The cells of the indicator as they stand."""
    return tuple(sorted(_cells(line).values(), key=lambda cell: (cell.place.row, cell.place.column)))


def _cells(line: Line) -> dict[str, Cell]:
    return {role: Cell(text, line.places[role]) for role, text in line.texts.items() if role in line.places}


def _texts(text: str) -> list[str]:
    return [one.strip() for one in text.split("\n") if one.strip()]


def _listed(text: str) -> list[str]:
    """The points of a list numbered from 1, each with the lines that go on with it; else empty."""
    points: list[str] = []
    for one in _texts(text):
        mark = _MARK.match(one)
        if mark and re.sub(r"\D", "", unicodedata.normalize("NFKC", mark[0])) == str(len(points) + 1):
            points.append(one)
        elif points:
            points[-1] += one
        else:
            return []
    return points if len(points) > 1 else []
