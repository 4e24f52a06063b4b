"""What a target value says in words: a number inside a sentence, a date, a pointer, or nothing to measure."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from parsing import values
from parsing.rules.subject import Row
from parsing.vocabulary import plain

_DATA: dict[str, list[str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_UNITS = Path(values.__file__).with_name("units.txt").read_text("utf-8").split()
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))


def _pattern(*keys: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for key in keys for one in _DATA[key]).replace("{unit}", _UNIT))


_DATED = _pattern("dated")
_MEASURED, _LATE = _pattern("counted", "exact", "dated"), _pattern("late")
_POINTER, _APPROXIMATE, _QUALITATIVE = _pattern("pointers"), _pattern("approximate"), _pattern("qualitative")
_SAID, _ITEMS = _pattern("counted", "exact"), _pattern("items")
_PASSED, _CHECKS = _pattern("passed"), _pattern("checks")
_TIME = re.compile("时间|时限|期限|日期|进度")
_REGULAR = re.compile("[按每][年月季周日天]")  # 按季度发放
_DONE = re.compile("(?:已|按计划)?(?:完成|达到|实现)|是")
EMPTY_UNITS = frozenset(_DATA["empty_units"])


@lru_cache(1 << 14)
def points(text: str) -> bool:
    """Whether a value only points to something else: a budget, a rule, a document."""
    kind, words = values.understand(text).kind, plain(text)
    if kind not in ("pointer", "words") or _SAID.search(words):  # 不超预算50万元 says it all
        return False
    return kind == "pointer" or _POINTER.search(words) is not None


@lru_cache(1 << 14)
def approximate(text: str) -> str:
    """The words that make a number approximate, such as 左右 in 100人左右; "" where there are none."""
    found = _APPROXIMATE.search(plain(text))
    return found[0].strip("0123456789") if found else ""


def dated(text: str) -> bool:
    """Whether a value is a day or a month."""
    return values.understand(text).kind == "date" or _DATED.search(plain(text)) is not None


def vague(row: Row) -> bool:
    """Whether a row's value is words that nobody can measure: no number, grade, date or pointer in them."""
    if row.value.kind != "words" or points(row.said):
        return False
    if _PASSED.search(plain(row.said)) and _CHECKS.search(row.name):
        return False
    return _says_nothing(row.said, row.slot == "时效" or bool(_TIME.search(row.name))) and not (
        _DONE.fullmatch(plain(row.said)) and _in_the_name(plain(row.name))
    )


def _in_the_name(name: str) -> bool:
    """Whether a name holds the number, or how often: 补贴按季度发放 是."""
    return bool(_SAID.search(name) or _REGULAR.search(name))


@lru_cache(1 << 14)
def _says_nothing(text: str, timely: bool) -> bool:
    words = plain(text)
    return not _MEASURED.search(words) and not (timely and _LATE.search(words))


def declared_qualitative(row: Row) -> bool:
    """Whether the form itself says that the value is given in words (指标性质：定性)."""
    return any(_QUALITATIVE.match(plain(text)) for text in row.indicator.extras.values())


def one_of_nothing(row: Row) -> bool:
    """Whether a value is one 批 or one 项 of something that is not counted so."""
    if row.value.number != 1 or row.value.per or row.unit not in EMPTY_UNITS:
        return False
    return not (row.unit == "项" and _ITEMS.search(row.name))
