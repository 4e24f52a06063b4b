"""What a target value says: sign, number, unit, rate, per unit, date, or only words.

The text as printed is always kept beside it; this is the reading of it, not its replacement.
Grammar and samples: the value grammar met in real tables, see tests/cases/values.yml.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

Kind = Literal["blank", "number", "rate", "date", "pointer", "placeholder", "words"]


class Value(NamedTuple):
    """``sign`` is one of ≥ ≤ > < = ± or ""; ``number`` in ``unit`` (万 multiplied out where the unit
    is money), ``upper`` the far end of a range; ``per`` the unit after the stroke (元/人 → 人);
    ``day``/``until`` ISO dates, ``YYYY-MM`` or ``YYYY`` for kind date."""

    kind: Kind
    sign: str = ""
    number: Decimal | None = None
    upper: Decimal | None = None
    unit: str = ""
    per: str = ""
    day: str | None = None
    until: str | None = None


_SIGNS = {
    "≥": ("≥", ">=", "≧", "=>", "不低于", "不少于", "不小于", "大于等于", "大于或等于", "至少", "达到"),
    "≤": (
        "≤",
        "<=",
        "≦",
        "=<",
        "不高于",
        "不超过",
        "不超",
        "不多于",
        "不大于",
        "小于等于",
        "小于或等于",
        "控制在",
    ),
    ">": (">", "超过", "大于", "高于", "多于", "超"),
    "<": ("<", "小于", "低于", "少于"),
    "±": ("±", "+-", "+/-"),
    "=": ("=", "等于"),
}
_SIGN_OF = {word: sign for sign, words in _SIGNS.items() for word in words}
_SIGN = "|".join(sorted(map(re.escape, _SIGN_OF), key=len, reverse=True))
NUMBER = r"\d{1,30}(?:,\d{3}){1,9}(?:\.\d{1,30})?|\d{1,30}(?:\.\d{1,30})?"  # longer, it says nothing
_UNITS = Path(__file__).with_name("units.txt").read_text("utf-8").split()
MEASURES = {unicodedata.normalize("NFKC", unit) for unit in (*_UNITS, "%", "‰")}
_UNIT = "|".join(sorted(map(re.escape, MEASURES - {"%", "‰"}), key=len, reverse=True))
_RATE = r"\(?[%‰]\)?|百分比|百分之百"
_WHOLE = re.compile(
    rf"(?P<sign>{_SIGN})?(?P<number>{NUMBER})(?:(?P<mid>{_RATE}|{_UNIT})?[-~—至到](?P<upper>{NUMBER}))?"
    rf"(?:(?P<rate>{_RATE})|(?P<unit>[万亿]?(?:{_UNIT})|[^\d\s%/()]{{1,2}})(?:/(?P<per>[^\d\s/]{{1,4}}))?)?"
    r"(?P<tail>以上|及以上|以下|及以下|以内|之内|左右)?"
)
_TAILS = {"以上": "≥", "及以上": "≥", "以下": "≤", "及以下": "≤", "以内": "≤", "之内": "≤"}
_DAY = (
    r"(?P<{0}y>20\d\d|19\d\d)"
    r"(?:[.\-/年](?P<{0}m>\d{{1,2}})(?:[.\-/月](?P<{0}d>\d{{1,2}})日?|月)?|年度?)"
)
_DATE = re.compile(_DAY.format("a") + r"(?:[-~—至到]+" + _DAY.format("b") + r")?(?:前|之前|以前|底前|底)?")
_COMPACT = re.compile(r"(?P<ay>20\d\d)(?P<am>\d\d)-(?P<by>20\d\d)(?P<bm>\d\d)")
_POINTER = re.compile(
    r".*(参照|参见|详见|按照?.*(标准|规定|文件|要求)|以.*为准|不超(过)?预算|预算(金额)?(范围)?内).*"
)
_PLACEHOLDER = re.compile(r"[\*×xX/\\—\-_\.。…?？]+|无|[\*xX×]{2,}.{0,3}")
_CASH = r"-?(?:\d{1,3}(?:,\d{3}){1,9}|\d{1,30})(?:\.\d{1,30})?"
_MONEY = re.compile(rf"[¥￥]?(?P<number>{_CASH})(?P<unit>亿元?|万元?|元)?(?:整|人民币)?")
_TICKED = "☑☒√✓✔■▣●"
_BOX = re.compile(f"[□☐▢○{_TICKED}]")
_TWO = re.compile(r"\d\s+\d")
MOST = Decimal(10) ** 13  # 元: 10 万亿, a third of what all of China's budgets come to in a year
_FEN = Decimal("0.01")
_SCALE = {"亿元": 10**8, "亿": 10**8, "万元": 10**4, "万": 10**4, "元": 1}


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


@lru_cache(1 << 14)
def understand(text: str) -> Value:
    """The reading of a value as printed. Never raises; what is not understood is ``words``."""
    words = _plain(text)
    if not words:
        return Value("blank")
    if day := _dates(words):  # before numbers: 2023.07 is a month here
        return Value("date", day=day[0], until=day[1])
    if found := _WHOLE.fullmatch(words):
        return _quantity(found)
    if _PLACEHOLDER.fullmatch(words):
        return Value("placeholder")
    if _POINTER.fullmatch(words):
        return Value("pointer")
    return Value("words")


def _quantity(found: re.Match[str]) -> Value:
    sign = _SIGN_OF.get(found["sign"] or "", "") or _TAILS.get(found["tail"] or "", "")
    number, upper = _decimal(found["number"]), found["upper"] and _decimal(found["upper"])
    unit, per = found["unit"] or "", found["per"] or ""
    if (rate := found["rate"]) or (found["mid"] or "").strip("()") in ("%", "‰"):
        mark = "‰" if "‰" in (rate or found["mid"]) else "%"
        return Value("rate", sign, number, upper or None, mark)
    if not unit and not sign and not upper and not found["tail"] and re.fullmatch(r"20\d\d", found["number"]):
        return Value("date", day=found["number"])
    if unit in _SCALE:
        number, upper, unit = (
            number * _SCALE[unit],
            upper and upper * _SCALE[unit],
            "元" if "元" in unit else "",
        )
    return Value("number", sign, number, upper or None, unit, per)


def _dates(words: str) -> tuple[str, str | None] | None:
    found = _COMPACT.fullmatch(words) or _DATE.fullmatch(words)
    if not found:
        return None
    parts = found.groupdict()

    def iso(side: str) -> str | None:
        year, month, day = (parts.get(side + unit) for unit in "ymd")
        if not year or (month and not 1 <= int(month) <= 12) or (day and not 1 <= int(day) <= 31):
            return None
        return "-".join([year, *(f"{int(part):02d}" for part in (month, day) if part)])

    first = iso("a")
    return (first, iso("b")) if first else None


_YEARS = re.compile(r"(20\d\d)年?度?[-~—–至到]+(20\d\d)年?度?")
_MONTHS = re.compile(r"(20\d\d)年(0?[1-9]|1[0-2])月?[-~—–至到]+(0?[1-9]|1[0-2])月底?")
# Between two dates, nothing but a blank, or even that lost.
_BLANK = re.compile(r"(?<=[\d日])\s+(?=20\d\d)|(?<=-\d\d)(?=20\d\d-)")

_INTENDED = re.compile("^(?:计划|预计|拟定?)[于:]?")  # before a date


@lru_cache(1 << 12)
def when(text: str) -> tuple[str | None, str | None]:
    """Start and end of a period as ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; (None, None) if no date.

    A bare number between 20,000 and 60,000 is an Excel serial day (1900 system).
    """
    words = _INTENDED.sub("", _plain(_BLANK.sub("-", text)))
    if re.fullmatch(r"[2-5]\d,?\d{3}", words):
        return (date(1899, 12, 30) + timedelta(int(words.replace(",", "")))).isoformat(), None
    if found := _YEARS.fullmatch(words):
        return found[1], found[2]
    if found := _MONTHS.fullmatch(words):
        return f"{found[1]}-{int(found[2]):02d}", f"{found[1]}-{int(found[3]):02d}"
    value = understand(words)
    return (value.day, value.until) if value.kind == "date" else (None, None)


_NUMERALS = str.maketrans("零〇○一二三四五六七八九", "000123456789")
_NUMERAL_YEAR = re.compile("二[零〇○][零〇○一二三四五六七八九]{2}(?=年)")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def numbered(text: str) -> str:
    """The text with years in digits: 二〇二四年 → 2024年."""
    return _NUMERAL_YEAR.sub(lambda found: found[0].translate(_NUMERALS), text) if "年" in text else text


@lru_cache(1 << 12)
def years(text: str) -> tuple[int, ...]:
    """The years that a text names, each once, in order: 2023年度, 二〇二三年, 2023-01-01, 2023-2024."""
    words = numbered(_plain(text))
    if re.fullmatch(r"2,0\d\d", words):
        words = words.replace(",", "")
    day = when(words)[0] if words.isdecimal() else None
    return tuple(dict.fromkeys(int(one) for one in _YEAR.findall(day or words)))


_BARE = re.compile(rf"(?:{_SIGN})?-?(?:{NUMBER})(?:[-~—至到](?:{NUMBER}))?")


@lru_cache(1 << 12)
def ticked(text: str) -> str:
    """The items of a text whose boxes are ticked: 经常性项目 of ☑经常性项目 □一次性项目, and of 经常性项目☑
    一次性项目□. The text itself where it has no boxes, or none that is ticked."""
    parts = [part.strip() for part in _BOX.split(text)]
    boxes = _BOX.findall(text)
    items = parts[1:] if _BOX.match(text.strip()) else parts[:-1]
    if len(boxes) < 2 or len(items) != len(boxes) or not all(items):
        return text
    return "、".join(item for box, item in zip(boxes, items, strict=True) if box in _TICKED) or text


def is_bare(text: str) -> bool:
    """Whether a value is a number, or a range of two, without a unit."""
    return _BARE.fullmatch(_plain(text)) is not None


@lru_cache(1 << 12)
def is_part(role: str, text: str) -> bool:
    """Whether the text of a column of its own is a ``sign`` (≥) or a ``measure`` (%, 人/年)."""
    words = _plain(text)
    if role == "sign":
        return words in _SIGN_OF
    return role == "measure" and len(words) <= 8 and re.fullmatch(r"[^\W\d_].*|\(?[%‰]\)?", words) is not None


def yuan(text: str, unit: str | None) -> Decimal | None:
    """Money in 元. ``unit`` (元 or 万元) is what the label says and loses to a unit in the value.

    None when the text is no amount that money can be, or when neither names a unit: a unit is never assumed.
    Digits apart are never joined (see ``parsing.amounts``).
    """
    written = amount(text, unit)
    return None if written is None else money(written)


def amount(text: str, unit: str | None) -> Decimal | None:
    """The same, whatever it comes to: also one that no money can be."""
    found = None if _TWO.search(text) else _MONEY.fullmatch(_plain(text))
    scale = _SCALE.get((found and found["unit"]) or unit or "")
    return _decimal(found["number"]) * scale if found and scale else None


def money(yuan: Decimal) -> Decimal | None:
    """An amount in 元 as it is kept: whole 分; None below zero and above ``MOST``."""
    if not 0 <= yuan <= MOST:
        return None
    whole = yuan.quantize(_FEN, ROUND_HALF_UP)
    return yuan if yuan == whole else whole


def fen(yuan: Decimal | None) -> int | None:
    """元 → whole 分."""
    return None if yuan is None else int((yuan * 100).to_integral_value(ROUND_HALF_UP))
