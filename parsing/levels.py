"""Which projects are in no sum because their parts are: a 一级项目 is a programme, the 二级项目 are the items
that it consists of, and both tables hold the same money. Source: the field 项目等级 of the form, of whose two
levels only one may be summed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple, Protocol

_LEVEL = re.compile(r"(?:第?[一1]|(第?[二2]))级(?:预算)?(?:项目)?")
_CODE = re.compile(r"[\[(]\w+[\])]|\d{2,}[-—_:.]")  # [015], (433001), 219001- before a name


class Levelled(Protocol):
    """What is asked of a project: texts as printed, None where it does not say."""

    @property
    def level(self) -> str | None: ...
    @property
    def year(self) -> int | None: ...
    @property
    def department(self) -> str | None: ...
    @property
    def unit(self) -> str | None: ...


class Standing(NamedTuple):
    """What ``doubled`` asks of a project, where the rest of it is not kept."""

    level: str | None
    year: int | None
    department: str | None
    unit: str | None

    @classmethod
    def of(cls, project: Levelled) -> Standing:
        return cls(project.level, project.year, project.department, project.unit)


def level(text: str | None) -> int | None:
    """1 for 一级项目, 2 for 二级项目, None for anything else: 三级项目, both words at once, nothing."""
    found = _LEVEL.fullmatch(_plain(text))
    return None if found is None else 2 if found[1] else 1


def doubled(projects: Sequence[Levelled]) -> list[int]:
    """Numbers of the 一级项目 that are in no sum, since 二级项目 of the same unit and year are there too.

    The unit of a 一级项目 is its 实施单位, or its 主管部门 where it names none; a 二级项目 is of both of its
    own. Codes before a name and white space do not matter. Where a year or a unit is unknown, so is whether
    two tables hold the same money: both count.
    """
    levels = [level(one.level) for one in projects]
    items = {
        (one.year, name)
        for one, which in zip(projects, levels, strict=True)
        if which == 2
        for name in (_name(one.unit), _name(one.department))
    }
    return [
        number
        for number, (one, which) in enumerate(zip(projects, levels, strict=True))
        if which == 1
        and one.year is not None
        and (name := _name(one.unit) or _name(one.department))
        and (one.year, name) in items
    ]


def _name(text: str | None) -> str:
    plain = _plain(text)
    code = _CODE.match(plain)
    return plain[code.end() :] or plain if code else plain


def _plain(text: str | None) -> str:
    return "".join(unicodedata.normalize("NFKC", text or "").split())
