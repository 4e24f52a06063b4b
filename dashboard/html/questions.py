"""质询卡: the questions a chair should ask, each with its figure, its words and a way to its cell."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dashboard.html.notes import there
from dashboard.html.review import badge
from dashboard.wording.formatting import clip
from parsing import Project, Question

QUOTED = 16  # characters of the words quoted


def cards(project: Project, questions: Sequence[Question]) -> str:
    """A card a question; nothing where there is nothing to ask."""
    if not questions:
        return ""
    body = "".join(_card(project, number, question) for number, question in enumerate(questions, 1))
    return f'<section class="questions" aria-label="质询卡">{body}</section>'


def _card(project: Project, number: int, question: Question) -> str:
    place = project.find(question.path) or project.place
    quote = clip(question.quote, QUOTED)
    text = question.text.replace(question.quote, quote) if question.quote else question.text
    more = "" if not quote or quote in text else f"原文“{escape(quote)}”，"
    return (
        f'<article class="question" role="button"{there(project, question.path)}>'
        f'<p class="asked"><b>问 {number}</b>　{escape(text)}</p>'
        f"<p>{badge(question.severity)}<b>{escape(question.figure)}</b>　"
        f'<span class="quiet">{more}{escape(place.cell)}</span></p>'
        "</article>"
    )
