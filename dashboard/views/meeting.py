"""会议: deciding about projects one by one, the words to read aloud, and everything to take away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import escape
from importlib import import_module

import streamlit as st

from dashboard import look, state, widgets
from dashboard.analysis import review
from dashboard.analysis.review import Sought
from dashboard.analysis.scope import Scope
from dashboard.clickable import clickable
from dashboard.dossier import Case, Dossier, dossier
from dashboard.filters import filters, standard
from dashboard.markup.upload import moment
from dashboard.pages import go
from dashboard.speech import speech
from dashboard.store import WORDS, Condition, StoreError
from dashboard.views import give_back
from dashboard.views.aside import NAME
from dashboard.views.empty import empty

MOST = 50  # findings to make conditions of
FILES = (  # what it is called, its ending, and what makes it
    ("演示文稿", "pptx", "pptx", "pptx"),
    ("演示文稿", "html", "deck", "page"),
    ("简报", "docx", "brief", "brief"),
    ("审核意见", "docx", "opinion", "opinion"),
    ("会议纪要", "docx", "minutes", "minutes"),
    ("数据", "xlsx", "workbook", "workbook"),
)


def page() -> None:
    with st.container(horizontal=True, key="bar", vertical_alignment="center"):
        here = filters()
    told = dossier(state.store(), here, standard(), date.today())
    if not told.facts.projects:
        return empty(here)
    left_over = told.facts.projects - len(told.verdicts)
    widgets.headline(
        f"尚未通过的金额 {look.spoken(told.at_risk)}，还有 {left_over:,} 个项目没有决定",
        f"共 {told.facts.projects:,} 个项目，{look.spoken(told.facts.budget_fen)}。点一个项目作决定。",
    )
    left, right = st.columns([7, 5], border=True)
    with left:
        _projects(told)
        give_back.choose(told.scope)
    with right:
        _words(told)
        _files(told)


def _projects(told: Dossier) -> None:
    widgets.panel_title("按金额排列", "项目、当年预算、要问的问题、决定")
    html = f'<table class="list findings"><tbody>{"".join(map(_line, told.cases))}</tbody></table>'
    if told.beyond:
        html += f'<p class="quiet">只列预算最大的 {len(told.cases)} 个，另有 {told.beyond:,} 个。</p>'
    clicked = clickable(f'<div class="pane wide">{html}</div>', "deciding")
    kind, _, key = (clicked or "").partition(":")
    if kind == "decide":
        case = next((case for case in told.cases if case.key == key), None)
        if case:
            decide(case)


def _line(case: Case) -> str:
    one, key = case.verdict, escape(case.key)
    said = f"{one.verdict}（{one.who}）" if one else "未决定"
    return (
        f'<tr data-value="decide:{key}"><td><b>{escape(said)}</b></td>'
        f"<td>{look.spoken(case.matrix['budget_fen'])}</td>"
        f"<td><b>{escape(case.project.name)}</b><p>质询 {len(case.questions)} 条</p></td>"
        f'<td><a role="button" data-value="decide:{key}">决定</a></td></tr>'
    )


@st.dialog("决定", width="large")
def decide(case: Case) -> None:
    """Ask what is decided about a project, under which conditions and by whom; what was decided before.
    Keys are the project's own, so that nothing half written about one is said of another."""
    st.html(f"<p><b>{escape(case.project.name)}</b>　{look.spoken(case.matrix['budget_fen'])}</p>")
    said = st.radio("决定", WORDS, index=None, horizontal=True, key=f"verdict-{case.key}")
    sought = Sought(key=case.key)
    rows = state.store().rows(review.ranked(Scope(), standard().name, sought, limit=MOST))
    advice = {row["ident"]: row["advice"] for row in rows}
    messages = {row["ident"]: row["message"] for row in rows}
    chosen = st.multiselect(
        "条件（来自审核发现）", list(messages), format_func=messages.__getitem__, key=f"tied-{case.key}"
    )
    tied = [
        Condition(
            st.text_input(f"条件：{messages[ident]}", advice[ident], key=f"tied-{case.key}-{ident}"), ident
        )
        for ident in chosen
    ]
    free = st.text_area("其他条件，每行一条", key=f"conditions-{case.key}")
    who = st.text_input("决定人", st.session_state.get(NAME, ""), key=f"verdict-who-{case.key}")
    if st.button("确定", type="primary", key=f"verdict-go-{case.key}"):
        _keep(case, said or "", [*tied, *map(Condition, free.splitlines())], who)
    _history(case)


def _keep(case: Case, said: str, conditions: list[Condition], who: str) -> None:
    seen = case.verdict.action if case.verdict else None
    try:
        state.store().resolve(case.key, said, conditions, who, seen)
    except (ValueError, StoreError) as error:
        st.error(f"{error}。")
        return
    st.session_state[NAME] = who.strip()
    st.rerun()


def _history(case: Case) -> None:
    for one in state.store().verdict_history(case.key):
        gone = "" if one.stands else "（已撤销）"
        terms = "；".join(each.text for each in one.conditions)
        st.html(f"<p>{escape(f'{moment(one.made)}　{one.who}：{one.verdict}{gone}　{terms}')}</p>")
    if case.verdict and st.button(f"撤销“{case.verdict.verdict}”", key=f"verdict-undo-{case.key}"):
        try:
            state.store().undo(case.verdict.action, st.session_state.get(NAME) or state.WHO)
        except StoreError as error:
            st.error(f"{error}。")
            return
        st.rerun()


def _words(told: Dossier) -> None:
    widgets.panel_title("半页讲话稿", "点一句看它的数从哪里来")
    lines = speech(told)
    html = "".join(f'<p role="button" data-value="{n}">{escape(one.text)}</p>' for n, one in enumerate(lines))
    clicked = clickable(f'<div class="words">{html}</div>', "words")
    if clicked and clicked.isdigit() and int(clicked) < len(lines):
        go(lines[int(clicked)].page, **dict(lines[int(clicked)].query))


def _files(told: Dossier) -> None:
    with st.container(horizontal=True, key="take-away"):
        for name, ending, module, maker in FILES:
            st.download_button(
                f"{name}.{ending}",
                _made(told, module, maker),
                f"{told.title}{name}.{ending}",
                key=f"take-{module}-{maker}",
                on_click="ignore",
            )
        if st.button("审核清单 ›", key="take-findings"):
            go("review")


def _made(told: Dossier, module: str, maker: str) -> Callable[[], bytes]:
    """Built, and its libraries loaded, only when somebody clicks."""

    def make() -> bytes:
        data: bytes = getattr(import_module(f"dashboard.exports.{module}"), maker)(told)
        return data

    return make
