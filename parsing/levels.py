"""Which projects are in no sum because their parts are: a 一级项目 is a programme, the 二级项目 are the items
that it consists of, and both tables hold the same money. Source: the field 项目等级 of the form, of whose two
levels only one may be summed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, NamedTuple, Protocol, TypeVar

Money = TypeVar("Money", int, Decimal)  # 分 or 元
_LEVEL = re.compile(r"(?:第?[一1]|(第?[二2]))级(?:预算)?(?:项目)?")
_CODE = re.compile(  # [015], (433001), 219001- before a name; not (一期), (2024), 2024-2026年, 10-12岁
    r"(?![\[(【]?(?:19|20)\d\d\D)"
    r"(?:[\[(【][A-Za-z]{0,4}\d{3,}[\w.-]*[\])】][-—_:]?|[A-Za-z]{0,4}\d{3,}[A-Za-z\d]*[-—_:.](?!\d))",
    re.ASCII,
)


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
    """What ``groups`` asks of a project, where the rest of it is not kept."""

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


class Group(NamedTuple):
    """Numbers of the 一级项目 of one unit and year, and of the 二级项目 that they consist of."""

    programmes: list[int]
    items: list[int]


def groups(projects: Sequence[Levelled]) -> list[Group]:
    """The 一级项目 that are in no sum, since 二级项目 of the same unit and year are there too, with these.

    The unit of a 一级项目 is its 实施单位, or its 主管部门 where it names none; a 二级项目 is of both of its
    own. Codes before a name and white space do not matter. Where a year or a unit is unknown, so is whether
    two tables hold the same money: both count.
    """
    found: dict[tuple[int, str], Group] = {}
    levels = [level(one.level) for one in projects]
    for number, (one, which) in enumerate(zip(projects, levels, strict=True)):
        name = bare(one.unit) or bare(one.department)
        if which == 1 and one.year is not None and name:
            found.setdefault((one.year, name), Group([], [])).programmes.append(number)
    for number, (one, which) in enumerate(zip(projects, levels, strict=True)):
        if which == 2 and one.year is not None:
            for name in dict.fromkeys((bare(one.unit), bare(one.department))):
                if group := found.get((one.year, name)):
                    group.items.append(number)
    return [group for group in found.values() if group.items]


def doubled(projects: Sequence[Levelled]) -> list[int]:
    """Numbers of the 一级项目 that are in no sum (see ``groups``)."""
    return sorted(number for group in groups(projects) for number in group.programmes)


def budget_gap(whole: Sequence[Money | None], parts: Sequence[Money | None]) -> Money | Literal[0]:
    """How much more the budgets of a group's 一级项目 are than those of its 二级项目: less than 0 where they
    are less, 0 where both are the same within 1 % or one of them is unknown."""
    wholes, items = ([one for one in many if one is not None] for many in (whole, parts))
    if len(wholes) < len(whole) or len(items) < len(parts):
        return 0
    gap = sum(wholes[1:], wholes[0]) - sum(items[1:], items[0])
    return gap if 100 * abs(gap) > sum(wholes[1:], wholes[0]) else 0


def bare(text: str | None) -> str:
    """A name as it is compared: without a code before it and white space, in one width."""
    plain = _plain(text)
    code = _CODE.match(plain)
    return plain[code.end() :] or plain if code else plain


def _plain(text: str | None) -> str:
    return "".join(unicodedata.normalize("NFKC", text or "").split())
