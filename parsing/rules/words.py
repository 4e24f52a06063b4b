"""The word lists that several rules share, and how names are compared by their words."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
_SAME: dict[str, str] = {unit: same[0] for same in WORDS["same_units"] for unit in same}
_LOOSE = frozenset(WORDS["loose_units"])
_EMPTY = re.compile("|".join(WORDS["empty_words"]))
_NO_WORD = re.compile(r"[\W\d_a-zA-Z]+")


def pattern(group: str, name: str) -> re.Pattern[str]:
    """A pattern of the word lists."""
    return re.compile(WORDS[group][name])


def canon(unit: str) -> str:
    """One name for units that mean the same: 名 → 人, 千米 → 公里."""
    return _SAME.get(unit, unit)


@lru_cache(1 << 12)
def fits(one: str, other: str) -> bool:
    """Whether two units may count the same thing, in a goal and in an indicator. A figure without a unit
    fits any classifier."""
    one, other = canon(one), canon(other)
    return one == other or {one, other} <= (_LOOSE | {""}) or ("" in (one, other) and "人" in (one, other))


@lru_cache(1 << 14)
def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters in a text, without the words that relate nothing."""
    words = _NO_WORD.split(_EMPTY.sub(" ", text))
    return frozenset([word[k : k + 2] for word in words for k in range(len(word) - 1)])


def shared(one: str, other: str) -> int:
    """How many pairs of characters two names have in common: 定制服装人数 and 制服费用标准 have 制服."""
    return len(pairs(one) & pairs(other))
