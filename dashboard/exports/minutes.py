"""会议纪要: what was decided, word for word, with lines to sign."""

from __future__ import annotations

from datetime import datetime

from dashboard import look
from dashboard.dossier import Dossier
from dashboard.exports.paper import Paper
from dashboard.store import WORDS, Verdict


def minutes(dossier: Dossier) -> bytes:
    """The decisions in the order of the money, their conditions numbered, and what was not decided."""
    paper = Paper(dossier, f"{dossier.title}会议纪要")
    names = {row["key"]: row for row in dossier.money if row["key"]}
    decided = [(names[key], one) for key, one in dossier.verdicts.items() if key in names]
    decided.sort(key=lambda pair: -(pair[0]["budget_fen"] or 0))
    counts = "，".join(f"{word} {sum(one.verdict == word for _, one in decided)} 个" for word in WORDS)
    left = len(names) - len(decided)
    paper.text(
        f"会议审议 {len(names):,} 个项目，预算合计 {look.spoken(dossier.facts.budget_fen)}。"
        f"已作决定 {len(decided):,} 个：{counts}；尚未决定 {left:,} 个。"
        f"尚未通过的金额 {look.spoken(dossier.at_risk)}。"
    )
    paper.heading("一、决定")
    paper.table(
        ("项目", "预算（万元）", "决定", "条件", "决定人", "时间"),
        [
            (row["name"], look.wan(row["budget_fen"]), one.verdict, _conditions(one), one.who, _when(one))
            for row, one in decided
        ],
        (4.5, 2.4, 2, 6, 2, 2.4),
    )
    paper.heading("二、尚未决定")
    open_ = [row["name"] for key, row in names.items() if key not in dossier.verdicts]
    paper.text("、".join(open_) + "。" if open_ else "无。")
    paper.sign("主持人", "记录人", "参会人")
    return paper.bytes()


def _conditions(one: Verdict) -> str:
    return "\n".join(f"{n}. {each.text}" for n, each in enumerate(one.conditions, 1)) or "—"


def _when(one: Verdict) -> str:
    return datetime.fromisoformat(one.made).astimezone().strftime("%Y-%m-%d %H:%M")
