"""The findings of one project as a list, a rule at a time; and what was not checked.

What a click says: a path, ``aside:SEQ``, ``undo:ACTION``, ``rule:CODE``, ``find:NAME`` (another project).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby

from dashboard.html.notes import Notes, Row, anchor, there
from dashboard.html.review import badge, quoted
from dashboard.store import READING, mentions
from dashboard.wording.formatting import format_time
from dashboard.wording.terms import CLEAN, UNSURE
from parsing import BOOK, Mention, Project, Unchecked, named


def findings(project: Project, notes: Notes, made: Mapping[int, str]) -> str:
    """Those that are open, the gravest rule first, then those set aside. ``made``: action → when."""
    rows = notes.content
    kept = sorted(
        (row for row in rows if not row["aside"]), key=lambda row: (-_gravest(rows, row), row["rule"])
    )
    aside = [row for row in rows if row["aside"]]
    body = "".join(_point(project, list(same), notes) for _, same in groupby(kept, key=_kind))
    if not kept:
        body = f'<p class="quiet">{UNSURE if project.partial else CLEAN}。</p>'
    if aside:
        lines = "".join(_line(project, row, notes, made) for row in aside)
        title = f"已搁置 {len(aside)} 条，不计入任何数目"
        body += f'<section class="point put"><h3>{title}</h3><ul>{lines}</ul></section>'
    return body


def reading(project: Project, notes: Notes, made: Mapping[int, str]) -> str:
    """What is to be said of how the table was read, but for what its repairs say."""
    mended = {repair.reason for repair in project.repairs}
    every = [row for row in notes.findings if row["dimension"] == READING]
    rows = [row for row in every if row["message"].rstrip("。") not in mended]
    rows.sort(key=_kind)
    return "".join(_point(project, list(same), notes, made) for _, same in groupby(rows, key=_kind))


def unchecked(found: Sequence[Unchecked]) -> str:
    """The rules that could not be applied, by the reason."""
    if not found:
        return '<p class="quiet">所有规则都检查过了。</p>'
    reasons: dict[str, list[str]] = {}
    for one in found:
        reasons.setdefault(one.reason, []).append(f"{one.rule} {BOOK[one.rule].title}")
    lines = (
        f"<li><b>？ {escape(reason)}</b>　{escape('；'.join(rules))}</li>"
        for reason, rules in reasons.items()
    )
    return f'<ul class="open">{"".join(lines)}</ul>'


def _gravest(rows: Iterable[Row], one: Row) -> int:
    return max(int(row["rank"]) for row in rows if row["rule"] == one["rule"] and not row["aside"])


def _kind(row: Row) -> str:
    return str(row["rule"])


def _point(project: Project, rows: list[Row], notes: Notes, made: Mapping[int, str] | None = None) -> str:
    """What one rule found, with its basis and its advice."""
    first = max(rows, key=lambda row: int(row["rank"]))
    ground = BOOK[first["rule"]].ground
    basis = "，".join(filter(None, (ground.document, ground.words)))
    advice = list(dict.fromkeys(row["advice"] for row in rows))
    many = f"　{len(rows)} 条" if len(rows) > 1 else ""
    lines = "".join(_line(project, row, notes, made or {}) for row in rows)
    return (
        f'<section class="point"><h3>{badge(first["severity"])}{escape(first["title"])}{many}'
        f'<a role="button" data-value="rule:{escape(first["rule"])}">规则 {escape(first["rule"])} ›</a></h3>'
        f"<ul>{lines}</ul><p><b>建议</b>　{escape(' '.join(advice))}</p>"
        f'<p class="quiet"><b>依据</b>　{escape(basis)}</p></section>'
    )


def _line(project: Project, row: Row, notes: Notes, made: Mapping[int, str]) -> str:
    said = f"<p>{quoted(row['message'], row['quote'])}</p>"
    if row["equation"] and row["equation"] not in row["message"]:
        said += f'<p class="sum">{escape(row["equation"])}</p>'
    if others := [_mention(project, mention) for mention in mentions(row["also"], project.title)]:
        said += f'<p class="quiet">另见　{"；".join(others)}</p>'
    value, way = f"aside:{row['seq']}", "搁置"
    if row["aside"]:
        when = f"，{format_time(made[row['action']])}" if row["action"] in made else ""
        said = f"<p><b>{escape(row['title'])}</b></p>{said}"
        said += f'<p class="reason">理由：{escape(row["reason"])}（{escape(row["who"])}{when}）</p>'
        value, way = f"undo:{row['action']}", "撤销"
    link = f'<a role="button" data-value="{value}">{way}</a>' if notes.open else ""
    return f'<li id="{anchor(row)}"{there(project, row["path"])}><div>{said}</div>{link}</li>'


def _mention(project: Project, one: Mention) -> str:
    """Another value that a finding rests on: of the project itself with its name, else of another one."""
    text = escape(one.text)
    if one.project:
        other = escape(one.project)
        said = f"“{other}”" + (f"的“{text}”" if text and text != other else "")
        return f'<a role="link" data-value="find:{other}">{said}</a>'
    said = f"{escape(named(project, one.path))}：{text}" if text else escape(named(project, one.path))
    return f'<a role="link"{there(project, one.path)}>{said}</a>'
