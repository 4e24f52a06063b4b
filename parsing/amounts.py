"""What a cell of money says: one amount, one with its parts beside it, or several that nobody may add up."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from parsing.values import yuan

Unit = Literal["元", "万元", "亿元"]
SCALE: dict[str, int] = {"元": 1, "万元": 10**4, "亿元": 10**8}
_UNITS: dict[str, Unit] = {"亿": "亿元", "万": "万元", "元": "元"}


class Told(NamedTuple):
    """What a sentence tells of money, in 元: ``total``, None where it tells none of the whole; ``years``: of
    each year that it names, 0 for 当年."""

    total: Decimal | None
    years: dict[int, Decimal]

    def of(self, year: int | None) -> Decimal | None:
        """The money of a year, of the only one that is named where it is not known which is meant."""
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
_YEARS = re.compile(r"20\d\d年?度?")
LONGEST = 60  # characters of a sentence that tells an amount
_LONGEST = 120  # and of one that tells several
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
    words = _joined(unicodedata.normalize("NFKC", text).strip())
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


def worded(text: str) -> Decimal | None:
    """The only amount, in 元, that a sentence tells, with its unit: 一般公共预算安排77300万元."""
    words = "".join(unicodedata.normalize("NFKC", text).split())
    found = [*_PART.finditer(words)]
    if len(words) > LONGEST or len(found) != 1 or not found[0]["unit"]:
        return None
    before, after = _YEARS.sub("", words[: found[0].start()]), words[found[0].end() :]
    aside = is_aside(before) or _OTHER.search(before) or _BOUND.search(after)
    if aside or not _TOLD.search(before):
        return None
    return yuan(found[0]["part"], None)


def told(text: str) -> Told | None:
    """The amounts of a sentence that tells several, of the whole and of years: 总投资1,260万元，分三年实施，
    其中2025年申请420万元. None where it tells two of the same."""
    words = "".join(unicodedata.normalize("NFKC", text).split())
    found = [part for part in _PART.finditer(words) if part["unit"]]
    if len(words) > _LONGEST or len(found) < 2:
        return None
    result, start, parted = Told(None, {}), 0, False
    for part in found:
        before = words[start : part.start()]
        clause = _ENDS.split(before)[-1]
        start = part.end()
        years = [*_OF_YEAR.finditer(clause)]
        parted = (parted and not {"。", ";"}.intersection(before)) or bool(_OF_WHICH.search(before))
        yuan_of = yuan(part["part"], None)
        bracketed = result.years and before.rfind("(") > before.rfind(")")  # what another year had
        if bracketed or is_aside(clause) or yuan_of is None or _BOUND.match(words[start:]):
            continue
        if not _TOLD.search(_OF_YEAR.sub("", clause).strip("()")) and not _OF_ALL.search(clause):
            continue
        if len(years) == 1:
            year = int(years[0]["year"] or 0)
            if result.years.setdefault(year, yuan_of) != yuan_of:
                return None
        elif not years and _OF_ALL.search(clause) and not parted:
            if result.total not in (None, yuan_of):
                return None
            result = result._replace(total=yuan_of)
    return result if result.years or result.total is not None else None


def unit_told(text: str) -> str | None:
    """The unit of money that a line over a table names, wherever in it: 具体如下（单位：元）."""
    words = "".join(unicodedata.normalize("NFKC", text).split())
    units = {found["unit"] for found in _UNIT_TOLD.finditer(words)}
    return units.pop() if len(units) == 1 else None


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
