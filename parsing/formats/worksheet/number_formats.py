"""Numbers as Excel shows them: 1 under ``0%`` is "100%", 44561 under a date format a date."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from math import isfinite
from typing import NamedTuple

from parsing.formats.characters.runs import marked, with_stored
from parsing.formats.worksheet.date_formats import is_date, literal, show

Render = Callable[[str], str]  # a number as the file holds it → text

# What a Chinese Excel means by the numbers that files give instead of a format.
_MONTH, _DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
_TIME, _FULL_TIME = '上午/下午h"时"mm"分"', '上午/下午h"时"mm"分"ss"秒"'
BUILTIN: dict[int, str] = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "￥#,##0", 6: "￥#,##0", 7: "￥#,##0.00",
    8: "￥#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: _MONTH, 28: _DAY, 29: _DAY, 30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    34: _TIME, 35: _FULL_TIME, 36: _MONTH,
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: '#,##0;-#,##0;"-"', 42: '￥#,##0;￥-#,##0;￥"-"', 43: '#,##0.00;-#,##0.00;"-"',
    44: '￥#,##0.00;￥-#,##0.00;￥"-"', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0",
    50: _MONTH, 51: _DAY, 52: _MONTH, 53: _DAY, 54: _DAY, 55: _TIME, 56: _FULL_TIME, 57: _MONTH, 58: _DAY,
}  # fmt: skip

TOKEN = re.compile(
    r'"[^"]*"|\\.|!.|_.|\*.|\[[^\]]*\]|general|G/通用格式|e[+-]|am/pm|a/p|上午/下午|aaaa?|([ymdhse])\1*|.',
    re.IGNORECASE | re.DOTALL,
)
CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]")
EXACT = Context(prec=80, rounding=ROUND_HALF_UP)
AS_IT_STANDS = {"general", "@"}
HUGE = Decimal(10) ** 21


class Section(NamedTuple):
    """A format between semicolons. ``test``: operator and number of its condition, if it has one."""

    tokens: tuple[str, ...]
    test: tuple[str, Decimal] | None


def renderer(code: str, date1904: bool = False) -> Render | None:
    """How ``code`` shows numbers; None when it shows them as they stand (General, text)."""
    sections = _sections(code[:1000])
    if len(sections) == 1 and set(sections[0].tokens) <= AS_IT_STANDS:
        return None

    @lru_cache(4096)
    def render(raw: str) -> str:
        value = _decimal(raw)
        if value is None or abs(value) >= HUGE:
            return general(raw)
        section, shown = _pick(sections, value)
        if is_date(section.tokens):
            return show(section.tokens, value, date1904) or general(raw)
        text = _number(section.tokens, shown)
        return with_stored(text, raw) if text.strip() or not value else marked(general(raw), "unseen")

    return render


def worded(code: str) -> Render | None:
    """How ``code`` shows text: "@人" with 人 behind it, ";;;" not at all; None where it stands as it is."""
    sections = _sections(code[:1000])
    tokens = sections[3 if len(sections) > 3 else 0].tokens
    if tokens == ("@",) or (len(sections) < 4 and (len(sections) > 1 or "@" not in tokens)):
        return None

    def render(text: str) -> str:
        around = [text if token == "@" else literal(token) for token in tokens]
        return "".join(around) if "@" in tokens else "".join(around) + marked(text, "unseen")

    return render


def general(raw: str) -> str:
    """A number without a format: 15 digits as in Excel's edit line, so that no money is cut."""
    if raw.isdecimal() and raw.isascii() and len(raw) < 16 and (raw[0] != "0" or raw == "0"):
        return raw
    value = _decimal(raw)
    if value is None:
        return raw
    if value and not Decimal("1e-9") <= abs(value) < HUGE:
        return f"{float(value):.15g}".upper()
    return f"{value.normalize(EXACT):f}" if value else "0"


def _decimal(raw: str) -> Decimal | None:
    """The 15 digits Excel keeps of the double in the file: 0.30000000000000004 is 0.3."""
    try:
        value = float(raw)
    except ValueError:
        return None
    return Decimal(f"{value:.15g}") if isfinite(value) else None


def _sections(code: str) -> list[Section]:
    sections: list[list[str]] = [[]]
    tests: list[tuple[str, Decimal] | None] = [None]
    for match in TOKEN.finditer(code):
        token = match[0]
        if token == ";":
            sections.append([])
            tests.append(None)
        elif condition := CONDITION.fullmatch(token):
            tests[-1] = condition[1], _decimal(condition[2]) or Decimal()
        elif token.startswith("[$-") and token[3:].upper() in ("F800]", "X-SYSDATE]"):
            sections[-1] += ["yyyy", "年", "m", "月", "d", "日"]
            break  # the system's own long date, whatever the rest says
        else:
            sections[-1].append("general" if token.lower() in ("general", "g/通用格式") else token)
    return [Section(tuple(tokens), test) for tokens, test in zip(sections, tests, strict=True)]


def _pick(sections: list[Section], value: Decimal) -> tuple[Section, Decimal]:
    """The section for ``value``, and the value it shows: a section for negatives brings its own sign."""
    numeric = sections[:3]
    if any(section.test for section in numeric):
        for section in numeric:
            if section.test is None or _holds(section.test, value):
                return section, value
        return numeric[-1], value
    if value < 0 and len(numeric) > 1:
        return numeric[1], -value
    return numeric[2 if value == 0 and len(numeric) > 2 else 0], value


def _holds(test: tuple[str, Decimal], value: Decimal) -> bool:
    operator, limit = test
    if value == limit:
        return operator in ("=", "<=", ">=")
    return operator in (("<", "<=", "<>") if value < limit else (">", ">=", "<>"))


def _number(tokens: tuple[str, ...], value: Decimal) -> str:
    slots = [at for at, token in enumerate(tokens) if token in ("0", "#", "?")]
    sign = "-" if value < 0 else ""
    if not AS_IT_STANDS.isdisjoint(tokens):
        shown = general(str(abs(value)))
        return sign + "".join(shown if token in AS_IT_STANDS else literal(token) for token in tokens)
    if "/" in tokens and slots:
        return sign + _fraction(tokens, abs(value))
    point = tokens.index(".") if "." in tokens else len(tokens)
    power = next((at for at, token in enumerate(tokens) if token in ("E+", "E-", "e+", "e-")), len(tokens))
    whole = [at for at in slots if at < min(point, power)]
    part = [at for at in slots if point < at < power]
    last = max(whole + part, default=-1)
    commas = [at for at, token in enumerate(tokens) if token == ","]
    grouped = bool(whole) and any(whole[0] < at < whole[-1] for at in commas)
    scale = sum(1 for at in commas if at > last or (part and whole and whole[-1] < at < point))
    if power < len(tokens):
        return f"{float(value):.{len(part)}E}"
    size = abs(value).scaleb(2 * tokens.count("%") - 3 * scale, EXACT)
    size = size.quantize(Decimal(1).scaleb(-min(len(part), 30)), context=EXACT)
    left, _, right = f"{size:f}".partition(".")
    out = dict(zip(whole, _whole(left.lstrip("0"), [tokens[at] for at in whole], grouped), strict=True))
    out |= dict(zip(part, _part(right, [tokens[at] for at in part]), strict=False))
    body = "".join(
        out.get(at, "") if at in slots else "" if at in commas else "." if at == point else literal(token)
        for at, token in enumerate(tokens)
    )
    return sign + body


def _fraction(tokens: tuple[str, ...], value: Decimal) -> str:
    """3/4 under ``# ?/?``, with as many digits below the line as the format has places, or its own number."""
    bar = tokens.index("/")
    places = "".join(token for token in tokens[bar + 1 :] if token.isdigit() or token in "#?")
    fixed = int(places) if places.isdigit() and int(places) else 0
    most = 10 ** min(len(places), 4) - 1
    above = [token for token in tokens[:bar] if token in ("0", "#", "?", " ")]
    whole = int(value) if " " in above else 0
    rest = Fraction(value) - whole
    part = Fraction(round(rest * fixed), fixed) if fixed else rest.limit_denominator(max(most, 1))
    if part == 1 and " " in above:
        whole, part = whole + 1, Fraction(0)
    top, bottom = (round(part * fixed), fixed) if fixed else (part.numerator, part.denominator)
    texts = [str(whole)] * bool(whole or not top) + [f"{top}/{bottom}"] * bool(top)
    return " ".join(texts)


def _whole(digits: str, slots: list[str], grouped: bool) -> list[str]:
    """Digits before the point, one a slot, those left over in the first slot; commas between thousands."""
    digits = digits.rjust(len(slots))
    texts = []
    forced = False
    for index, slot in enumerate(slots):
        forced = forced or slot == "0"
        right = len(slots) - index - 1
        chunk = digits[: len(digits) - right] if index == 0 else digits[-right - 1 : len(digits) - right]
        text = ""
        for offset, digit in enumerate(chunk):
            behind = len(chunk) - offset - 1 + right
            digit = ("0" if forced else " " if slot == "?" else "") if digit == " " else digit
            text += digit + ("," if grouped and digit.strip() and behind and behind % 3 == 0 else "")
        texts.append(text)
    return texts


def _part(digits: str, slots: list[str]) -> list[str]:
    """Digits after the point, one a slot; zeros at the end stay only where the slot is 0."""
    texts = list(digits)
    for index in range(min(len(texts), len(slots)) - 1, -1, -1):
        if slots[index] == "0" or texts[index] != "0":
            break
        texts[index] = " " if slots[index] == "?" else ""
    return texts


def iso_date(raw: str, render: Render | None) -> str:
    """A date written as text (strict OOXML), shown by its format as a serial would be."""
    try:
        moment = datetime.fromisoformat(raw).replace(tzinfo=None)
    except ValueError:
        return raw
    if render is None:
        return raw.removesuffix("T00:00:00")
    return render(repr((moment - datetime(1899, 12, 30)).total_seconds() / 86_400))
