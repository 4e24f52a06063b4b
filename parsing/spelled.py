"""Amounts in the capital numerals of contracts: 人民币陆佰贰拾万元整（¥6,200,000.00）."""

from __future__ import annotations

import re
from decimal import Decimal

_DIGITS = {digit: number for number, digit in enumerate("零壹贰叁肆伍陆柒捌玖")} | {"两": 2}
_UNITS = {"拾": 10, "佰": 100, "仟": 1000}
_GROUPS = {"万": 10**4, "亿": 10**8}
_ALL = "".join([*_DIGITS, *_UNITS, *_GROUPS])
_AMOUNT = re.compile(
    rf"(?:人民币|大写|[:(])*(?P<whole>[壹贰叁肆伍陆柒捌玖两拾][{_ALL}]*)[元圆]"
    rf"(?:(?P<tenth>[{_ALL}])角)?(?:零?(?P<cent>[{_ALL}])分)?[整正]?\)?"
)
_AGAIN = re.compile(r"\((?:小写)?:?[¥￥]?(?P<number>[\d,]+(?:\.\d+)?)元?\)")


def digits(text: str) -> str:
    """The text with the amount that begins it in digits, without the same amount in brackets behind it; any
    other text as it is."""
    found = _AMOUNT.match(text)
    if not found:
        return text
    tenth, cent = (_DIGITS.get(found[part] or "", 0) for part in ("tenth", "cent"))
    amount = f"{_number(found['whole'])}.{tenth}{cent}"
    rest = text[found.end() :]
    again = _AGAIN.match(rest)
    if again and Decimal(again["number"].replace(",", "")) == Decimal(amount):
        rest = rest[again.end() :]
    return f"{amount.removesuffix('.00')}元{rest}"


def _number(numerals: str) -> int:
    total = group = digit = 0
    for numeral in numerals:
        if numeral in _DIGITS:
            digit = _DIGITS[numeral]
        elif numeral in _UNITS:
            group += (digit or 1) * _UNITS[numeral]
            digit = 0
        else:
            whole = total if numeral == "亿" else 0  # 壹万贰仟亿: the 万 before 亿 counts, too
            total += (whole + group + digit) * _GROUPS[numeral] - whole
            group = digit = 0
    return total + group + digit
