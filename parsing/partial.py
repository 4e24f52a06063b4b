"""Why a table was not read whole: one list of codes, and their words. What such a table lacks is unchecked,
never a fault of who filled it in."""

from __future__ import annotations

from typing import Literal

Missed = Literal["cut", "unheaded", "valueless"]  # what only the reader of the file sees
Partial = Literal["no-indicators", "cut", "unheaded", "stray", "valueless", "no-money"]
MARK = "读不全"
WORDS: dict[Partial, str] = {
    "no-indicators": "没有读到指标",
    "cut": "表没有读完，后面可能还有指标",
    "unheaded": "指标表头上方的指标没有读取",
    "stray": "有没看懂的行",
    "valueless": "没有读到指标值一栏",
    "no-money": "当年预算填了，但读不成金额",
}
OPEN: frozenset[Partial] = frozenset({"no-indicators", "cut", "unheaded"})  # any indicator may be missing
GRID: frozenset[Partial] = OPEN | {"stray", "valueless"}  # an indicator, or what one says, may be missing


def reasons(grid: bool, strays: bool, unpriced: bool, missed: tuple[Missed, ...]) -> tuple[Partial, ...]:
    """Of a table of which an indicator, or an empty category, was read (``grid``), some rows were not
    understood (``strays``), or the money of the year is filled and no amount (``unpriced``)."""
    found: set[Partial] = {*missed}
    found |= {"no-indicators"} if not grid else set()
    found |= {"stray"} if strays else set()
    found |= {"no-money"} if unpriced else set()
    return tuple(one for one in WORDS if one in found)


def packed(reasons: tuple[Partial, ...]) -> str:
    """As one word after the other, which ``unpacked`` reads; "" where there is none."""
    return " ".join(reasons)


def unpacked(text: str) -> tuple[Partial, ...]:
    """The reasons that ``packed`` wrote; a word that is none of ours is left out."""
    words = text.split()
    return tuple(one for one in WORDS if one in words)


def said(reasons: tuple[Partial, ...]) -> str:
    """The reasons in one phrase, "" where there is none."""
    return "；".join(WORDS[one] for one in reasons)
