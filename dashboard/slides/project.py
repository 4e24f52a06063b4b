"""One slide for each project: its head, its indicators at a glance, and the three questions."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from dashboard import look
from dashboard.dossier import Case, Dossier
from dashboard.slides.matrix import cell
from dashboard.slides.slide import Slide, source
from parsing import SEVERITIES, SLOTS, Question


def slides(dossier: Dossier) -> Iterator[Slide]:
    for case in dossier.cases:
        fen, grave = case.matrix["budget_fen"], case.figures["high"] + case.figures["middle"]
        found = f"{grave} 处应当修改" if grave else "没有应当修改的问题"
        notes = "\n".join(f"{n}. {one.text}（{one.place}）" for n, one in enumerate(case.questions, 1))
        yield Slide(
            "project",
            f"{case.project.name}：{look.spoken(fen)}，{found}",
            _head(case),
            _glance(case) + _questions(case),
            notes=notes,
            key=case.key,
        )


def _head(case: Case) -> str:
    one = case.project
    span = "—".join(part for part in (one.start, one.end) if part)
    return "　".join(part for part in (one.unit, one.project_type, span) if part)


def _glance(case: Case) -> str:
    cells = "".join(f"<div><h3>{slot}</h3>{cell(case, k)}</div>" for k, slot in enumerate(SLOTS, 1))
    leads = source(case.key, case.project, "budget_yuan")
    money = f'<b class="cell money"{leads}>{look.wan(case.matrix["budget_fen"])}</b>'
    return f'<div class="glance"><div><h3>预算（万元）</h3>{money}</div>{cells}</div>'


def _questions(case: Case) -> str:
    if not case.questions:
        return '<p class="said">规则没有发现要问的问题。</p>'
    items = "".join(_question(case, one) for one in case.questions)
    return f'<section class="card"><h2>质询卡</h2><ol>{items}</ol></section>'


def _question(case: Case, one: Question) -> str:
    rank = len(SEVERITIES) - SEVERITIES.index(one.severity)
    leads = source(case.key, case.project, one.path)
    place = one.place.split(" › ", 1)[-1]
    return (
        f'<li><span class="rank r{rank}">{one.severity}</span>'
        f'<div><p class="ask"{leads}>{escape(one.text)}</p>'
        f'<p class="place">{escape(one.figure)}　{escape(place)}</p></div></li>'
    )
