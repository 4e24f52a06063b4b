"""What the slides are about: whose, which years, how much, by which standard, when and from which files."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from dashboard.slides.measure import WIDTH, fit, height, room
from dashboard.slides.slide import Slide, table
from dashboard.snapshot.snapshot import Snapshot
from dashboard.wording.formatting import clip, format_amount

SIZES = (4.6, 4.0, 3.4, 2.8)
HEAD = 30.0  # width of what the lines are called
FILES, LONGEST = 4, 40  # files that are named, and characters of each
SAMPLES = "随程序附带，只供试用，不是本单位的数据"
Item = tuple[str, str]  # head and text


def slides(snapshot: Snapshot) -> Iterator[Slide]:
    lines = items(snapshot)
    size, _ = fit(lines, _high, SIZES, room(snapshot.title))
    inner = "".join(f"<h3>{head}</h3><p>{escape(text)}</p>" for head, text in lines)
    notes = "\n".join(f"{head}：{text}" for head, text in lines)
    yield Slide("cover", snapshot.title, "", table("cover", size, len(lines), inner), notes)


def items(snapshot: Snapshot) -> list[Item]:
    said, facts = snapshot.caption, snapshot.facts
    money = f"{facts.money.removesuffix('合计')}合计 {format_amount(facts.budget_fen)}"
    named = [clip(row["file"], LONGEST) for row in snapshot.files[:FILES]]
    more = f" 等 {len(snapshot.files):,} 个文件" if len(snapshot.files) > FILES else ""
    found = (
        (said.sample, SAMPLES if said.sample else ""),
        ("单位", said.whose),
        ("年度", said.when),
        ("范围", said.kind),
        ("项目和金额", f"{facts.projects:,} 个项目，{money}" if facts.projects else "没有项目"),
        ("审核标准", said.standard),
        ("日期", said.made),
        ("来源文件", f"{'、'.join(named)}{more}"),
    )
    return [(head, text) for head, text in found if text]


def _high(item: Item, size: float) -> float:
    return max(height(text, size, wide, 1.4) for text, wide in ((item[1], WIDTH - HEAD), (item[0], HEAD))) + 2
