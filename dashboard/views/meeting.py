"""会议: deciding about projects one by one, the words to read aloud, and everything to take away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import escape
from importlib import import_module
from typing import Any

import streamlit as st

from dashboard.components import widgets
from dashboard.components.clickable import clickable
from dashboard.components.filters import filters, standard
from dashboard.components.markdown import escape_markdown
from dashboard.html import deciding as deciding_html
from dashboard.queries import budget, parameters, projects
from dashboard.session import cache, url_state
from dashboard.session.pages import go
from dashboard.snapshot.snapshot import Snapshot
from dashboard.snapshot.speech import speech
from dashboard.views import deciding, give_back
from dashboard.views.empty import empty
from dashboard.wording.meeting import OPEN, UNDECIDED, headline

EACH = 50  # projects on a page of the list
LOGGED = 200  # decisions in the record
CODES = {"通过": "passed", "有条件通过": "terms", "退回": "back", OPEN: "open"}
PANES = {"讲话稿": "", "决定记录": "log"}
FILES = (  # what it is called, its ending, and what makes it
    ("演示文稿", "pptx", "pptx", "pptx"),
    ("演示文稿", "html", "deck", "page"),
    ("简报", "docx", "brief", "brief"),
    ("审核意见", "docx", "opinion", "opinion"),
    ("会议纪要", "docx", "minutes", "minutes"),
    ("数据", "xlsx", "workbook", "workbook"),
)
Row = dict[str, Any]


def page() -> None:
    with st.container(horizontal=True, key="bar", vertical_alignment="center"):
        scope = filters()
    snapshot = cache.snapshot(scope, standard(), date.today())
    if not snapshot.facts.projects:
        return empty(scope)
    widgets.headline(headline(snapshot.decided), whose=snapshot.caption)
    st.html(deciding_html.progress(snapshot.decided))
    left, right = st.columns([7, 5], border=True)
    with left:
        _projects(snapshot)
    with right:
        if widgets.switch("右边看什么", "pane", PANES) == "讲话稿":
            _words(snapshot)
        else:
            _log(snapshot)
        _files(snapshot)
        give_back.choose(snapshot.scope)


def _projects(snapshot: Snapshot) -> None:
    with st.container(horizontal=True, key="deciding-tools", vertical_alignment="center"):
        rows = _sought(snapshot)
    if not rows:
        st.html('<p class="quiet">没有符合条件的项目，请换一个词或看全部。</p>')
        return
    pages = -(-len(rows) // EACH)
    number = min(url_state.number("from") or 1, pages)
    shown = rows[(number - 1) * EACH : number * EACH]
    said = [snapshot.verdicts[row["key"]] for row in shown if row["key"] in snapshot.verdicts]
    table = deciding_html.projects(shown, snapshot.verdicts, deciding.findings(said))
    html = f'<div class="meeting-pane">{table}</div>{deciding_html.turner(number, pages)}'
    clicked = clickable(html, "deciding")
    kind, _, value = (clicked or "").partition(":")
    if kind == "decide":
        row = next((row for row in rows if row["key"] == value), None)
        if row:
            deciding.ask(row["key"], row["name"], row["budget_fen"])
    elif kind == "from":
        url_state.write("from", value)
        st.rerun()
    else:
        deciding.follow(clicked)


def _sought(snapshot: Snapshot) -> list[Row]:
    """The projects that have the words and the verdict asked for, the most money first."""
    chosen = url_state.read("decided")
    counts = {
        f"{one.word or UNDECIDED} {one.projects:,}": CODES[one.word]
        for one in sorted(snapshot.decided, key=lambda one: one.word != OPEN)
        if one.projects or CODES[one.word] == chosen
    }
    shown = widgets.switch("按决定筛选", "decided", {f"全部 {snapshot.facts.projects:,}": "", **counts})
    words = st.text_input(
        "搜索",
        url_state.read("q") or "",
        placeholder="按项目、单位或指标名称搜索",
        key="deciding-search",
        label_visibility="collapsed",
    )
    words = words.strip()[:60]
    url_state.write("q", words or None)
    rows = cache.rows(projects.listed, snapshot.scope, words, budget.ALL, "counted", snapshot.standard.name)
    word = next((word for word, code in CODES.items() if code == counts.get(shown)), None)
    if word is None:
        return rows
    said = {key: verdict.verdict for key, verdict in snapshot.verdicts.items()}
    return [row for row in rows if said.get(row["key"], OPEN) == word]


def _log(snapshot: Snapshot) -> None:
    """What was decided about the projects in the filters, the newest first."""
    known = {row["key"] for row in snapshot.money}
    every = [one for one in cache.store().verdict_history() if one.key in known][:LOGGED]
    html = deciding_html.log(every, snapshot.verdicts, deciding.findings(every))
    if not every:
        html = '<p class="quiet">还没有决定。</p>'
    deciding.follow(clickable(f'<div class="meeting-pane side">{html}</div>', "log"))


def _words(snapshot: Snapshot) -> None:
    lines = speech(snapshot)
    html = "".join(
        f'<p role="button" data-value="{n}">{escape(line.text)}</p>' for n, line in enumerate(lines)
    )
    title = "点一句看它的数从哪里来"
    clicked = clickable(f'<div class="meeting-pane side words" title="{title}">{html}</div>', "words")
    number = parameters.number(clicked)
    if number is not None and number < len(lines):
        go(lines[number].page, **dict(lines[number].query))


def _files(snapshot: Snapshot) -> None:
    with st.container(horizontal=True, key="take-away"):
        for name, ending, module, maker in FILES:
            st.download_button(
                escape_markdown(f"{name}.{ending}"),
                _made(snapshot, module, maker),
                snapshot.caption.file(name, ending),
                key=f"take-{module}-{maker}",
                on_click="ignore",
            )
        if st.button("审核清单 ›", key="take-findings"):
            go("review")


def _made(snapshot: Snapshot, module: str, maker: str) -> Callable[[], bytes]:
    """Built, and its libraries loaded, only when somebody clicks."""

    def make() -> bytes:
        data: bytes = getattr(import_module(f"dashboard.exports.{module}"), maker)(snapshot)
        return data

    return make
