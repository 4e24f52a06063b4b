"""What the name of an indicator says: which way is better, where it belongs, what it is the same as."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from parsing import values
from parsing.model import Slot
from parsing.vocabulary import plain

_DATA: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_UNITS = Path(values.__file__).with_name("units.txt").read_text("utf-8").split()
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_SECTIONS = {
    section: {
        key: re.compile(said.replace("{unit}", _UNIT))
        for key, said in entries.items()
        if isinstance(said, str)
    }
    for section, entries in _DATA.items()
    if isinstance(entries, dict)
}
_PLACING = [
    (one["belongs"], re.compile(one["name"]), re.compile(one["unless"]), frozenset(one["under"]))
    for one in _DATA["placing"]
]
_EQUAL = [(re.compile(found), instead) for found, instead in _DATA["fold"]["equal"]]
_NUMBERED = re.compile(r"^\d{1,2}[.、)](?!\d)")
_BRACKETS = re.compile(r"\([^()]*\)$")
_MEASURE = re.compile(rf"\((?:单位:)?(?:[%‰]|百分比|{_UNIT})(?:/\w{{1,3}})?\)$")


@lru_cache(1 << 14)
def bare(name: str) -> str:
    """The name as patterns take it: NFKC, without white space, numbering, last brackets and 指标."""
    words = _NUMBERED.sub("", plain(name))
    return (_BRACKETS.sub("", words) or words).removesuffix("指标") or words


@lru_cache(1 << 15)
def says(section: str, key: str, name: str) -> bool:
    """Whether a name has the pattern ``key`` of a section of names.toml."""
    return mentions(section, key, bare(name))


@lru_cache(1 << 15)
def mentions(section: str, key: str, text: str) -> bool:
    """The same for any text, its brackets included."""
    return _SECTIONS[section][key].search(plain(text)) is not None


@lru_cache(1 << 14)
def polarity(name: str) -> Literal["higher", "lower", ""]:
    """Which way is better; "" where the name does not say so without doubt."""
    if says("polarity", "lower", name) and not says("polarity", "lower_not", name):
        return "lower"
    if says("polarity", "higher", name) and not says("polarity", "higher_not", name):
        return "higher"
    return ""


@lru_cache(1 << 14)
def belongs(name: str, slot: Slot) -> Slot | None:
    """The category a name belongs to, if it stands under a wrong one."""
    words = bare(name)
    found = (
        home
        for home, pattern, unless, under in _PLACING
        if slot in under and pattern.search(words) and not unless.search(words)
    )
    return next(found, None)


@lru_cache(1 << 14)
def hollow(name: str) -> bool:
    """Whether a name says nothing beyond its category."""
    patterns, words = _SECTIONS["hollow"], plain(name)
    return bool(patterns["name"].fullmatch(words)) and not patterns["unless"].fullmatch(words)


@lru_cache(1 << 14)
def spelled(name: str) -> str:
    """The name for exact comparison: without white space, numbering, quotes and the unit in brackets."""
    return re.sub(r"[\"'“”‘’《》,，。;；、]", "", _MEASURE.sub("", _NUMBERED.sub("", plain(name))))


@lru_cache(1 << 14)
def folded(name: str) -> str:
    """The name for near comparison: words that mean the same made equal, idle ones struck out."""
    words = _SECTIONS["fold"]["strike"].sub("", spelled(name))
    for pattern, instead in _EQUAL:
        words = pattern.sub(instead, words)
    return words
