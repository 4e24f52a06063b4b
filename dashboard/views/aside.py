"""Setting a finding aside, with reason and name, and taking that back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from dashboard import state
from dashboard.markup.review import badge, quoted
from dashboard.store import StoreError

Row = Mapping[str, Any]
NAME = "my-name"  # what the reader signed with last


def made(rows: Sequence[Row]) -> dict[int, str]:
    """When those of the findings that are set aside were: action → moment."""
    if not any(row["aside"] for row in rows):
        return {}
    said = state.store().judgements()
    return dict(zip(said["action"], said["made"], strict=True))


@st.dialog("搁置这一处", width="medium")
def ask(row: Row) -> None:
    """Ask why and by whom a finding is set aside."""
    st.html(
        f'<div class="asked"><p>{badge(row["severity"])}<b>{escape(row["name"])}</b></p>'
        f"<p>{quoted(row['message'], row['quote'])}</p></div>"
    )
    reason = st.text_area("理由", key="aside-reason", placeholder="例如：主管部门已说明，按合同执行")
    who = st.text_input("姓名", st.session_state.get(NAME, ""), key="aside-who")
    st.html('<p class="quiet">搁置后不再计入各处的数目，在“已搁置”里可以看到和撤销。</p>')
    if not st.button("搁置", type="primary", key="aside-go"):
        return
    try:
        state.store().set_aside(row["key"], row["ident"], reason, who)
    except (ValueError, StoreError) as error:
        st.error(f"{error}。")
        return
    st.session_state[NAME] = who.strip()
    st.rerun()


def undo(action: str) -> None:
    """Take a judgement back; ``action``: its number as a click says it."""
    if not action.isdigit():
        return
    try:
        state.store().undo(int(action), st.session_state.get(NAME) or state.WHO)
    except StoreError as error:
        st.toast(str(error))
        return
    st.rerun()
