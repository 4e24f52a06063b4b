"""The name that only the heading of a table has: “某工程”项目绩效目标; 表2　殡葬服务减免绩效目标表."""

from __future__ import annotations

import re

from parsing.forms.doubt import Pair
from parsing.forms.tables import Table
from parsing.vocabulary import composition

_QUOTED_NAME = re.compile('[“"「《](.{2,60}?)[”"」》](?:项目)?.{0,6}绩效目标.{0,4}')
_NAMED = re.compile(
    r"(?:[表附件]{1,2}\s*[\d一二三四五六七八九十]+(?:[-—]\d+)?|[（(]?[\d一二三四五六七八九十]+[)）、.．])?[\s:：]*"
    r"(?P<name>\S{4,50}?)(?:项目)?(?:支出)?绩效目标(?:申报|批复)?表(?:[（(].*[)）])?"
)
_ANY = re.compile(  # what headings of tables say of whatever project
    r"20\d\d年度?|中央|[省市州区县镇乡](?:级|本级)?|财政|政府|部门|单位|本级|重点|一级|二级|年度|项目|支出|专项|资金|经费"
    "|预算|投资|转移支付|补助|绩效|申报|批复|公开|一般公共|[的及和、（）()]"
)
NAMING = 4  # characters of a name, of a heading


def named_in_heading(table: Table) -> Pair | None:
    """The name that a heading of the table quotes: “某工程”项目绩效目标."""
    over = table.rows[: table.header]
    headings = [table.title] if table.title else [row[0] for row in over if len(row) == 1]
    for cell in headings:
        if name := _name_in(cell.text.strip()):
            return Pair(cell, cell._replace(text=name))
    return None


def _name_in(heading: str) -> str:
    """The name that a heading quotes, or has before 绩效目标表; "" where these are words of any form."""
    if found := _QUOTED_NAME.fullmatch(heading):
        return found[1]
    found = _NAMED.fullmatch(heading)
    words = _ANY.sub("", found["name"]) if found else ""
    return found["name"] if found and len(words) >= NAMING and not composition.is_body(words) else ""
