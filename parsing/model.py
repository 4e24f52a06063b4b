"""The typed tables: what a reading of a file says, frozen, with the place of every value."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict

from parsing.errors import ReadError
from parsing.fields import Amounts, OfCells, Places, Where, Yuan
from parsing.grid import Place
from parsing.partial import Missed, Partial, reasons

Slot = Literal["数量", "质量", "时效", "成本", "经济效益", "社会效益", "生态效益", "可持续影响", "满意度"]
PATH = re.compile(r"(indicators|empty)\[([0-9]{1,6})\](?:\.(\w+))?")
SLOTS: tuple[Slot, ...] = get_args(Slot)
Decision = Literal["", "accepted", "undone"]
_SAMPLE = re.compile(r"(?:目标|指标)\s*[\d一二三四五]{1,2}\s*[:.、]?[\s.…·。]*|[.…·。]+")
DOUBT = 0.7  # a repair below this confidence is shown first and asks for a look


@lru_cache(1 << 12)
def pathed(path: str) -> tuple[str, int, str]:
    """A path in parts: ``indicators[7].annual`` → indicators, 7, annual; ("", 0, "") where it has none."""
    found = PATH.fullmatch(path)
    return (found[1], int(found[2]), found[3] or "") if found else ("", 0, "")


@lru_cache(1 << 14)
def is_sample(name: str) -> bool:
    """Whether a text is a numbered line of the blank form (指标1：, 目标2：……, ……) that nobody used."""
    return _SAMPLE.fullmatch(unicodedata.normalize("NFKC", name).strip()) is not None


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Indicator(Frozen):
    """A level-3 indicator. ``level1``, ``level2`` are the printed words (carried down or corrected),
    ``slot`` the canonical category, ``also`` the further ones where the printed word merges several;
    texts as printed. ``places``: field name → place; ``extras``: column titles that no field of ours
    names → text."""

    level1: str
    level2: str
    slot: Slot | None
    name: str
    period: str | None = None
    annual: str | None = None
    weight: Decimal | None = None
    also: tuple[Slot, ...] = ()
    extras: dict[str, str] = {}
    places: Places

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The categories that it fills: none where it is a line of the blank form without a value."""
        if self.slot is None or (not self.annual and not self.period and is_sample(self.name)):
            return ()
        return (self.slot, *self.also)

    @property
    def place(self) -> Place:
        return self.places["name"] if "name" in self.places else next(iter(self.places.values()))


class Empty(Frozen):
    """A category that the form prints and nobody filled."""

    level1: str
    level2: str
    slot: Slot | None
    also: tuple[Slot, ...] = ()
    place: Where

    @property
    def slots(self) -> tuple[Slot, ...]:
        return (self.slot, *self.also) if self.slot else ()


class Repair(Frozen):
    """One row read otherwise than it stands.

    ``before``: the row's cells as they stand, empty ones as ""; ``after``: column title → text as
    understood; ``path``: what it became (``indicators[7]`` or ``empty[2]``); ``confidence`` 0..1.
    ``stands``: column title → text as the row reads by its columns alone, empty where that cannot be said;
    ``places``: column title → place of that text. ``decision``: what somebody said of it (see
    ``parsing.repair_decisions``); ``understood``: the item at ``path`` before the repair was undone.
    """

    code: str
    place: Where
    before: tuple[str, ...]
    after: dict[str, str]
    reason: str
    confidence: float
    path: str
    stands: dict[str, str] = {}
    places: dict[str, Where] = {}
    decision: Decision = ""
    understood: Indicator | Empty | None = None

    @property
    def doubtful(self) -> bool:
        """It asks for a look: nobody decided about it yet."""
        return not self.decision and self.confidence < DOUBT

    @property
    def holds(self) -> bool:
        return self.decision != "undone"


class Project(Frozen):
    """One project's table. Money in 元, unknown is None; ``budget_yuan`` is money of the ``year`` only,
    ``sources`` and ``total_sources`` say whose money that and the total are. ``places``: field name → place;
    ``blanks``: field name → place of its label, of fields that the form prints and nobody filled;
    ``extras``: labels that no field of ours names, as printed; ``excerpt``: the table's cells as
    they stand, each ``(row, column, height, width, text)`` counted from 1 in ``place.part``; ``aside``: those
    with text that does not count, ``(row, column, height, width, runs)``, each run ``(text, code)`` (see
    ``formats.runs``); ``boxes``, of files that are pages: ``(row, column, page, left, top, right,
    bottom)`` of those cells, in points from the top left of the page as shown (a picture is shown 842
    points long). ``hidden``: no cell of it is on the screen; ``missed``: what its reader saw and could
    not read. ``as_read``: the project before anybody decided about its repairs, where a decision took
    indicators away."""

    name: str
    form: str
    department: str | None = None
    unit: str | None = None
    project_type: str | None = None
    level: str | None = None
    start: str | None = None
    end: str | None = None
    year: int | None = None
    budget_yuan: Yuan = None
    total_yuan: Yuan = None
    sources: Amounts = {}
    total_sources: Amounts = {}
    period_goal: str | None = None
    annual_goal: str | None = None
    indicators: tuple[Indicator, ...] = ()
    empty: tuple[Empty, ...] = ()
    repairs: tuple[Repair, ...] = ()
    extras: dict[str, str] = {}
    places: Places
    blanks: Places = {}
    excerpt: Annotated[tuple[tuple[int, int, int, int, str], ...], OfCells] = ()
    aside: tuple[tuple[int, int, int, int, tuple[tuple[str, str], ...]], ...] = ()
    boxes: tuple[tuple[int, int, int, float, float, float, float], ...] = ()
    hidden: bool = False
    missed: tuple[Missed, ...] = ()
    as_read: Project | None = None

    @property
    def place(self) -> Place:
        return self.places["name"]

    @property
    def title(self) -> str:
        """The name for people, also where the table has none."""
        return self.name.strip() or ("名称未填" if "name" in self.blanks else "名称未识别")

    @property
    def partial(self) -> tuple[Partial, ...]:
        """Why the table was not read whole, () where it was: see ``parsing.partial``."""
        strays = any(one.code == "stray" and one.doubtful for one in self.repairs)
        unpriced = self.budget_yuan is None and "budget_yuan" in self.places
        return reasons(bool(self.indicators or self.empty), strays, unpriced, self.missed)

    def find(self, path: str) -> Place | None:
        """The place of the value at a path such as ``unit``, ``indicators[7].annual``, ``empty[2]``."""
        item, field = self.item(path)
        if item is None:
            return self.places.get(path) or self.blanks.get(path)
        return item.places.get(field, item.place) if isinstance(item, Indicator) else item.place

    def item(self, path: str) -> tuple[Indicator | Empty | None, str]:
        """The indicator or empty category at a path, and the field of it that the path names ("" for
        none); None for any other path, and where there is no such item."""
        kind, number, field = pathed(path)
        if not kind:
            return None, ""
        items: tuple[Indicator | Empty, ...] = self.indicators if kind == "indicators" else self.empty
        return (items[number] if number < len(items) else None), field


class Other(Frozen):
    """A table of another kind (整体支出, 自评, 区域): kept, shown, in no sum. ``rows``: its indicators."""

    kind: str
    title: str
    place: Where
    name: str | None = None
    department: str | None = None
    unit: str | None = None
    year: int | None = None
    rows: int = 0


class Unread(Frozen):
    """What could not be read; ``code`` is that of the error in ``parsing.errors``."""

    code: str
    place: str
    reason: str
    remedy: str

    @classmethod
    def of(cls, error: ReadError) -> Unread:
        return cls(code=error.code, place=error.place, reason=error.reason, remedy=error.remedy)


class ListTotal(Frozen):
    """What a list says of itself beside what was read of it: a sum in 元, a number of projects, or both, None
    where it says none. ``label`` as printed; ``field``: the money that is summed; ``unknown``: projects
    whose money was not read; ``message``: the comparison in words; ``remedy``: what to do about it."""

    place: Where
    label: str
    field: Literal["budget_yuan", "total_yuan"]
    printed_yuan: Decimal | None = None
    read_yuan: Decimal | None = None
    printed_count: int | None = None
    read_count: int | None = None
    unknown: int = 0
    agrees: bool
    message: str
    remedy: str = ""

    @property
    def difference_yuan(self) -> Decimal | None:
        """How much more was read than is printed."""
        known = self.printed_yuan is not None and self.read_yuan is not None
        return self.read_yuan - self.printed_yuan if known else None  # type: ignore[operator]


class Reading(Frozen):
    """All that one file, or several, said. Round-trips through JSON. ``totals``: what lists say of it
    themselves; ``slips``: the ``return_manifest`` of each file that was given back, so named in stores."""

    projects: tuple[Project, ...] = ()
    others: tuple[Other, ...] = ()
    unread: tuple[Unread, ...] = ()
    totals: tuple[ListTotal, ...] = ()
    slips: tuple[str, ...] = ()
