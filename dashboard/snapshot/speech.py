"""半页讲话稿: the state of the portfolio in sentences that can be read aloud, each number with its source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dashboard.snapshot.snapshot import Row, Snapshot
from dashboard.wording.formatting import format_amount, format_share
from dashboard.wording.partial import beside
from dashboard.wording.sentence import kinds, sentence
from dashboard.wording.terms import CLEAN, DUE, PROBLEM, RETURNED


class SpokenLine(NamedTuple):
    """``page``: the address of the page that shows its numbers, ``query`` what is chosen there."""

    text: str
    page: str
    query: tuple[tuple[str, str], ...] = ()


def speech(snapshot: Snapshot) -> list[SpokenLine]:
    """Half a page: how much for what, what is missing, what to correct, what to ask, what was decided."""
    return [*_money(snapshot), *_gaps(snapshot), *_findings(snapshot), *_asked(snapshot), *_decided(snapshot)]


def _money(snapshot: Snapshot) -> Iterator[SpokenLine]:
    said = snapshot.caption
    mark = f"（{said.sample}）" if said.sample else ""
    yield SpokenLine(f"{mark}本次审核{said.whose}的项目：{sentence(snapshot.facts)}", "budget")


def _gaps(snapshot: Snapshot) -> Iterator[SpokenLine]:
    whole, facts = snapshot.whole, snapshot.facts
    text = f"九类指标共 {whole['cells']:,} 格，已填 {whole['filled']:,} 格，空缺 {whole['gaps']:,} 格"
    text += f"，说明不适用的 {whole['inapplicable']:,} 格" if whole["inapplicable"] else ""
    text += f"，没有读出的 {whole['unread']:,} 格" if whole["unread"] else ""
    yield SpokenLine(f"{text}。", "coverage")
    must = [row for row in snapshot.lacks if row["required"]]
    if not must:
        others = f"，{beside(facts.partial)}" if facts.partial else ""
        yield SpokenLine(f"按{snapshot.standard.title}，必填的类别都没有空缺{others}。", "coverage")
        return
    parts = "；".join(
        f"{kinds([row['slot'] for row in same])}指标{'各' if len(same) > 1 else ''} {projects:,} 个项目空缺，"
        f"涉及 {format_amount(fen)}，占 {format_share(fen, facts.budget_fen)}"
        for (fen, projects), same in _alike(must)
    )
    yield SpokenLine(f"按{snapshot.standard.title}，必填而空缺的有：{parts}。", "coverage")


def _alike(rows: list[Row]) -> list[tuple[tuple[int, int], list[Row]]]:
    """Those with the same money and number said in one breath; most money first."""
    alike: dict[tuple[int, int], list[Row]] = {}
    for row in rows:
        alike.setdefault((row["required_fen"], row["required"]), []).append(row)
    return sorted(alike.items(), key=lambda item: item[0], reverse=True)


def _findings(snapshot: Snapshot) -> Iterator[SpokenLine]:
    tally = snapshot.tally
    if not tally["problems"]:
        others = f"，{beside(snapshot.facts.partial)}" if snapshot.facts.partial else ""
        yield SpokenLine(f"{CLEAN}{others}。", "review")
        return
    named = "、".join(f"{row['title']}（{row['findings']:,} 条）" for row in snapshot.rules[:3])
    back = f"，其中 {RETURNED.said(tally)}" if tally["projects_high"] else ""
    yield SpokenLine(f"{DUE.said(tally)}{back}。{PROBLEM.said(tally)}，主要是{named}。", "review")


def _asked(snapshot: Snapshot) -> Iterator[SpokenLine]:
    case = next((case for case in snapshot.cases if case.questions), None)
    if case:
        yield SpokenLine(
            f"金额最大的要先问：{case.project.name}，{case.questions[0].text}",
            "projects",
            (("id", case.key), ("at", case.questions[0].path)),
        )


def _decided(snapshot: Snapshot) -> Iterator[SpokenLine]:
    if not snapshot.verdicts:
        return
    words = [verdict.verdict for verdict in snapshot.verdicts.values()]
    counts = "、".join(
        f"{word} {words.count(word)} 个" for word in ("通过", "有条件通过", "退回") if word in words
    )
    yield SpokenLine(
        f"已作决定的项目：{counts}；尚未通过的金额 {format_amount(snapshot.at_risk)}。", "projects"
    )
