"""What a cell of money says: one amount, one with its parts beside it, or several that nobody may add up."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, NamedTuple

from parsing import spelled
from parsing.values import yuan

Unit = Literal["元", "万元", "亿元"]
SCALE: dict[str, int] = {"元": 1, "万元": 10**4, "亿元": 10**8}
_UNITS: dict[str, Unit] = {"亿": "亿元", "万": "万元", "元": "元"}


class SentenceMoney(NamedTuple):
    """What a sentence tells of money, in 元: ``sole``, its only amount; or of several ``total``, None where
    it tells none of the whole, and ``years``: of each year that it names, 0 for 当年."""

    sole: Decimal | None = None
    total: Decimal | None = None
    years: Mapping[int, Decimal] = MappingProxyType({})

    def of(self, field: str, year: int | None) -> Decimal | None:
        """The amount of budget or total: of the year, or of the only one where it is not known which."""
        if self.sole is not None:
            return self.sole
        if field == "total":
            return self.total
        if year in self.years or 0 in self.years:
            return self.years.get(year or 0, self.years.get(0))
        return next(iter(self.years.values())) if year is None and len(self.years) == 1 else None


class Amount(NamedTuple):
    """``yuan``: in 元, None where the text is no single amount or nothing names a unit; ``unit``: as written
    in the value itself; ``remark``: what is written behind it; ``several``: the text holds more than one
    amount, and which of them counts cannot be told."""

    yuan: Decimal | None = None
    unit: Unit | None = None
    remark: str = ""
    several: bool = False


_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_NOTHING = re.compile("[-—–/]*|无")
_ONE = rf"[¥￥]?{_NUMBER}(?:亿元?|\(?万元?\)?|\(?元\)?)?(?:整|人民币)?"
_MANY = re.compile(rf"{_ONE}(?:[\n、,;/|+~—和与及至到-]+{_ONE}|(?<=[元万亿]){_ONE})+")
_HEADED = re.compile(rf"(?:合计|共计|总计|总额|共)?:?(?P<head>{_ONE})(?P<rest>[(,;、]?.*)", re.DOTALL)
_PARTS = re.compile(r"(?P<named>[(,;、]?(?:其中|包括|包含|含).*)|\(.*\)", re.DOTALL)
_PART = re.compile(
    rf"(?<![\d.×*])(?<!\d,)(?P<part>{_NUMBER}(?P<unit>亿元?|万元?|元)?)(?![\d.]|,\d|[/每×*]|[^\W\d元万亿])"
)
_SHARES = re.compile(
    r"20\d\d年?度?[^\d,;、]{0,6}\d"
)  # the parts are years: which is the year's cannot be told
_OTHER = re.compile(r"每|人均|单价|标准|其中|调整前|原|不[低少高超多足]|超|负|减|第.年|[\d×*xX/]")
# What is no money of the year that is asked for, in a sentence or a label
_ASIDE = re.compile("[上去前下次明后]一?年|结转|结余|缺口|累计|节约|节省|罚款|罚没|欠[付款缴]|工资")
# … and what may stand right before an amount that is
_TOLD = re.compile(
    "(?:安排|预算|申请|申报|投入|投资|拨款|拨付|[资奖]金|经费|下达|核定|批复|补助|[需约共计为是:])$|^$"
)
_BOUND = re.compile("部分|以[上下内外]|不等")
LONGEST, LONGEST_OF_SEVERAL = 60, 120  # characters of a sentence that tells an amount, or several
_ENDS = re.compile("[,;。、()]")
_OF_YEAR = re.compile(
    r"(?P<year>20\d\d)年?度?|当年|本年|今年|(?<![上前下去明\d])年度(?=预算|资金|安排|申请|申报|下达)"
)
_OF_ALL = re.compile("总投[资入]|总经费|总[预概]算|总资金|总金额|总额|总[计共]|[资投]金?共计")
_OF_WHICH = re.compile("其中|包括|包含|分别")
_UNIT_TOLD = re.compile(r"(?:金额|货币|资金|计量)?单位[:：]?(?:人民币)?(?P<unit>亿元|万元|元)(?![/人])")
_WHOLE = re.compile(r"(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?")
_APART = re.compile(r"(?P<left>[\d,.]*|[元万亿)])\s+(?=(?P<right>[¥￥]?[\d,.]*))")


@lru_cache(1 << 12)
def read(text: str, unit: str | None) -> Amount:
    """The amount of a cell; ``unit`` (元 or 万元) is what its label says and loses to a unit in the value."""
    words = spelled.digits(_joined(unicodedata.normalize("NFKC", text).strip()))
    if _MANY.fullmatch(words):
        return _equal(words, unit)
    found = _HEADED.fullmatch(words)
    if not found:
        return Amount(several=sum(bool(part["unit"]) for part in _PART.finditer(words)) > 1)
    head, rest = re.sub(r"[()]", "", found["head"]), found["rest"]
    one = Amount(yuan(head, unit), _unit(head), rest)
    if not rest:
        return one
    if rest.startswith(head):  # the same again, as some programs copy the text of merged cells
        return read(rest, unit)
    if not (told := _PARTS.fullmatch(rest)):
        return Amount()
    return one if _fit(one, rest, unit, named=bool(told["named"])) else Amount(several=True)


def in_sentence(text: str) -> SentenceMoney | None:
    """What a sentence tells, with its units: 一般公共预算安排77300万元; 总投资1,260万元，分三年实施，其中
    2025年申请420万元. None where it tells nothing, or two of the same."""
    words = "".join(unicodedata.normalize("NFKC", text).split())
    parts = [*_PART.finditer(words)]
    if len(parts) == 1:
        return _sole(words, parts[0]) if len(words) <= LONGEST else None
    return (
        _several(words, [part for part in parts if part["unit"]])
        if len(words) <= LONGEST_OF_SEVERAL
        else None
    )


def _sole(words: str, part: re.Match[str]) -> SentenceMoney | None:
    before, after = _OF_YEAR.sub("", words[: part.start()]), words[part.end() :]
    aside = is_aside(before) or _OTHER.search(before) or _BOUND.search(after)
    if aside or not part["unit"] or not _TOLD.search(before):
        return None
    return SentenceMoney(sole=yuan(part["part"], None))


def _several(words: str, parts: list[re.Match[str]]) -> SentenceMoney | None:
    total: Decimal | None = None
    years: dict[int, Decimal] = {}
    start, parted = 0, False
    for part in parts:
        before, start = words[start : part.start()], part.end()
        clause = _ENDS.split(before)[-1]
        named = [*_OF_YEAR.finditer(clause)]
        parted = (parted and not {"。", ";"}.intersection(before)) or bool(_OF_WHICH.search(before))
        amount = yuan(part["part"], None)
        bracketed = years and before.rfind("(") > before.rfind(")")  # what another year had
        if bracketed or is_aside(clause) or amount is None or _BOUND.match(words[start:]):
            continue
        whole = _OF_ALL.search(clause)
        if not (whole or _TOLD.search(_OF_YEAR.sub("", clause).strip("()"))):
            continue
        if len(named) == 1:
            year = int(named[0]["year"] or 0)
            if years.setdefault(year, amount) != amount:
                return None
        elif not named and whole and not parted:
            if total not in (None, amount):
                return None
            total = amount
    return SentenceMoney(None, total, years) if years or total is not None else None


def unit_told(text: str) -> str | None:
    """The unit of money that a line over a table names, wherever in it: 具体如下（单位：元）."""
    words = "".join(unicodedata.normalize("NFKC", text).split())
    units = {found["unit"] for found in _UNIT_TOLD.finditer(words)}
    return units.pop() if len(units) == 1 else None


def is_nothing(text: str) -> bool:
    """Whether a text says that there is no amount: it is blank, a dash, 无."""
    return _NOTHING.fullmatch(text.strip()) is not None


def is_aside(words: str) -> bool:
    """Whether words, before an amount or of its label, say that it is of another time, or none to spend."""
    return _ASIDE.search(words) is not None


def _fit(one: Amount, rest: str, unit: str | None, named: bool) -> bool:
    """Whether what stands behind an amount are its parts, or tells of no money. ``named``: as parts."""
    if _SHARES.search(rest):
        return not re.search("[元万亿]", rest)
    parts = [yuan(part["part"], one.unit or unit) for part in _PART.finditer(rest)]
    total = sum((part for part in parts if part is not None), Decimal())
    if one.yuan is None or not total:
        return True
    return total == one.yuan or (named and total < one.yuan)


def _equal(words: str, unit: str | None) -> Amount:
    """The same amount, written more than once, is one."""
    found = re.findall(_ONE, words)
    said = {re.sub(r"[()]", "", one) for one in found}
    return Amount(yuan(said.pop(), unit), _unit(found[0])) if len(said) == 1 else Amount(several=True)


def _unit(text: str) -> Unit | None:
    scale = re.search("[亿万元]", text)
    return _UNITS[scale[0]] if scale else None


def _joined(text: str) -> str:
    """The text without white space, but a break kept where whole amounts stand on both sides of it: a number
    that a narrow column broke goes on, two numbers are never joined."""

    def kept(at: re.Match[str]) -> str:
        left, right = at["left"], at["right"].lstrip("¥￥")
        whole = bool(right) and (left[-1:] in "元万亿)" or _WHOLE.fullmatch(left)) and _WHOLE.fullmatch(right)
        return left + ("\n" if left and whole else "")

    return _APART.sub(kept, text)
