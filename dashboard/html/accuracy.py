"""How well the program reads and judges as tables: what stands behind the bars, and the rules beside them."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from dashboard.html.review import badge
from dashboard.wording.formatting import format_share
from parsing import Measured
from parsing.accuracy import HEADS, OUTCOMES, SOURCES, Accuracy, AccuracyPart, counts, groups


def legend() -> str:
    """What the shades of a bar mean."""
    marks = "".join(f'<span><i class="{key}"></i>{word}</span>' for key, word in OUTCOMES.items())
    return f'<p class="outcomes">{marks}</p>'


def table(accuracy: Accuracy) -> str:
    """The counts by kind of file, format, form and damage."""
    head = "".join(f'<th class="n">{one}</th>' for one in HEADS)
    body = "".join(
        _group(f"{title}，按{way}", group)
        for source, title in SOURCES.items()
        for way, group in groups(accuracy, source).items()
    )
    head = f"<thead><tr><th></th>{head}</tr></thead>"
    return f'<table class="list book counts">{head}<tbody>{body}</tbody></table>'


def _group(title: str, named: Mapping[str, AccuracyPart]) -> str:
    lines = "".join(_line(name, part) for name, part in named.items())
    return f'<tr class="family"><th colspan="{len(HEADS) + 1}">{escape(title)}</th></tr>{lines}'


def _line(name: str, part: AccuracyPart) -> str:
    *cells, silent = counts(part)
    last = f'<b class="bad">{silent}</b>' if part.both.silent else silent
    figures = "".join(f'<td class="n">{cell}</td>' for cell in (*cells, last))
    return f"<tr><td>{escape(name)}</td>{figures}</tr>"


def rules(grades: Mapping[str, tuple[int, Measured]]) -> str:
    """Severity by severity: how many rules, what they found in the labelled set, their precision and
    recall."""
    lines = "".join(
        f'<tr><td>{badge(severity)}</td><td class="n">{count}</td><td class="n">{one.hits:,}</td>'
        f'<td class="n"><b>{format_share(one.right, one.hits)}</b></td>'
        f'<td class="n">{format_share(one.right, one.right + one.missed)}</td></tr>'
        for severity, (count, one) in grades.items()
    )
    heads = ("规则", "命中", "准确率", "查全率")
    head = "".join(f'<th class="n">{one}</th>' for one in heads)
    return f'<table class="list rates"><thead><tr><th></th>{head}</tr></thead><tbody>{lines}</tbody></table>'
