"""One project beside its original: what to ask about it, its table with what was found, and the rest below.

``?at=`` lights a value, ``?slot=`` a category of indicators. The original is the page as it is seen, where
the file has pages, or the grid (``?side=grid``); ``?page=`` turns to a page. What people decide about repairs
makes a new version.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from dashboard.components import source_pane, widgets
from dashboard.components.clickable import clickable
from dashboard.components.filters import choose_standard, standard
from dashboard.components.markdown import escape_markdown
from dashboard.components.retry import retry_while_busy
from dashboard.html import findings, listing, paper, questions, sums
from dashboard.html import project as project_html
from dashboard.html.indicators import indicators, path_of, unprinted_id
from dashboard.html.notes import Notes
from dashboard.html.original import cell_id
from dashboard.queries import parameters, projects
from dashboard.session import cache, url_state
from dashboard.session.pages import go
from dashboard.store import StoreError, StoreMissing, project_key
from dashboard.views import dismissals, give_back
from dashboard.views.project_notes import project_notes
from dashboard.wording.caption import of_project
from parsing import BOOK, SLOTS, Project, Review, decide_repair, review
from parsing import questions as ask

Row = dict[Any, Any]
SECTIONS = "sec-"


def page(key: str) -> None:
    """The project of this key; says so where there is none."""
    with st.container(horizontal=True, key="bar", vertical_alignment="center"):
        with st.container(key="filters", horizontal=True, gap="small", width="content"):
            choose_standard()
        if st.button("‹ 全部项目", key="back"):
            go("projects")
        ways = st.container(key="give-back", horizontal=True, gap="small", width="content")
    version = url_state.number("version")
    try:
        project = cache.store().project(key, version)
    except StoreMissing as error:
        widgets.nothing(str(error), "它可能已被移出或撤销；导入记录里可以恢复。", "projects", "看全部项目")
        return
    versions = cache.store().versions(key).to_dict("records")
    shown = next((r for r in versions if (r["version_id"] == version if version else r["current"])), None)
    found = review(project, standard())
    notes = project_notes(key, project, standard(), found, shown is not None and bool(shown["current"]))
    if notes.open and shown:
        with ways:
            give_back.project(int(shown["upload_id"]), key)
        give_back.outcome(key)
    doubled = notes.open and bool(cache.rows(projects.doubled, key))
    sample = shown is not None and bool(shown["sample"])
    above = of_project(project.unit, project.year, sample, standard().title, date.today())
    widgets.headline(*project_html.title(project, notes, standard(), doubled), above)
    if len(versions) > 1 and (clicked := clickable(listing.versions(versions, version), f"versions-{key}")):
        go("projects", id=key, version=clicked)
    _drill(key, project, shown, notes, found)


def _drill(key: str, project: Project, shown: Row | None, notes: Notes, found: Review) -> None:
    slot = url_state.read("slot")
    slot = slot if slot in SLOTS else ""
    at = url_state.read("at") or path_of(project, slot)
    place = project.find(at)
    upload = int(shown["upload_id"]) if shown else None
    page, side = source_pane.source_pane(project, upload, (place or project.place)[2:4])
    body = (
        f"{_questions(key, project, notes, found)}{project_html.facts(project, notes)}"
        f'<div class="drill"><div>{_sections(project, notes, found)}</div>{side}</div>'
    )
    lit = cell_id((place.row, place.column)) if place else unprinted_id(slot)
    clicked = clickable(body, f"drill-{key}-{url_state.number('version')}", lit)
    if not clicked:
        return
    kind, _, value = clicked.partition(":")
    if kind == "repair" and notes.open and shown:
        _decide(project, int(shown["version_id"]), value)
    elif kind in ("page", "side"):
        url_state.write(kind, None if value == "page" else value)
        st.rerun()
    elif kind in ("aside", "undo", "declare", "rule", "find"):
        _act(kind, value, key, project, notes)
    elif clicked != at:
        url_state.write("at", clicked)
        url_state.write("page", None)
        where = project.find(clicked)
        if page and where and paper.page_of(project, where[2:4]) not in (page, None):
            st.rerun()


def _questions(key: str, project: Project, notes: Notes, found: Review) -> str:
    """Made from what is open, but for what is said of the reading."""
    every = cache.store().findings(key, standard().name) if notes.open else found.findings
    return questions.cards(project, ask(project, [one for one in every if not one.rule.startswith("X")]))


def _sections(project: Project, notes: Notes, found: Review) -> str:
    """What stands beside the original, one below the other, with a bar that leads to each."""
    made = dismissals.made(notes.findings)
    rows = [row for row in notes.content if not row["aside"]]
    mended = sum(repair.holds for repair in project.repairs)
    marked = f"{project_html.repairs(project, notes.open)}{findings.reading(project, notes, made)}"
    parts = (
        ("table", "指标表", None, indicators(project, notes)),
        ("goals", "目标", None, project_html.goals(project, notes)),
        ("findings", "审核意见", len(rows), findings.findings(project, notes, made)),
        ("sums", "算账核对", len(found.equations), sums.equations(project, found.equations)),
        (
            "promises",
            "目标与指标对照",
            len(found.promises),
            sums.promises(project, found.promises, found.unpromised),
        ),
        ("repairs", "修复", mended, marked),
        ("unchecked", "未检查", len(found.unchecked), findings.unchecked(found.unchecked)),
    )
    names = [(name, f"{title} {count}" if count else title, html) for name, title, count, html in parts]
    links = (f'<a role="button" data-jump="{SECTIONS}{name}">{title}</a>' for name, title, _ in names)
    heads = ("", *(f"<h2>{title}</h2>" for _, title, _ in names[1:]))
    body = (
        f'<section id="{SECTIONS}{name}">{head}{html}</section>'
        for head, (name, _, html) in zip(heads, names, strict=True)
    )
    return f'<nav class="jumps">{"".join(links)}</nav>{"".join(body)}'


def _act(kind: str, value: str, key: str, project: Project, notes: Notes) -> None:
    """What somebody clicked in the list of findings or at an empty category."""
    if kind == "rule" and value in BOOK:
        go("review", rule=value)
    elif kind == "find":
        go("projects", q=value)
    elif notes.open and kind == "undo":
        dismissals.undo(value)
    elif notes.open and kind == "declare" and value in SLOTS:
        dismissals.declare(key, project.title, value)
    elif notes.open and kind == "aside":
        row = next((row for row in notes.findings if str(row["seq"]) == value and not row["aside"]), None)
        if row:
            dismissals.ask(row)


def _decide(project: Project, version_id: int, value: str) -> None:
    """``value``: NUMBER:DECISION, of a repair."""
    said, _, decision = value.partition(":")
    number = parameters.number(said)
    if number is None or decision not in ("", "accepted", "undone"):
        return
    store = cache.store()
    try:
        done = retry_while_busy(lambda: store.decide(version_id, number, decision, cache.WHO))  # type: ignore[arg-type]
    except StoreError as error:
        st.toast(escape_markdown(str(error)))
        return
    if done:
        if (now := decide_repair(project, int(number), decision)).year != project.year:  # type: ignore[arg-type]
            url_state.write("id", project_key(now))
        url_state.write("version", None)
        url_state.write("page", None)
        url_state.write("at", project.repairs[number].path or None)
        st.rerun()
