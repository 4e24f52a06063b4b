"""Labels that nobody listed, by what they are made of: 申报 + 项目 + 名称, 资金 + 主管 + 处室, 核定 + 经费.

``composition.toml`` beside this file holds the words. A label that has a word of no list is none: what only
looks like a label must not be taken for one, and a value never.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

_DATA: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_PARTS = _DATA.pop("parts")
_LEAN = {name: re.compile(words) for name, words in _DATA.pop("lean").items()}
_ASIDE = re.compile(f"(?:{_LEAN['none'].pattern})$")
LONGEST = 24  # characters of such a label
_YEAR = re.compile(r"20\d\d")


def _pattern(section: dict[str, str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What the whole label must be, and what must be in it."""
    before, needs, head, after = (
        re.sub(r"\{([a-z]+)\}", lambda part: _PARTS[part[1]], section[key])
        for key in ("before", "needs", "head", "after")
    )
    return re.compile(f"(?:{before})*(?:{head})(?:{after})*"), re.compile(needs)


_FIELDS = [(section.pop("field", name), *_pattern(section)) for name, section in _DATA.items()]
_HEADS = {name: re.compile(f"(?:{section['head']})(?:名称)?$") for name, section in _DATA.items()}
_KNOWN = frozenset(
    "0123456789".join((*_PARTS.values(), *(words for field in _DATA.values() for words in field.values())))
)
# A code and the name of a body, as budget programs print them over a table: 207101某区人民法院
_BODY = re.compile(
    r"\[?\d{3,12}\]?\s*[-_—]?\s*[\u4e00-\u9fff（）()]{2,40}"
    "(?:局|院|所|厅|委|中心|政府|校|中学|小学|大学|办公?室|馆|站|队|处|社|会|公司|机关|本级|镇|乡|街道|园"
    "|林场|农场|牧场|渔场|茶场|种场)"
)
_CODE = re.compile(r"^[\[（(]?\d{3,12}[\]）)]?\s*[-_—]*\s*")
_NAMED = re.compile(
    r"[\u4e00-\u9fff（）()]{1,40}(?:[局院所厅委馆站队处社会镇乡园部]|中心|政府|校|中学|小学|大学|办公?室|公司|集团|机关"
    "|本级|街道|部门|支队|大队|总队|机构|林场|农场|牧场|渔场|茶场|种场)(?:[（(][^（）()]{1,8}[）)])?"
)
_NAMES = ("名称", "全称")  # a label that ends so names something, whatever stands before
_ROLE = re.compile("(?:主管|归口|牵头|分管)(?:部门|单位|处室|科室|机构)$")  # of a role, not of a body
_CODED = re.compile("[及和与、/](?:代码|编码)$")  # behind what else a label asks for
_AMOUNT = re.compile("(?:预算|资金|申请|安排|本年|当年|年度|投入)*(?:金额|数额|数|总额|资金|预算)")
_MONEYED = re.compile("资金|经费|投资|预算|概算")
_BRACKETS = re.compile(r"\([^()]*\)")


@lru_cache(1 << 12)
def is_unit(text: str) -> bool:
    """Whether the text is the code and the name of a body, and nothing else."""
    return _BODY.fullmatch(text.strip()) is not None


@lru_cache(1 << 12)
def is_body(text: str) -> bool:
    """Whether the text may be the name of a body, with or without its code: it ends as such names do."""
    words = _CODE.sub("", text.strip())
    return len(words) <= 40 and _NAMED.fullmatch(words) is not None and not _ROLE.search(words)


@lru_cache(1 << 12)
def leans(words: str) -> frozenset[str]:
    """The fields that a label may name of which not all words are known; ``none``: surely none of them."""
    found = frozenset(name for name, pattern in _LEAN.items() if pattern.search(_CODED.sub("", words)))
    return found - {"none"} if words.endswith(_NAMES) else found


@lru_cache(1 << 12)
def is_leaning(words: str) -> bool:
    """Whether a text of which not all words are known names something: a field, or what no field is, by the
    word at its end."""
    return bool(leans(words) - {"none"}) or _ASIDE.search(words) is not None


@lru_cache(1 << 12)
def is_titled(words: str) -> bool:
    """Whether a text ends as labels do, whatever it says before."""
    return _ASIDE.search(words) is not None or any(
        ends(words, field) for field in leans(words) & _HEADS.keys()
    )


@lru_cache(1 << 12)
def ends(words: str, field: str) -> bool:
    """Whether the word at the end of a label is one that labels of the field end with."""
    return _HEADS[field].search(_CODED.sub("", words)) is not None


def is_amount(words: str) -> bool:
    """Whether a title, without its unit, is that of a column of amounts."""
    return _AMOUNT.fullmatch(words) is not None


def is_about_money(words: str) -> bool:
    """Whether a label, whatever it asks for, is about money."""
    return _MONEYED.search(words) is not None


@lru_cache(1 << 14)
def field(words: str) -> tuple[str, int | None] | None:
    """The field that a label of these words (see ``vocabulary.core``) names, and the year in it."""
    if not 2 < len(words) <= LONGEST or not _KNOWN.issuperset(_BRACKETS.sub("", words)):
        return None
    for name, whole, needs in _FIELDS:
        found = whole.fullmatch(words)
        if found and needs.search(words):
            year = _YEAR.search(words)
            return name, int(year[0]) if year else None
    return None
