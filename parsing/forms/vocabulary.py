"""The words that forms print, as data: what a text means, decided once a text and remembered.

``vocabulary.toml`` beside this file holds the patterns; a county adds words there.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

_DATA: dict[str, dict[str, list[str]]] = tomllib.loads(
    Path(__file__).with_name("vocabulary.toml").read_text("utf-8")
)


class Label(NamedTuple):
    """A printed label: the field it names, and the year and money unit (元, 万元) written in it."""

    field: str
    year: int | None = None
    unit: str | None = None


@lru_cache(1 << 16)
def plain(text: str) -> str:
    """Text for matching only: NFKC, all white space removed, no colon at the end."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).rstrip(":")


def _patterns(section: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((key, re.compile(pattern)) for key, many in _DATA[section].items() for pattern in many)


_LABELS, _HEADER, _BLOCK, _NOTES = map(_patterns, ("labels", "header", "block", "notes"))
_LEVEL1, _LEVEL2, _TITLE = map(_patterns, ("level1", "level2", "title"))
PARENTS: dict[str, tuple[str, ...]] = {slot: tuple(words) for slot, words in _DATA["parent"].items()}
PROJECT_TABLE = "project"


def _first(patterns: tuple[tuple[str, re.Pattern[str]], ...], text: str) -> str | None:
    return next((key for key, pattern in patterns if pattern.fullmatch(text)), None)


@lru_cache(1 << 14)
def label(text: str) -> Label | None:
    """The field that a label names; a text longer than any label is none."""
    words = plain(text)
    if not 0 < len(words) <= 40:
        return None
    for field, pattern in _LABELS:
        if found := pattern.fullmatch(words):
            groups = found.groupdict()
            year = groups.get("year")
            return Label(field, int(year) if year else None, groups.get("unit"))
    return None


@lru_cache(1 << 12)
def role(text: str) -> str | None:
    """The column role that a header cell names: level1, level2, name, period, annual, weight, done."""
    return _first(_HEADER, plain(text)) if len(text) <= 40 else None


@lru_cache(1 << 14)
def level1(text: str) -> str | None:
    """The canonical level-1 word."""
    return _first(_LEVEL1, plain(text)) if len(text) <= 40 else None


@lru_cache(1 << 14)
def slot(text: str) -> str | None:
    """The slot that a level-2 word stands for."""
    return _first(_LEVEL2, plain(text)) if len(text) <= 40 else None


@lru_cache(1 << 14)
def is_block(text: str) -> bool:
    """Whether the text is the word that stands beside the whole indicator grid."""
    return _first(_BLOCK, plain(text)) is not None


@lru_cache(1 << 12)
def is_note(text: str) -> bool:
    """Whether the text is a signature line or remark below the table."""
    return _first(_NOTES, plain(text)) is not None


@lru_cache(1 << 12)
def title(text: str) -> str | None:
    """What a title announces: ``project``, or the name of another kind of table."""
    words = plain(text)
    if not 4 <= len(words) <= 60 or not words.rstrip(")").endswith(("表", "续")):
        return None
    other = next((k for k, p in _TITLE if k != PROJECT_TABLE and p.fullmatch(words)), None)
    return other or _first(_TITLE, words)
