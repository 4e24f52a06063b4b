"""What was left of the blank form: XX, **人, instructions, examples."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from parsing.model import is_sample
from parsing.rules.grounds import FORM
from parsing.rules.path_text import FIELDS
from parsing.rules.rule import Hit, Rule, rule
from parsing.rules.subject import Subject

_DATA: dict[str, list[str]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_LEFT = re.compile("|".join(f"(?:{one})" for said in _DATA.values() for one in said))
_HEAD = ("name", "unit", "department", "period_goal", "annual_goal")


@lru_cache(1 << 14)
def left(text: str) -> str:
    """The first piece of the blank form in a text; "" where there is none."""
    words = unicodedata.normalize("NFKC", text)
    found = _LEFT.search(words)
    return found[0].strip() if found else ""


@rule(
    "C10",
    "留有模板内容",
    "高",
    "完整性",
    ground=FORM,
    meaning="看名称、目标和指标值里有没有留下空白表的内容：XX、**人、（填写…）、例如：…、目标1：……、填写说明。"
    "没有用到的示例行（名称只有“指标1：”“……”，没有指标值）、目标里多出的“目标2：……”降为低。",
    advice="建议换成本项目的实际内容；用不到的示例行建议删去。",
    good="培训人数 ≥1000人",
    bad="培训人数 ≥**人",
)
def leftovers(subject: Subject) -> Iterator[Hit]:
    project = subject.project
    for field in _HEAD:
        text = getattr(project, field) or ""
        if piece := left(text):
            spare = is_sample(piece) and len(text) > len(piece) + 10  # the other lines are used
            said = f"{FIELDS[field]}里留有“{piece}”，像是模板内容，建议核实。"
            yield Hit(field, said, piece, "低" if spare else None)
    for row in subject.rows:
        if is_sample(row.name) and row.value.kind in ("blank", "placeholder"):
            said = f"留有模板的示例行“{row.name}”，没有用到的建议删去。"
            yield Hit(row.path(), said, row.name, "低", slot=row.slot)
            continue
        texts = row.name, row.indicator.annual or "", row.indicator.period or ""
        pieces = [*map(left, texts)]
        for at, piece in enumerate(pieces):
            if piece and piece not in pieces[:at]:
                said = f"“{row.name or row.indicator.level2}”里留有“{piece}”，像是模板内容，建议核实。"
                yield Hit(row.path(("name", "annual", "period")[at]), said, texts[at], slot=row.slot)


RULES: tuple[Rule[Callable[[Subject], Iterable[Hit]]], ...] = (leftovers,)
