"""One slide for each project: its head, its indicators at a glance, and the three questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from dashboard import look
from dashboard.dossier import Case, Dossier
from dashboard.slides.matrix import cell
from dashboard.slides.measure import MARK, WIDTH, fit, height, room
from dashboard.slides.slide import Slide, of_many, source, table
from parsing import SEVERITIES, SLOTS, Question

LONGEST = 60  # characters of a name in a title; the whole name is in the original table
GLANCE = 20.0  # height of the row of cells, and of the heading under it
SIZES = (4.2, 3.8, 3.4, 3.0, 2.7)
BADGE = 11.0


def slides(dossier: Dossier) -> Iterator[Slide]:
    for case in dossier.cases:
        yield from _slides(case)


def _slides(case: Case) -> Iterator[Slide]:
    title = conclusion(case)
    size, groups = fit(case.questions, _high, SIZES, room(title, head(case), MARK, GLANCE))
    for number, group in enumerate(groups, 1):
        yield Slide(
            "project",
            of_many(title, number, len(groups)),
            head(case),
            _glance(case) + _questions(case, group, size),
            notes="\n".join(f"{n}. {one.text}（{one.place}）" for n, one in enumerate(group, 1)),
            key=case.key,
            mark=_mark(case),
        )


def conclusion(case: Case) -> str:
    grave = case.figures["high"] + case.figures["middle"]
    found = f"{grave} 处应当修改" if grave else "没有应当修改的问题"
    return f"{look.clip(case.project.name, LONGEST)}：{look.spoken(case.matrix['budget_fen'])}，{found}"


def head(case: Case) -> str:
    one = case.project
    span = "—".join(part for part in (one.start, one.end) if part)
    return "　".join(part for part in (one.unit, one.project_type, span) if part)


def _mark(case: Case) -> str:
    return f'<p class="mark">{case.verdict.verdict}</p>' if case.verdict else ""


def _glance(case: Case) -> str:
    cells = "".join(f"<div><h3>{slot}</h3>{cell(case, k)}</div>" for k, slot in enumerate(SLOTS, 1))
    leads = source((case, "budget_yuan"))
    money = f'<b class="cell money"{leads}>{look.wan(case.matrix["budget_fen"])}</b>'
    return f'<div class="glance"><div><h3>预算（万元）</h3>{money}</div>{cells}</div>'


def _high(one: Question, size: float) -> float:
    across = WIDTH - BADGE
    return height(one.text, size, across, 1.35) + height(where(one), 2.5, across, 1.35) + 3.4


def _questions(case: Case, asked: Sequence[Question], size: float) -> str:
    if not asked:
        return '<p class="said">规则没有发现要问的问题。</p>'
    items = "".join(_question(case, one) for one in asked)
    return f"<h2>质询卡</h2>{table('card', size, len(asked), items)}"


def _question(case: Case, one: Question) -> str:
    rank = len(SEVERITIES) - SEVERITIES.index(one.severity)
    return (
        f'<div class="asked"><b class="rank r{rank}">{one.severity}</b><div>'
        f'<p class="ask"{source((case, one.path))}>{escape(one.text)}</p>'
        f'<p class="place">{escape(where(one))}</p></div></div>'
    )


def where(one: Question) -> str:
    return f"{one.figure}　{one.place.split(' › ', 1)[-1]}"
