"""Quantities in prose: how many of what, where, and the words around."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from parsing.rules.subject import Row
from parsing.rules.words import WORDS, canon, pattern
from parsing.values import MEASURES, NUMBER, Value


class Quantity(NamedTuple):
    """``text`` as printed, from ``start`` to ``end``; ``number`` in ``unit`` (万 multiplied out, 万元 in 元);
    ``per``: the unit after a stroke; ``each``: the head or time it is for (每季度1次 → 季度); ``before``
    and ``after``: the words of the clause around it, up to the next quantity."""

    text: str
    start: int
    end: int
    number: Decimal
    unit: str
    sign: str = ""
    per: str = ""
    each: str = ""
    before: str = ""
    after: str = ""

    @property
    def around(self) -> str:
        return f"{self.before} {self.after}"


_PROSE = WORDS["prose"]
_WIDE = str.maketrans("０１２３４５６７８９％．，／", "0123456789%.,/")  # keeps every position
_DIGIT = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_STEP = {"十": 10, "百": 100, "千": 1000}
_CHINESE = "[一二三四五六七八九十两][一二三四五六七八九十百千零〇两]*"


def _options(units: list[str] | set[str]) -> str:
    return "|".join(sorted(map(re.escape, units), key=len, reverse=True))


_ANY = {*MEASURES, "位", "㎡"} - {"%", "‰"}
_COUNTED = {unit for unit in _ANY if unit not in _PROSE["not_units"] and unit[0] not in "亿万"}
_MONEY = {"元", "万元", "亿元"}
_QUANTITY = re.compile(
    rf"(?=[\d一二三四五六七八九十两])(?<![\d.a-zA-Z第+×〔\[(（/-])(?:(?P<number>{NUMBER})(?:[-~—至到](?P<upper>{NUMBER}))?|(?P<chinese>{_CHINESE}))"
    rf"(?P<about>余|多)?(?P<scale>[万亿](?!元))?(?P<unit>{_options(_COUNTED | _MONEY)})"
    rf"(?:/(?P<per>{_options(_ANY)}))?(?P<tail>及?以上|及?以下|以内)?"
)
_RATE = re.compile(
    rf"(?:(?P<number>{NUMBER})[%]|百分之(?P<chinese>{_CHINESE}|百|{NUMBER}))(?P<tail>及?以上|及?以下|以内)?"
)
_NOT_BEFORE = pattern("prose", "not_before")
_EACH = pattern("prose", "each")
_MORE = re.compile(r"(≥|>=|不少于|不低于|不小于|至少|达到|超过|大于|高于|力争)$")
_LESS = re.compile(r"(≤|<=|不超过|不高于|不多于|不大于|小于|低于|控制在)$")
_CUT = re.compile(r"[，。；;！？!?\n、,：:]")


def number(text: str) -> Decimal:
    """A number in digits or in Chinese numerals up to 9999: 1,200 → 1200, 九十五 → 95."""
    if text[0].isdigit():
        return Decimal(text.replace(",", ""))
    if text == "百":
        return Decimal(100)
    total = digit = 0
    for char in text:
        if char in _STEP:
            total += (digit or 1) * _STEP[char]
            digit = 0
        else:
            digit = _DIGIT[char]
    return Decimal(total + digit)


@lru_cache(1 << 12)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text in order. Years (2024年), ordinals (第2批), numbers of documents and set
    phrases (24小时自助厅, 一网统管, 第三方) are none."""
    plain = text.translate(_WIDE)
    found = [one for one in _QUANTITY.finditer(plain) if _counts(one, plain)]
    found += list(_RATE.finditer(plain))
    found.sort(key=lambda one: one.start())
    cuts = [0, *(one.end() for one in _CUT.finditer(plain)), len(plain) + 1]
    return tuple(_quantity(one, found, number, cuts, plain) for number, one in enumerate(found))


def _counts(one: re.Match[str], plain: str) -> bool:
    unit, after = one["unit"], plain[one.end("unit") :]
    if one["chinese"]:
        single = one["chinese"] == "一" and unit in ("次", "家", "场", "户", "名", "座")
        if single or unit not in (*_PROSE["chinese_units"], "年") or one["scale"]:
            return False
    if unit == "年" and re.fullmatch(r"(19|20)\d\d", one["number"] or ""):
        return False
    if unit in ("小时", "分钟") and (one["number"] == "24" or "圈" in after[:6]):
        return False
    if unit == "期" and re.match("工程|项目|建设", after):
        return False
    return not _NOT_BEFORE.match(after)


def _quantity(
    one: re.Match[str], found: list[re.Match[str]], at: int, cuts: list[int], plain: str
) -> Quantity:
    left = max(cut for cut in cuts if cut <= one.start())
    right = min(cut for cut in cuts if cut > one.start()) - 1
    while right < one.end():  # a comma inside the number is no end of a clause
        right = min((cut for cut in cuts if cut - 1 > right), default=len(plain) + 1) - 1
    if at:
        left = max(left, found[at - 1].end())
    if at + 1 < len(found):
        right = min(right, found[at + 1].start())
    before, after = plain[left : one.start()], plain[one.end() : right]
    said = one.groupdict()
    value = number(said.get("number") or said["chinese"])
    unit = canon(said.get("unit") or "%")
    factor = {"万": 10**4, "亿": 10**8}.get(said.get("scale") or "", 1)
    if unit in _MONEY and unit != "元":
        factor, unit = {"万元": 10**4, "亿元": 10**8}[unit], "元"
    tail = said["tail"] or ""
    more = "以上" in tail or said.get("about") or _MORE.search(before)
    less = "以下" in tail or "内" in tail or _LESS.search(before)
    each = _EACH.search(plain[max(0, left) : one.start()])
    return Quantity(
        text=one[0],
        start=one.start(),
        end=one.end(),
        number=value * factor,
        unit=unit,
        sign="≥" if more else "≤" if less else "",
        per=canon(said.get("per") or ""),
        each=canon(each[1]) if each else "",
        before=before,
        after=after,
    )


def counted(row: Row, value: Value) -> tuple[Decimal | None, str]:
    """The number of an indicator's value and its unit as printed, 万 multiplied out: 2.5万人次 → 25000 人次.
    None where the value is no number."""
    if value.kind not in ("number", "rate") or value.number is None:
        return None, ""
    unit = value.unit or row.unit
    if unit[:1] == "万" and unit != "万元":
        return value.number * 10**4, unit[1:]
    return value.number, unit
