"""What was not read, and by what the rest was judged."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from dashboard.slides.measure import WIDTH, fit, height, room
from dashboard.slides.slide import Slide, of_many, table
from dashboard.snapshot.snapshot import Snapshot
from dashboard.wording.terms import MEANINGS
from parsing import BOOK
from parsing.partial import MARK, said

SIZES = (3.4, 3.0, 2.7)
MOST = 40  # of what was not read; the rest is counted
Item = tuple[str, str]  # head and text


def slides(snapshot: Snapshot) -> Iterator[Slide]:
    title = conclusion(snapshot)
    size, groups = fit(items(snapshot), _high, SIZES, room(title))
    for number, group in enumerate(groups, 1):
        inner = "".join(f"<h3>{head}</h3><p>{escape(text)}</p>" for head, text in group)
        body = table("method", size, len(group), inner)
        notes = "\n".join(f"{head}：{text}" for head, text in group)
        yield Slide("method", of_many(title, number, len(groups)), "", body, notes)


def conclusion(snapshot: Snapshot) -> str:
    count = len(snapshot.unread)
    if count:
        return f"{count} 处没有读出或不是项目表，不在合计之内"
    partial = snapshot.facts.partial
    return f"{partial:,} 个项目{MARK}" if partial else "送来的表都已读出"


def items(snapshot: Snapshot) -> list[Item]:
    rows = snapshot.unread
    found = [("未读出", f"{row['file']}：{row['reason']}") for row in rows[:MOST]]
    if len(rows) > MOST:
        found.append(("未读出", f"另有 {len(rows) - MOST:,} 处，见“导入”页。"))
    partial = [case for case in snapshot.cases if case.matrix["partial"]]
    found += [(MARK, f"{case.project.title}：{said(case.project.partial)}") for case in partial[:MOST]]
    if (rest := snapshot.facts.partial - len(partial[:MOST])) > 0:
        found.append((MARK, f"另有 {rest:,} 个项目，见“项目”页。"))
    return [*found, *_method(snapshot)]


def _high(item: Item, size: float) -> float:
    return height(item[1], size, WIDTH - 24, 1.4) + 1.8


def _method(snapshot: Snapshot) -> Iterator[Item]:
    whole = snapshot.whole
    yield "审核标准", f"{snapshot.standard.title}。{snapshot.standard.note}。"
    yield (
        "规则",
        f"{len(BOOK)} 条，逐条写明依据、建议和在样本上的准确率；没有读到的内容记为“未检查”，不算通过。",
    )
    yield "用语", MEANINGS
    yield (
        "金额",
        "只合计当年预算；没有读到预算的项目计数，不计金额。"
        + (f"有 {whole['unpriced']:,} 个项目没有读到当年预算。" if whole["unpriced"] else ""),
    )
    if whole["repairs"]:
        yield (
            "读表",
            f"修复 {whole['repairs']:,} 处错位，其中 {whole['doubtful']:,} 处待核对，逐处可查。",
        )
    if snapshot.beyond:
        yield (
            "逐项目页",
            f"只列预算最大的 {len(snapshot.cases)} 个，另有 {snapshot.beyond:,} 个项目在合计之内。",
        )
