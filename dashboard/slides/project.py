"""One slide for each project: its head, its indicators at a glance, and the three questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from dashboard import theme
from dashboard.slides.matrix import cell
from dashboard.slides.measure import MARK, WIDTH, fit, height, room
from dashboard.slides.slide import Slide, of_many, source, table
from dashboard.snapshot.snapshot import Case, Snapshot
from dashboard.store import SEVERITY_RANKS, WORDS, Verdict
from dashboard.wording.formatting import choose_scale, clip, format_amount
from dashboard.wording.partial import why
from dashboard.wording.terms import UNSURE, of_project
from parsing import SLOTS, Question

LONGEST = 60  # characters of a name in a title; the whole name is in the original table
GLANCE = 20.0  # height of the row of cells, and of the heading under it
SIZES = (4.2, 3.8, 3.4, 3.0, 2.7)
BADGE = 11.0
MOST = 12  # problems of a project in its notes


def slides(snapshot: Snapshot) -> Iterator[Slide]:
    for case in snapshot.cases:
        yield from _slides(case)


def _slides(case: Case) -> Iterator[Slide]:
    title = conclusion(case)
    size, groups = fit(case.questions, _high, SIZES, room(title, head(case), kept(case), GLANCE))
    for number, group in enumerate(groups, 1):
        yield Slide(
            "project",
            of_many(title, number, len(groups)),
            head(case),
            _glance(case) + _questions(case, group, size),
            notes=notes(case),
            key=case.key,
            mark=_mark(case),
        )


def conclusion(case: Case) -> str:
    found = of_project(case.figures["high"], case.figures["problems"], bool(case.matrix["partial"]))
    return f"{clip(case.project.title, LONGEST)}：{format_amount(case.matrix['budget_fen'])}，{found}"


def head(case: Case) -> str:
    one = case.project
    span = "—".join(part for part in (one.start, one.end) if part)
    return "　".join(part for part in (one.unit, one.project_type, span, why(case.matrix["partial"])) if part)


def kept(case: Case) -> float:
    """Of the width of its title, for what was decided."""
    return MARK if case.verdict else 0


def mark(verdict: Verdict) -> str:
    return f"{theme.VERDICTS[verdict.verdict][0]} {verdict.verdict}"


def _mark(case: Case) -> str:
    if not case.verdict:
        return ""
    return f'<p class="mark v{WORDS.index(case.verdict.verdict)}">{mark(case.verdict)}</p>'


def notes(case: Case) -> str:
    """What to ask, what was decided under which conditions, and what else has to be corrected."""
    lines = [f"{n}. {question.text}（{question.place}）" for n, question in enumerate(case.questions, 1)]
    if one := case.verdict:
        lines.append(f"会议决定：{one.verdict}（{one.who}）")
        lines += [f"条件 {n}：{condition.text}" for n, condition in enumerate(one.conditions, 1)]
    lines += [f"{found.severity}：{found.message}" for found in case.problems[:MOST]]
    if len(case.problems) > MOST:
        lines.append(f"还有 {len(case.problems) - MOST} 条。")
    return "\n".join(lines)


def _glance(case: Case) -> str:
    cells = "".join(f"<div><h3>{slot}</h3>{cell(case, k)}</div>" for k, slot in enumerate(SLOTS, 1))
    leads = source((case, "budget_yuan"))
    fen, unit = case.matrix["budget_fen"], choose_scale(case.matrix["budget_fen"])
    money = f'<b class="cell money"{leads}>{unit.text(fen)}</b>'
    return f'<div class="glance"><div><h3>预算（{unit.unit}）</h3>{money}</div>{cells}</div>'


def _high(question: Question, size: float) -> float:
    across = WIDTH - BADGE
    return height(question.text, size, across, 1.35) + height(where(question), 2.5, across, 1.35) + 3.4


def _questions(case: Case, questions: Sequence[Question], size: float) -> str:
    if not questions:
        return f'<p class="said">{unasked(case)}</p>'
    items = "".join(_question(case, question) for question in questions)
    return f"<h2>质询卡</h2>{table('card', size, len(questions), items)}"


def unasked(case: Case) -> str:
    """Where there is nothing to ask."""
    return f"{UNSURE}。" if case.matrix["partial"] else "规则没有发现要问的。"


def _question(case: Case, question: Question) -> str:
    rank = SEVERITY_RANKS[question.severity]
    return (
        f'<div class="asked"><b class="rank r{rank}">{question.severity}</b><div>'
        f'<p class="ask"{source((case, question.path))}>{escape(question.text)}</p>'
        f'<p class="place">{escape(where(question))}</p></div></div>'
    )


def where(question: Question) -> str:
    return f"{question.figure}　{question.place.split(' › ', 1)[-1]}"
