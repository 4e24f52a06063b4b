"""Judgements with reason and name: a finding set aside, a category not applicable; and taking them back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from dashboard.components.markdown import escape_markdown
from dashboard.components.retry import retry_while_busy
from dashboard.html.review import badge, quoted
from dashboard.queries import parameters
from dashboard.session import cache
from dashboard.store import StoreError

Row = Mapping[str, Any]
NAME = "my-name"  # what the reader signed with last


def made(rows: Sequence[Row]) -> dict[int, str]:
    """When those of the findings that are set aside were: action → moment."""
    if not any(row["aside"] for row in rows):
        return {}
    judgements = cache.store().judgements()
    return dict(zip(judgements["action"], judgements["made"], strict=True))


@st.dialog("搁置这一条", width="medium")
def ask(row: Row) -> None:
    """Ask why and by whom a finding is set aside."""
    st.html(
        f'<div class="asked"><p>{badge(row["severity"])}<b>{escape(row["name"])}</b></p>'
        f"<p>{quoted(row['message'], row['quote'])}</p></div>"
    )
    after = "搁置后不再计入任何数目，在“已搁置”里可以看到和撤销。"
    _sign(
        "aside",
        "搁置",
        ("主管部门已说明，按合同执行", after),
        lambda reason, who: cache.store().set_aside(row["key"], row["ident"], reason, who),
    )


@st.dialog("声明不适用", width="medium")
def declare(key: str, name: str, slot: str) -> None:
    """Ask why and by whom a category is said to be of no use in a project."""
    st.html(f'<div class="asked"><p><b>{escape(name)}</b></p><p>不需要设置{escape(slot)}指标</p></div>')
    after = "声明后这一格不再算空缺，显示为“不适用”和理由，可以撤销。"
    _sign(
        "declare",
        "声明不适用",
        ("内部管理事项，没有服务对象", after),
        lambda reason, who: cache.store().declare(key, slot, reason, who),
    )


def _sign(kind: str, label: str, words: tuple[str, str], judge: Callable[[str, str], int]) -> None:
    """Reason and name, without which nothing is kept. ``words``: an example of a reason, and what happens."""
    reason = st.text_area("理由", key=f"{kind}-reason", placeholder=f"例如：{words[0]}")
    who = st.text_input("姓名", st.session_state.get(NAME, ""), key=f"{kind}-who")
    st.html(f'<p class="quiet">{words[1]}</p>')
    if not st.button(escape_markdown(label), type="primary", key=f"{kind}-go"):
        return
    try:
        retry_while_busy(lambda: judge(reason, who))
    except (ValueError, StoreError) as error:
        st.error(escape_markdown(f"{error}。"))
        return
    st.session_state[NAME] = who.strip()
    st.rerun()


def undo(action: str) -> None:
    """Take a judgement back; ``action``: its number as a click says it."""
    number = parameters.number(action)
    if number is None:
        return
    try:
        retry_while_busy(lambda: cache.store().undo(number, st.session_state.get(NAME) or cache.WHO))
    except StoreError as error:
        st.toast(escape_markdown(str(error)))
        return
    st.rerun()
