"""When two names or texts mean the same: what they are compared by."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import Postfix, Prefix

from parsing.values import MEASURES

_WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def _any(words: list[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_MARKS = re.compile(r"[\W_]+")
_BRACKET = re.compile(r"\(([^()]{1,6})\)$")
_CODE = re.compile(r"^[\[(【]?\d{3,}[\])】]?-?")  # [015001]某局, (433001)某站, 820001-某镇
_YEAR = re.compile(r"20\d\d年?度?")
_BEFORE = re.compile(rf"^(?:{_any(_WORDS['before'])})(?=.{{4}})")
_AFTER = re.compile(rf"(?<=..)(?:{_any(_WORDS['after'])})$")
_SAME = re.compile(_any(list(_WORDS["same"])))
_GENERAL = re.compile(_any(_WORDS["general"]))
_FORMAL = re.compile(_any(_WORDS["project"]["formal"]))
_FILLER = re.compile(_any([*_WORDS["project"]["formal"], *_WORDS["project"]["filler"]]))


@lru_cache(1 << 15)  # goals are asked for once for their year and once for their unit
def plain(text: str) -> str:
    """The text without spaces and punctuation, in one width."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(1 << 16)
def measured(name: str) -> str:
    """What an indicator measures: 办公用品验收合格率（%） and 办公用品验收合格率, 购买 and 购置 are one."""
    words = re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))
    bracket = _BRACKET.search(words)
    if bracket and bracket[1] in MEASURES:
        words = words[: bracket.start()]
    words = _BEFORE.sub("", _AFTER.sub("", plain(words)))
    return _SAME.sub(lambda found: str(_WORDS["same"][found[0]]), words)


@lru_cache(1 << 16)
def particular(key: str) -> bool:
    """Whether what is measured is a thing of its own: 办公用品验收合格率 is, 验收合格率 fits any project."""
    return len(_GENERAL.sub("", key)) > 1


@lru_cache(1 << 14)
def body(unit: str) -> str:
    """A unit's name without the code before it."""
    return plain(_CODE.sub("", unicodedata.normalize("NFKC", unit).strip()))


@lru_cache(1 << 16)
def _undated(name: str) -> str:
    return _YEAR.sub("", plain(name))


@lru_cache(1 << 16)
def title(name: str) -> str:
    """A project's name without year and formal words; as it stands where nothing would be left."""
    words = _undated(name)
    return _FORMAL.sub("", words) or words


def siblings(one: str, other: str) -> bool:
    """Whether two projects' names differ in their object alone: 人民路改造工程, 解放路改造工程. Such a series
    repeats itself honestly."""
    one, other = _undated(one), _undated(other)
    head = common(one, other)
    tail = Postfix.similarity(one[head:], other[head:])
    if 2 * (head + tail) < min(len(one), len(other)):
        return False
    ours, theirs = one[head : len(one) - tail], other[head : len(other) - tail]
    return bool(_FILLER.sub("", ours) and _FILLER.sub("", theirs))


def common(one: str, other: str) -> int:
    """Characters in common from the left."""
    return Prefix.similarity(one, other)
