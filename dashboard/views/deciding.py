"""The dialog in which a meeting decides about one project, and how a decision is taken back."""

from __future__ import annotations

from html import escape
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from dashboard.components.clickable import clickable
from dashboard.components.filters import standard
from dashboard.components.markdown import escape_markdown
from dashboard.components.retry import retry_while_busy
from dashboard.html import deciding as deciding_html
from dashboard.queries import parameters, review
from dashboard.queries.findings import tied
from dashboard.queries.review import FindingFilter
from dashboard.queries.scope import Scope
from dashboard.session import cache
from dashboard.session.pages import go
from dashboard.store import WORDS, Condition, StoreConflict, StoreError, Verdict
from dashboard.views.dismissals import NAME
from dashboard.wording.formatting import clip, format_amount

MOST = 50  # findings to make conditions of
Row = dict[str, Any]


def ask(key: str, name: str, budget_fen: int | None) -> None:
    """Open the dialog, with what was decided before as it is now."""
    st.session_state.pop(_opened(key), None)
    decide(key, name, budget_fen)


@st.dialog("会议决定", width="large")
def decide(key: str, name: str, budget_fen: int | None) -> None:
    """Ask what is decided about a project, under which conditions and by whom; below, what was before.
    Keys are the project's own, so that nothing half written about one is said of another."""
    held = cache.store().verdicts([key]).get(key)
    before, seen = st.session_state.setdefault(_opened(key), (held, held.action if held else None))
    st.html(f'<p class="about"><b>{escape(name)}</b>　{format_amount(budget_fen)}</p>')
    index = WORDS.index(before.verdict) if before else None
    said = st.radio("决定", WORDS, index, horizontal=True, key=f"verdict-{key}")
    conditions = _conditions(key, before)
    who = st.text_input(
        "决定人", before.who if before else st.session_state.get(NAME, ""), key=f"verdict-who-{key}"
    )
    if st.button("确定", type="primary", key=f"verdict-go-{key}"):
        _keep(key, said or "", conditions, who, (before, seen))
    _history(key)


def _opened(key: str) -> str:
    """Where the session keeps the verdict that the dialog began with, and the action of the one that its
    reader has seen."""
    return f"verdict-opened-{key}"


def _conditions(key: str, before: Verdict | None) -> list[Condition]:
    rows = cache.rows(review.ranked, Scope(), standard().name, FindingFilter(key=key), MOST, 0, "severity")
    found = {row["ident"]: row for row in rows}
    old = {condition.ident: condition.text for condition in before.conditions} if before else {}
    chosen = st.multiselect(
        "条件（从审核发现中选）",
        list(found),
        [ident for ident in old if ident in found],
        format_func=lambda ident: f"{found[ident]['rule']}　{found[ident]['message']}",
        placeholder=f"{len(found)} 条审核意见" if found else "这个项目没有审核意见",
        key=f"tied-{key}",
    )
    about = [_tied(key, found[ident], old.get(ident)) for ident in chosen]
    rest = [one.text for one in before.conditions if one.ident not in found] if before else []
    free = st.text_area("其他条件，每行一条", "\n".join(rest), height=90, key=f"conditions-{key}")
    return [*about, *map(Condition, free.splitlines())]


def _tied(key: str, row: Row, text: str | None) -> Condition:
    """The words of a condition about a finding, and the way to its cell, which leaves the dialog as it is."""
    label = f"{row['rule']}　{clip(row['message'], 40)}"
    left, right = st.columns([5, 1], vertical_alignment="bottom")
    said = left.text_input(escape_markdown(label), text or row["advice"], key=f"tied-{key}-{row['ident']}")
    right.link_button("看单元格", f"projects?{urlencode({'id': key, 'at': row['path']})}")
    return Condition(said, row["ident"])


def _keep(
    key: str, said: str, conditions: list[Condition], who: str, opened: tuple[Verdict | None, int | None]
) -> None:
    before, seen = opened
    try:
        retry_while_busy(lambda: cache.store().resolve(key, said, conditions, who, seen))
    except StoreConflict as error:
        other = cache.store().verdicts([key]).get(key)
        st.session_state[_opened(key)] = (before, other.action if other else None)
        again = "您写的都还在：再点“确定”就以您的为准，别人的决定留在下面的记录里。"
        st.error(escape_markdown(f"{error}。{again}"))
    except (ValueError, StoreError) as error:
        st.error(escape_markdown(f"{error}。"))
    else:
        st.session_state[NAME] = who.strip()
        st.rerun()


def _history(key: str) -> None:
    every = cache.store().verdict_history(key)
    if not every:
        return
    now = {one.key: one for one in every[::-1] if one.stands}
    st.html("<h4>决定记录</h4>")
    clicked = clickable(deciding_html.log(every, now, findings(every)), f"verdict-log-{key}")
    follow(clicked)


def findings(verdicts: list[Verdict]) -> deciding_html.Tied:
    """The findings that their conditions are about."""
    idents = sorted(
        {condition.ident for verdict in verdicts for condition in verdict.conditions if condition.ident}
    )
    rows = cache.rows(tied, tuple(idents), standard().name) if idents else []
    return {(row["key"], row["ident"]): row for row in rows}


def follow(clicked: str | None) -> None:
    """To the cell of a condition, or take a decision back: what a click in ``html.deciding`` says."""
    kind, _, value = (clicked or "").partition(":")
    if kind == "go":
        key, _, path = value.partition(":")
        go("projects", id=key, at=path)
    elif kind == "undo" and (action := parameters.number(value)) is not None:
        try:
            retry_while_busy(lambda: cache.store().undo(action, st.session_state.get(NAME) or cache.WHO))
        except StoreError as error:
            st.error(escape_markdown(f"{error}。"))
            return
        st.rerun()
