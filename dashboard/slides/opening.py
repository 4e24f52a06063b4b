"""The state of the portfolio on one slide."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from dashboard import look
from dashboard.analysis.sentence import headline, sentence
from dashboard.dossier import Dossier
from dashboard.slides.slide import Slide


def slides(dossier: Dossier) -> Iterator[Slide]:
    whole, tally, facts = dossier.whole, dossier.tally, dossier.facts
    grave = tally["high"] + tally["middle"]
    when = f"{facts.year} 年" if facts.year else "当年"
    tiles = (
        ("项目", f"{facts.projects:,}", f"{whole['indicators']:,} 条三级指标"),
        (f"{when}预算（万元）", look.wan(facts.budget_fen), f"{look.yuan(facts.budget_fen)} 元"),
        (
            "必填类别空缺（格）",
            f"{whole['required']:,}",
            f"{whole['lacking']:,} 个项目，{look.spoken(whole['lacking_fen'])}",
        ),
        ("应当修改的问题", f"{grave:,}", f"其中会被退回的 {tally['high']:,} 处"),
    )
    body = "".join(
        f'<div class="tile"><p class="name">{escape(name)}</p><p class="value">{escape(value)}</p>'
        f'<p class="note">{escape(note)}</p></div>'
        for name, value, note in tiles
    )
    said = sentence(facts)
    if dossier.unread:
        said += f"另有 {len(dossier.unread)} 处没有读出或不是项目表，见最后一页。"
    yield Slide(
        "opening",
        headline(facts),
        f"审核标准：{dossier.standard.title}",
        f'<div class="tiles">{body}</div><p class="said">{escape(said)}</p>',
        notes=f"{headline(facts)}。{said}",
    )
