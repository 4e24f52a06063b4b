"""The typed tables: what a reading of a file says, frozen, with the place of every value."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import AfterValidator, BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from parsing import values
from parsing.errors import ReadError
from parsing.grid import Place

Slot = Literal["数量", "质量", "时效", "成本", "经济效益", "社会效益", "生态效益", "可持续影响", "满意度"]
PATH = re.compile(r"(indicators|empty)\[(\d{1,6})\](?:\.(\w+))?")
SLOTS: tuple[Slot, ...] = get_args(Slot)
Decision = Literal["", "accepted", "undone"]
_SAMPLE = re.compile(r"(?:目标|指标)\s*[\d一二三四五]{1,2}\s*[:.、]?[\s.…·。]*|[.…·。]+")
DOUBT = 0.7  # a repair below this confidence is shown first and asks for a look


class _AsMade:
    """A place is fixed when its cell is made: the very object is kept, only JSON is built anew."""

    @staticmethod
    def __get_pydantic_core_schema__(source: type[Place], build: GetCoreSchemaHandler) -> CoreSchema:
        texts, number = core_schema.str_schema(), core_schema.int_schema()
        fields = core_schema.tuple_schema([texts, texts, number, number, texts])
        anew = core_schema.no_info_after_validator_function(source._make, fields)
        return core_schema.json_or_python_schema(
            anew,
            core_schema.union_schema([core_schema.is_instance_schema(source), anew], mode="left_to_right"),
        )


class _OfCells:
    """What was taken from cells as it stands is not looked through again, only JSON is."""

    @staticmethod
    def __get_pydantic_core_schema__(source: Any, build: GetCoreSchemaHandler) -> CoreSchema:
        anew = build(source)
        kept = core_schema.is_instance_schema(get_origin(source))
        either = core_schema.union_schema([kept, anew], mode="left_to_right")
        return core_schema.json_or_python_schema(anew, either)


Where = Annotated[Place, _AsMade]
Places = Annotated[dict[str, Where], _OfCells]


def _known(amounts: dict[str, Decimal]) -> dict[str, Decimal]:
    return {label: known for label, amount in amounts.items() if (known := values.money(amount)) is not None}


# 元, whole 分, and within what money can be, whoever makes the project: else unknown
Yuan = Annotated[Decimal | None, AfterValidator(lambda amount: amount and values.money(amount))]
Amounts = Annotated[dict[str, Decimal], AfterValidator(_known)]


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


@lru_cache(1 << 12)
def pathed(path: str) -> tuple[str, int, str]:
    """A path in parts: ``indicators[7].annual`` → indicators, 7, annual; ("", 0, "") where it has none."""
    found = PATH.fullmatch(path)
    return (found[1], int(found[2]), found[3] or "") if found else ("", 0, "")


@lru_cache(1 << 14)
def is_sample(name: str) -> bool:
    """Whether a text is a numbered line of the blank form (指标1：, 目标2：……, ……) that nobody used."""
    return _SAMPLE.fullmatch(unicodedata.normalize("NFKC", name).strip()) is not None


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
    ``parsing.decide``); ``understood``: the item at ``path`` before the repair was undone.
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
        """Nobody undid it."""
        return self.decision != "undone"


class Project(Frozen):
    """One project's table. Money in 元, unknown is None; ``budget_yuan`` is money of the ``year`` only,
    ``sources`` and ``total_sources`` say whose money that and the total are. ``places``: field name → place;
    ``blanks``: field name → place of its label, of fields that the form prints and nobody filled;
    ``extras``: labels that no field of ours names, as printed; ``excerpt``: the table's cells as
    they stand, each ``(row, column, height, width, text)`` counted from 1 in ``place.part``; ``boxes``,
    of files that are pages: ``(row, column, page, left, top, right, bottom)`` of those cells, in points
    from the top left of the page as shown (a picture is shown 842 points long). ``hidden``: no cell of it is
    on the screen. ``as_read``: the project before anybody decided about its repairs, where a decision took
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
    excerpt: Annotated[tuple[tuple[int, int, int, int, str], ...], _OfCells] = ()
    boxes: tuple[tuple[int, int, int, float, float, float, float], ...] = ()
    hidden: bool = False
    as_read: Project | None = None

    @property
    def place(self) -> Place:
        return self.places["name"]

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


class Reading(Frozen):
    """All that one file, or several, said. Round-trips through JSON. ``slips``: what files that were given
    back carry for programs (see ``parsing.slip``)."""

    projects: tuple[Project, ...] = ()
    others: tuple[Other, ...] = ()
    unread: tuple[Unread, ...] = ()
    slips: tuple[str, ...] = ()
