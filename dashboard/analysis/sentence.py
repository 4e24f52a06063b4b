"""What a leader must know, said from the numbers: the conclusion as a headline, and one line under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import look


@dataclass(frozen=True)
class Lack:
    """How many projects have no indicator of a slot, and their money in 分."""

    slot: str
    projects: int
    budget_fen: int


@dataclass(frozen=True)
class Facts:
    """The numbers the sentences are made of. Money in 分; ``unpriced``: projects whose budget was not
    read; ``largest``: name and money of the biggest projects, biggest first; ``lacks``: all nine slots."""

    projects: int
    budget_fen: int
    unpriced: int
    year: int | None
    largest: Sequence[tuple[str, int]]
    lacks: Sequence[Lack]


def headline(facts: Facts) -> str:
    """The conclusion: what nobody has, else what is lacking for most money, else that nothing is."""
    nobody = [lack for lack in facts.lacks if lack.projects == facts.projects]
    some = [lack for lack in facts.lacks if lack.projects]
    if nobody:
        who = "这个项目没有" if facts.projects == 1 else f"{facts.projects:,} 个项目都没有"
        return f"{who}{_kinds([lack.slot for lack in nobody])}指标{_money(nobody[0].budget_fen, facts)}"
    if some:
        worst = max(some, key=lambda lack: (lack.budget_fen, lack.projects))
        return f"{worst.projects:,} 个项目没有{worst.slot}指标{_money(worst.budget_fen, facts)}"
    return f"{facts.projects:,} 个项目的九类指标都已填写"


def sentence(facts: Facts) -> str:
    """Where the money is, and what is not in the sum."""
    when = f"{facts.year} 年" if facts.year else ""
    parts = [f"{facts.projects:,} 个项目，{when}预算合计 {look.spoken(facts.budget_fen)}"]
    if facts.budget_fen and len(facts.largest) > 1:
        name, most = facts.largest[0]
        parts.append(f"{look.clip(name, 24)}占 {look.share(most, facts.budget_fen)}")
    top = facts.largest[:3]
    if facts.budget_fen and facts.projects > len(top) > 1:
        together = look.share(sum(fen for _, fen in top), facts.budget_fen)
        parts.append(f"前{'零一二三'[len(top)]}个项目合计占 {together}")
    text = "，".join(parts) + "。"
    if facts.unpriced:
        text += f"另有 {facts.unpriced} 个项目没有读到预算，不在合计之内。"
    return text


def _kinds(slots: list[str]) -> str:
    if len(slots) > 4:
        return f"{'、'.join(slots[:3])}等 {len(slots)} 类"
    return slots[0] if len(slots) == 1 else "、".join(slots[:-1]) + "和" + slots[-1]


def _money(fen: int, facts: Facts) -> str:
    if not fen:
        return ""
    if fen == facts.budget_fen:
        return f"，涉及全部 {look.spoken(fen)}" if facts.projects > 1 else f"，涉及 {look.spoken(fen)}"
    return f"，涉及 {look.spoken(fen)}，占 {look.share(fen, facts.budget_fen)}"
