"""Excel's date and time formats, shown as a Chinese Excel shows them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEK = "一二三四五六日"
UNIT = re.compile(r"([ymdhse])\1*|aaaa?|\[(h+|m+|s+)\]|am/pm|a/p|上午/下午", re.IGNORECASE)
LAST = 2_958_466  # the serial after 9999-12-31


def is_date(tokens: Sequence[str]) -> bool:
    return any(UNIT.fullmatch(token) for token in tokens)


def show(tokens: Sequence[str], serial: Decimal, date1904: bool) -> str | None:
    """A serial (days since the epoch) in the format of ``tokens``; None where Excel shows only ####."""
    tokens = [token.lower() if UNIT.fullmatch(token) else token for token in tokens]
    digits = _second_digits(tokens)
    seconds = (serial * 86_400).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    if not 0 <= seconds < LAST * 86_400:
        return None
    whole = int(seconds)
    # Excel's 1900 has a 29 February (serial 60), so its days before that lie one later than ours
    epoch = datetime(1904, 1, 1) if date1904 else datetime(1899, 12, 31 if serial < 60 else 30)
    try:
        moment = epoch + timedelta(seconds=whole)
    except OverflowError:
        return None
    half = any(token in ("am/pm", "a/p", "上午/下午") for token in tokens)
    out = []
    for index, token in enumerate(tokens):
        if token[0] == "[" and UNIT.fullmatch(token):
            unit = {"h": 3600, "m": 60, "s": 1}[token[1]]
            out.append(str(whole // unit).zfill(len(token) - 2))
        elif UNIT.fullmatch(token):
            out.append(_part(token, moment, half, _is_minute(tokens, index)))
        elif token == "0" and digits:
            continue  # written with the point before it
        elif token == "." and digits and tokens[index + 1 : index + 2] == ["0"]:
            out.append(f"{seconds % 1:.{digits}f}"[1:])
        else:
            out.append(literal(token))
    return "".join(out)


def literal(token: str) -> str:
    """What a token of a format that stands for no value shows: quoted, escaped, spaced or plain text."""
    if token.startswith('"'):
        return token.strip('"')
    if token[0] in "\\!":
        return token[1:]
    if token[0] == "_":
        return " "
    if token[0] == "*" or token == "@":
        return ""
    if token.startswith("["):  # [$￥-804] shows ￥; [Red] and [DBNum1] show nothing
        return token[2:-1].split("-")[0] if token.startswith("[$") else ""
    return token


def _part(token: str, moment: datetime, half: bool, minute: bool) -> str:
    size = len(token)
    match token[0]:
        case "y":
            return f"{moment.year % 100:02}" if size <= 2 else f"{moment.year:04}"
        case "e":
            return str(moment.year)
        case "m" if minute:
            return f"{moment.minute:0{min(size, 2)}}"
        case "m" if size <= 2:
            return f"{moment.month:0{size}}"
        case "m":
            return MONTHS[moment.month - 1][: {3: 3, 5: 1}.get(size, 9)]
        case "d" if size <= 2:
            return f"{moment.day:0{size}}"
        case "d":
            return DAYS[moment.weekday()][: 3 if size == 3 else 9]
        case "h":
            hour = (moment.hour - 1) % 12 + 1 if half else moment.hour
            return f"{hour:0{min(size, 2)}}"
        case "s":
            return f"{moment.second:0{min(size, 2)}}"
        case "上":
            return "上午" if moment.hour < 12 else "下午"
    if token.startswith("aaa"):
        return ("星期" if size == 4 else "周") + WEEK[moment.weekday()]
    return ("AM" if moment.hour < 12 else "PM")[: 1 if token == "a/p" else 2]


def _is_minute(tokens: Sequence[str], index: int) -> bool:
    """An m after hours or before seconds is minutes."""
    units = [(at, token.strip("[")[0]) for at, token in enumerate(tokens) if UNIT.fullmatch(token)]
    before = [unit for at, unit in units if at < index and unit in "ymdhse"]
    after = [unit for at, unit in units if at > index and unit in "ymdhse"]
    return before[-1:] == ["h"] or after[:1] == ["s"]


def _second_digits(tokens: Sequence[str]) -> int:
    """How many digits of a second the format shows (``ss.00``: 2)."""
    for index, token in enumerate(tokens):
        if token == "." and index and tokens[index - 1].strip("[]")[:1] == "s":
            rest = "".join(tokens[index + 1 :])
            return min(len(rest) - len(rest.lstrip("0")), 3)
    return 0
