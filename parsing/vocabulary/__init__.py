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

from parsing.values import numbered
from parsing.vocabulary import composition

_DATA: dict[str, dict[str, list[str]]] = tomllib.loads(
    Path(__file__).with_name("vocabulary.toml").read_text("utf-8")
)


class Label(NamedTuple):
    """A printed label: the field it names, and the year, money unit (元, 万元) and span of years
    (2019年-2021年) written in it."""

    field: str
    year: int | None = None
    unit: str | None = None
    span: str | None = None


@lru_cache(1 << 16)
def plain(text: str) -> str:
    """Text for matching only: NFKC, all white space removed, years in digits, no colon at the end."""
    return numbered("".join(unicodedata.normalize("NFKC", text).split()).rstrip(":"))


def _section(name: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """The patterns of a section as one, a group for each of its keys, and these keys in order: one match
    in C instead of forty from here."""
    words = {key: "|".join(many) for key, many in _DATA[name].items()}
    return re.compile("|".join(f"(?P<_{k}>{one})" for k, one in enumerate(words.values()))), tuple(words)


_HEADER, _BLOCK, _NOTES, _SIDE, _CAPTION = map(_section, ("header", "block", "notes", "side", "caption"))
_LEVEL1, _LEVEL2, _TITLE, _KIND, _TOTALS = map(_section, ("level1", "level2", "title", "kind", "sum"))
_LABELS = tuple((key, re.compile(one)) for key, many in _DATA["labels"].items() for one in many)
_UNNAMED = [(key, re.sub(r"\(\?P<\w+>", "(?:", pattern.pattern)) for key, pattern in _LABELS]
_ANY_LABEL = re.compile("|".join(pattern for _, pattern in _UNNAMED))
_MARK = re.compile(
    r"^(?:[*✶★☆※]+|\(?[一二三四五六七八九十]{1,2}[)、]|\(?\d{1,2}(?:[)、]|\.(?!\d)|-(?=[^\d]))|\(?其中:(?!20\d\d年度?(?:\(|$)))"
)
_TAIL = re.compile(
    r"(?P<core>.+?)(?:\((?:[^()]*[:,、])?(?P<unit>万?元)(?:[,、][^()]*)?\)|\((?:盖章|公章|签章|必填|选填)\)"
    r"|\((?P<span>20\d\d年?[-~—至到]+20\d\d年?)\)|:)*"
)
_COUNT, _BRACKET = re.compile(r"\([^()]*\)$|:?共?\d+个?(项目)?$"), re.compile(r"\([^()]*\)?$")
_YEAR = re.compile(r"\(?(?:\w{2}年度:)?(20\d\d)年度?\)?")
_TRIMMED = re.compile(r"(?:(?<=表)\d+|公[开示]|范本|模板|样表|(?:填写)?样例|[-—]+|\([^()]*\)|\.[a-z]{3,4})*$")
_NAMED = re.compile(r"([^:：]{2,12})[:：]\s*\S")
_JOINT, _MERGED = re.compile("[-—–·:>→]+"), re.compile(r"[、,/和及与或]")
PARENTS: dict[str, tuple[str, ...]] = {slot: tuple(words) for slot, words in _DATA["parent"].items()}
PROJECT_TABLE = "project"
LONGEST = 120  # a longer text, however widely spaced, is prose and no word of a form


def _first(section: tuple[re.Pattern[str], tuple[str, ...]], text: str) -> str | None:
    """The first key that has a pattern for all of the text."""
    pattern, keys = section
    found = pattern.fullmatch(text)
    return keys[int(found.lastgroup[1:])] if found and found.lastgroup else None


@lru_cache(1 << 14)
def core(text: str) -> tuple[str, str | None, str | None]:
    """A label's words without mark, money unit and span of years; the unit; the span."""
    words = _MARK.sub("", plain(text))
    if not words.endswith((")", ":")):
        return words, None, None
    found = _TAIL.fullmatch(words)
    return (found["core"], found["unit"], found["span"]) if found else (words, None, None)


@lru_cache(1 << 14)
def words(text: str) -> str:
    """The words of a label alone; "" for a text longer than any."""
    return core(text)[0] if len(text) <= 60 else ""


def _is_like(labels: re.Pattern[str], text: str) -> bool:
    """Whether the text is one of the labels, with or without its unit."""
    words, unit, _ = core(text)
    return bool(labels.fullmatch(words) or (unit and labels.fullmatch(plain(text))))


@lru_cache(1 << 14)
def label(text: str) -> Label | None:
    """The field that a label names; a text longer than any label is none."""
    if len(text) > LONGEST or not 0 < len(plain(text)) <= 40:
        return None
    words, unit, span = core(text)
    if not _is_like(_ANY_LABEL, text):
        composed = composition.field(words)
        return Label(*composed, unit, span) if composed else None
    for field, pattern in _LABELS:
        if found := pattern.fullmatch(words) or (unit and pattern.fullmatch(plain(text))):
            groups = found.groupdict()
            year = groups.get("year")
            return Label(field, int(year) if year else None, groups.get("unit") or unit, span)
    return None


@lru_cache(1 << 14)
def is_name(text: str) -> bool:
    """Whether the text is the label of the project's name."""
    found = label(text)
    return found is not None and found.field == "name"


@lru_cache(1 << 12)
def names(text: str, own: frozenset[str] = frozenset()) -> bool:
    """Whether the text is the label of the name (a form's ``own``, too) and the name: 项目名称：某工程."""
    found = _NAMED.match(text)
    return found is not None and (is_name(found[1]) or words(found[1]) in own)


@lru_cache(1 << 14)
def role(text: str) -> str | None:
    """The column role that a header cell names: level1, level2, name, period, annual, sign, measure (the
    unit of the value), standard, weight, done, ignored."""
    if len(text) > 40:
        return None
    words = _MARK.sub("", plain(text))
    bare = _BRACKET.sub("", words)
    return _first(_HEADER, words) or (_first(_HEADER, bare) if bare != words else None)


@lru_cache(1 << 14)
def level1(text: str) -> str | None:
    """The canonical level-1 word."""
    return _first(_LEVEL1, _MARK.sub("", plain(text))) if len(text) <= 40 else None


def levels(text: str) -> tuple[str, str]:
    """The words of both levels of 产出指标-数量指标; "" and the text where it is not both."""
    over, *below = _JOINT.split(text, maxsplit=1)
    return (over, below[0]) if below and _first(_LEVEL1, over) else ("", text)


@lru_cache(1 << 14)
def slots(text: str) -> tuple[str, ...]:
    """The slots that a level-2 word stands for, in the order printed: one, or several where the word
    merges them; empty for any other text."""
    if len(text) > 40:
        return ()
    words = _MARK.sub("", plain(text))
    words = levels(words)[1]
    if one := _first(_LEVEL2, words):
        return (one,)
    parts = _MERGED.split(words.removesuffix("指标"))
    if len(parts) == 1:
        return ()
    found = [_first(_LEVEL2, part) for part in parts]
    return tuple(slot for slot in found if slot) if all(found) else ()


@lru_cache(1 << 14)
def slot(text: str) -> str | None:
    """The first slot that a level-2 word stands for."""
    return next(iter(slots(text)), None)


@lru_cache(1 << 14)
def is_block(text: str) -> bool:
    """Whether the text is the word that stands beside or over an indicator grid."""
    return len(text) <= LONGEST and _first(_BLOCK, _MARK.sub("", plain(text))) is not None


@lru_cache(1 << 12)
def is_note(text: str) -> bool:
    """Whether the text is a signature line or remark below the table."""
    return _first(_NOTES, _MARK.sub("", plain(text))) is not None


@lru_cache(1 << 12)
def is_lead(text: str) -> bool:
    """Whether the text stands over a table: 附件3, 表14, 金额单位：万元, 填报单位：某局."""
    if len(text) > 60:
        return False
    printed, said = label(text), text.replace("：", ":").partition(":")
    over = label(said[0]) if said[2].strip() else None
    return bool(
        (printed and printed.field == "money" and printed.unit)
        or (over and over.field in ("unit", "department"))
        or is_caption(text)
    )


@lru_cache(1 << 12)
def is_caption(text: str) -> bool:
    """Whether the text only counts a table: 附件3, 表14."""
    return len(text) <= 20 and _first(_CAPTION, plain(text)) is not None


@lru_cache(1 << 12)
def sums(text: str) -> str | None:
    """What a row adds up with this text: ``grand`` (all), ``carried`` (all above), ``group`` (neighbours), or
    ``named`` (it only ends so)."""
    return _first(_TOTALS, _COUNT.sub("", plain(text))) if len(text) <= 40 else None


@lru_cache(1 << 12)
def is_subtotal(text: str) -> bool:
    """Whether the text says that its row adds others up."""
    return sums(text) is not None


@lru_cache(1 << 12)
def side(text: str) -> str | None:
    """``period`` or ``annual`` where a word says which of the two values it stands over."""
    return _first(_SIDE, plain(text)) if len(text) <= 40 else None


@lru_cache(1 << 12)
def year(text: str) -> int | None:
    """The year of a line that says nothing else, such as （2019年度）."""
    found = _YEAR.fullmatch(plain(text)) if len(text) <= 20 else None
    return int(found[1]) if found else None


@lru_cache(1 << 12)
def kind(text: str) -> str | None:
    """The kind of table that alone prints this label."""
    return _first(_KIND, core(text)[0]) if len(text) <= 40 else None


@lru_cache(1 << 12)
def title(text: str) -> str | None:
    """What a title announces: ``project``, or the name of another kind of table."""
    words = _TRIMMED.sub("", plain(text).strip("《》—-"))
    if not 4 <= len(words) <= 60 or not words.endswith(("表", "续")):
        return None
    return _first(_TITLE, words)


@lru_cache(1 << 12)
def goes_on(title: str) -> bool:
    """Whether a title says that the table above it goes on."""
    return re.search(r"\(续[表页]?\d*\)$|续$|^续表", plain(title)) is not None
