"""What a leader must know, said from the numbers: the conclusion as a headline, and one line under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.store import LeftOut
from dashboard.wording.caption import money_of
from dashboard.wording.formatting import format_amount, format_share
from dashboard.wording.left_out import describe, describe_programmes, repeated_of
from dashboard.wording.partial import among, beside

SHORT = 24  # characters of a name that can be said in a sentence
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Lack:
    """How many projects have no indicator of a slot, and their money in 分; and of these, those where the
    standard requires one."""

    slot: str
    projects: int
    budget_fen: int
    required: int = 0
    required_fen: int = 0


@dataclass(frozen=True)
class Facts:
    """The numbers the sentences are made of. Money in 分; ``unpriced``: projects whose budget was not
    read; ``largest``: name and money of the biggest projects, biggest first; ``lacks``: all nine slots;
    ``standard``: its title; ``money``: what the money is called, with its years; ``doubled``: the 一级项目
    left out of all these, ``doubled_fen`` their money, where it was read, ``short_fen`` and ``over_fen``
    by how much the 二级项目 that stand for them are less or more; ``left``: the tables that others stand
    for; ``complete``: projects without a gap that were read whole, ``partial``: those read in part."""

    projects: int
    budget_fen: int
    unpriced: int
    largest: Sequence[tuple[str, int]]
    lacks: Sequence[Lack]
    standard: str = ""
    money: str = "当年预算"
    doubled: int = 0
    doubled_fen: int | None = None
    short_fen: int = 0
    over_fen: int = 0
    left: tuple[LeftOut, ...] = ()
    complete: int = 0
    partial: int = 0


def facts(whole: Row, lacks: Sequence[Row], money: Sequence[Row], standard: str = "") -> Facts:
    """Of the rows of ``totals.totals``, ``coverage.lacking`` and ``budget.ranked``."""
    rows = [row for row in money if not row["rest"] and row["budget_fen"] is not None]
    fields = ("slot", "projects", "budget_fen", "required", "required_fen")
    return Facts(
        projects=whole["projects"],
        budget_fen=whole["budget_fen"],
        unpriced=whole["unpriced"],
        largest=[(row["name"], row["budget_fen"]) for row in rows],
        lacks=[Lack(**{field: row[field] for field in fields}) for row in lacks],
        standard=standard,
        money=money_of(whole),
        doubled=whole["doubled"],
        doubled_fen=whole["doubled_fen"],
        short_fen=whole["short_fen"],
        over_fen=whole["over_fen"],
        left=repeated_of(whole),
        complete=whole["complete"],
        partial=whole["in_part"],
    )


def headline(facts: Facts, by_money: bool = True) -> str:
    """The conclusion: which required indicators are lacking, else what nobody has, else what is lacking for
    most money, else that nothing is; with the money it touches, or only by number."""
    said = _required(facts, by_money) or _empty(facts, by_money)
    return f"按{facts.standard}，{said}" if facts.standard else said


def _required(facts: Facts, by_money: bool) -> str:
    """What nobody has though the standard requires it of all, else what most money lacks of it."""
    required = [lack for lack in facts.lacks if lack.required]
    nobody = [lack for lack in required if lack.required == facts.projects]
    if not required:
        return ""
    worst = max(required, key=lambda lack: (lack.required_fen, lack.required))
    who = f"{worst.required:,} 个项目"
    if nobody:
        who = "这个项目" if facts.projects == 1 else f"{facts.projects:,} 个项目都"
        worst = nobody[0]
    slots = kinds([lack.slot for lack in nobody or [worst]])
    cells = sum(lack.required for lack in required)
    more = _money(worst.required_fen, facts) if by_money else f"，必填空缺共 {cells:,} 格"
    return f"{who}缺必填的{slots}指标{more}"


def _empty(facts: Facts, by_money: bool) -> str:
    nobody = [lack for lack in facts.lacks if lack.projects == facts.projects]
    some = [lack for lack in facts.lacks if lack.projects]
    if nobody:
        who = "这个项目没有" if facts.projects == 1 else f"{facts.projects:,} 个项目都没有"
        money = _money(nobody[0].budget_fen, facts) if by_money else ""
        return f"{who}{kinds([lack.slot for lack in nobody])}指标{money}"
    if some:
        worst = max(some, key=lambda lack: (lack.budget_fen, lack.projects))
        money = _money(worst.budget_fen, facts) if by_money else ""
        return f"{worst.projects:,} 个项目没有{worst.slot}指标{money}"
    if facts.partial:
        return f"{facts.complete:,} 个项目的九类指标都已填写，{beside(facts.partial)}"
    return f"{facts.projects:,} 个项目的九类指标都已填写"


def sentence(facts: Facts) -> str:
    """Where the money is, and what is not in the sum."""
    sums = f"{facts.money.removesuffix('合计')}合计 {format_amount(facts.budget_fen)}"
    parts = [f"{facts.projects:,} 个项目，{sums}"]
    if facts.budget_fen and len(facts.largest) > 1:
        name, most = facts.largest[0]
        largest = name if len(name) <= SHORT else "最大的项目"
        parts.append(f"{largest}占 {format_share(most, facts.budget_fen)}")
    top = facts.largest[:3]
    far = facts.short_fen or facts.over_fen  # then said instead of what a chart shows
    if facts.budget_fen and facts.projects > len(top) > 1 and not far:
        together = format_share(sum(fen for _, fen in top), facts.budget_fen)
        parts.append(f"前{'零一二三'[len(top)]}个项目合计占 {together}")
    text = "，".join(parts) + "。"
    free = [lack.slot for lack in facts.lacks if lack.projects == facts.projects and not lack.required]
    if free and any(lack.required for lack in facts.lacks):
        text += f"不要求的{kinds(free)}指标，也没有项目填写。"
    if facts.unpriced:
        text += f"另有 {facts.unpriced} 个项目没有读到预算，不在合计之内。"
    if facts.partial:
        text += f"{among(facts.partial)}。"
    programmes = describe_programmes(facts.doubled, facts.doubled_fen, facts.short_fen, facts.over_fen)
    if left := "；".join(filter(None, (programmes, describe(facts.left)))):
        text += f"另有 {left}。"
    return text


def kinds(slots: list[str]) -> str:
    """Some categories as a leader says them, the first of many."""
    if len(slots) > 4:
        return f"{'、'.join(slots[:3])}等 {len(slots)} 类"
    return slots[0] if len(slots) == 1 else "、".join(slots[:-1]) + "和" + slots[-1]


def _money(fen: int, facts: Facts) -> str:
    if not fen:
        return ""
    if fen == facts.budget_fen:
        return f"，涉及全部 {format_amount(fen)}" if facts.projects > 1 else f"，涉及 {format_amount(fen)}"
    return f"，涉及 {format_amount(fen)}，占 {format_share(fen, facts.budget_fen)}"
