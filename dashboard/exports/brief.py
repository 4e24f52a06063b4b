"""审核简报: one to two pages for leaders."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.exports.columns import Column, figures
from dashboard.exports.word_document import (
    ACROSS,
    DOWN,
    HEADING,
    NOTE,
    SPACING,
    TITLE,
    WordDocument,
    broken,
    deep,
    tall,
)
from dashboard.slides.correct import named as titled
from dashboard.snapshot.snapshot import Row, Snapshot
from dashboard.snapshot.speech import speech
from dashboard.store import RANK_SEVERITIES
from dashboard.wording.formatting import format_share, format_wan
from dashboard.wording.partial import beside, named
from dashboard.wording.sentence import headline
from dashboard.wording.terms import ADVICE, CLEAN, MEANINGS
from dashboard.wording.text_width import count_lines
from parsing import BOOK, SLOTS

RULES = 10
LEAST = 3  # projects, however long their names
SHORT = ("数量", "质量", "时效", "成本", "经济", "社会", "生态", "可持续", "满意度")
PROJECTS = (
    Column("项目", share=1),
    figures("预算\n（万元）"),
    figures("占比"),
    *(Column(slot, align="centre", wide=29) for slot in SHORT),
)
FOUND = (
    Column("程度", align="centre"),
    Column("要改什么", share=4),
    figures("问题\n（条）"),
    figures("项目\n（个）"),
    figures("涉及预算\n（万元）"),
    Column("建议", share=7),
)
LEGEND = "格内为三级指标条数；✕ 为空缺，✕必填 为审核标准要求而空缺，？为没有读出。预算为当年预算。"
Texts = Sequence[str]


def brief(snapshot: Snapshot) -> bytes:
    """The conclusion, budget and coverage of the projects with most money (as many as two pages hold, the
    others in one row), and what was found by priority."""
    paper = WordDocument(snapshot, f"{snapshot.title}简报")
    paper.title(f"{snapshot.title}简报")
    said = [line.text for line in speech(snapshot)]
    rules = [_rule(row) for row in snapshot.rules[:RULES]]
    if snapshot.facts.projects:
        paper.conclusion(f"{headline(snapshot.facts)}。")
    for text in said:
        paper.text(text)
    paper.heading("一、预算和指标")
    paper.table(PROJECTS, *_projects(snapshot, _room(snapshot, said, rules)))
    paper.note(LEGEND)
    paper.heading("二、先改什么")
    if rules:
        paper.table(FOUND, rules)
    else:
        others = f"，{beside(snapshot.facts.partial)}" if snapshot.facts.partial else ""
        paper.text(f"{CLEAN}{others}；没有读到的内容未作检查。")
    paper.note(_note(snapshot))
    return paper.bytes()


def _note(snapshot: Snapshot) -> str:
    """What is not in the table, and what its words mean."""
    more = f"另有{ADVICE.said(snapshot.tally)}，见审核清单。" if snapshot.tally["advice"] else ""
    return f"{more}{MEANINGS}"


def _room(snapshot: Snapshot, said: Texts, rules: Sequence[Texts]) -> float:
    """What two pages leave to the projects, in points. A row that does not fit at the foot of the first page
    leaves room there: that of the highest."""
    told = sum(map(tall, (headline(snapshot.facts), *said)))
    title = broken(f"{snapshot.title}简报", snapshot.caption.owner)
    heads: float = count_lines(title, ACROSS / TITLE) * TITLE * SPACING
    heads += 2 * (HEADING * SPACING + 9) + tall(LEGEND, NOTE) + 10
    heads += tall(_note(snapshot), NOTE)
    found = deep(FOUND, rules)
    return 2 * DOWN - told - heads - sum(found) - 2 * max(found)


def _projects(snapshot: Snapshot, room: float) -> tuple[list[Texts], int]:
    """The rows, and how many of them, at the end, are sums."""
    rows = [_project(row, snapshot.facts.budget_fen) for row in snapshot.matrix[: len(snapshot.cases)]]
    sums = _sums(snapshot)
    many = len(rows)
    while many > LEAST and _used([*rows[:many], *_rest(snapshot, many), *sums]) > room:
        many -= 1
    rest = _rest(snapshot, many)
    return [*rows[:many], *rest, *sums], len(rest) + len(sums)


def _used(rows: Sequence[Texts]) -> float:
    heights = deep(PROJECTS, rows)
    return sum(heights) + heights[0] + max(heights)  # the head once more, and what a page's foot loses


def _project(row: Row, whole: int) -> Texts:
    fen = row["budget_fen"]
    return (
        named(row["name"], row["partial"]),
        format_wan(fen),
        format_share(fen, whole),
        *(_cell(row, k) for k in _SLOTS),
    )


def _rest(snapshot: Snapshot, shown: int) -> list[Texts]:
    rest = snapshot.money[shown:]
    if not rest:
        return []
    fen, whole = sum(row["budget_fen"] or 0 for row in rest), snapshot.facts.budget_fen
    name = f"其余 {len(rest):,} 个项目合计"
    return [(name, format_wan(fen), format_share(fen, whole), *("—" for _ in SLOTS))]


def _sums(snapshot: Snapshot) -> list[Texts]:
    """The whole, and below each category how many lack it and with how much of the money."""
    facts, lacks = snapshot.facts, {row["slot"]: row for row in snapshot.lacks}
    found = [lacks[slot] for slot in SLOTS if slot in lacks]
    if not found:
        return []
    shares = (
        format_share(row["budget_fen"], facts.budget_fen).replace(".0%", "%").rstrip("%") for row in found
    )
    whole = (f"合计 {facts.projects:,} 个项目", format_wan(facts.budget_fen), "100.0%")
    return [
        (*whole, *("" for _ in SLOTS)),
        ("空缺的项目（个）", "", "", *(f"{row['projects']:,}" for row in found)),
        ("空缺的预算（占合计 %）", "", "", *shares),
    ]


def _rule(row: Row) -> Texts:
    counts = (f"{row['findings']:,}", f"{row['projects']:,}", format_wan(row["budget_fen"]))
    return (RANK_SEVERITIES[row["rank"]], titled(row), *counts, BOOK[row["rule"]].advice)


_SLOTS = range(1, len(SLOTS) + 1)


def _cell(row: Row, k: int) -> str:
    if row[f"s{k}"]:
        return str(row[f"s{k}"])
    if row[f"a{k}"]:
        return "不适用"
    return "？" if row[f"u{k}"] else "✕\n必填" if row[f"r{k}"] == 2 else "✕"
