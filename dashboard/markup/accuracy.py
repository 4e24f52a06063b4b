"""How well the program reads and judges as tables: what stands behind the bars, and the rules beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from dashboard.look import share
from dashboard.markup.review import badge
from parsing import Measured
from parsing.accuracy import OUTCOMES, SOURCES, VARIANTS, Accuracy, Part, grouped


def legend() -> str:
    """What the shades of a bar mean."""
    marks = "".join(f'<span><i class="{key}"></i>{word}</span>' for key, word in OUTCOMES.items())
    return f'<p class="outcomes">{marks}</p>'


def table(kept: Accuracy) -> str:
    """The counts by kind of file, format, form and damage."""
    heads = ("表", "字段读对", "指标读对", *[word for key, word in OUTCOMES.items() if key != "right"])
    head = "".join(f'<th class="n">{one}</th>' for one in heads)
    body = "".join(_group(*group, len(heads) + 1) for group in _groups(kept))
    head = f"<thead><tr><th></th>{head}</tr></thead>"
    return f'<table class="list book counts">{head}<tbody>{body}</tbody></table>'


def _groups(kept: Accuracy) -> Iterable[tuple[str, Mapping[str, Part]]]:
    for source, title in SOURCES.items():
        parts = kept.of(source)
        yield f"{title}，按文件", grouped(parts, lambda part: part.kind)
        yield f"{title}，按格式", grouped(parts, lambda part: part.format)
        yield f"{title}，按{VARIANTS[source]}", grouped(parts, lambda part: part.variant)


def _group(title: str, groups: Mapping[str, Part], columns: int) -> str:
    lines = "".join(_line(name, part) for name, part in groups.items())
    return f'<tr class="family"><th colspan="{columns}">{escape(title)}</th></tr>{lines}'


def _line(name: str, part: Part) -> str:
    both = part.both
    shares = (f"{tally.right:,} / {tally.facts:,}" for tally in (part.fields, part.indicators))
    cells = (f"{part.tables:,}", *shares, f"{both.said:,}", f"{both.refused:,}")
    silent = f'<b class="bad">{both.silent:,}</b>' if both.silent else "0"
    counts = "".join(f'<td class="n">{cell}</td>' for cell in (*cells, silent))
    return f"<tr><td>{escape(name)}</td>{counts}</tr>"


def rules(grades: Mapping[str, tuple[int, Measured]]) -> str:
    """Severity by severity: how many rules, what they found in the labelled set, their precision and
    recall."""
    lines = "".join(
        f'<tr><td>{badge(severity)}</td><td class="n">{count}</td><td class="n">{one.hits:,}</td>'
        f'<td class="n"><b>{share(one.right, one.hits)}</b></td>'
        f'<td class="n">{share(one.right, one.right + one.missed)}</td></tr>'
        for severity, (count, one) in grades.items()
    )
    heads = ("规则", "命中", "准确率", "查全率")
    head = "".join(f'<th class="n">{one}</th>' for one in heads)
    return f'<table class="list rates"><thead><tr><th></th>{head}</tr></thead><tbody>{lines}</tbody></table>'
