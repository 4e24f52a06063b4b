"""The rates of copying on the page of findings."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.analysis import copied
from dashboard.analysis.copied import Copied
from dashboard.analysis.scope import Scope
from dashboard.clickable import clickable
from dashboard.look import Unit
from dashboard.markup import copied as markup
from dashboard.pages import go


def show(here: Scope, unit: Unit, by_money: bool, projects: int) -> None:
    """The rates of a scope; a click leads to the first place in a project."""
    most = f"只看预算最大的 {copied.MOST:,} 个项目。" if projects > copied.MOST else ""
    note = f'<p class="quiet">{most}相同不一定有错：这里只说有多少、在哪里，供酌情核对。</p>'
    html = note + markup.rates(_rates(state.version(), here), unit, by_money)
    clicked = clickable(f'<div class="pane wide">{html}</div>', "copied") or ""
    kind, _, value = clicked.partition(":")
    key, _, path = value.partition(":")
    if kind == "go":
        go("projects", id=key, at=path)


@st.cache_resource(max_entries=32, show_spinner=False)
def _rates(version: int, here: Scope) -> list[Copied]:
    return copied.rates(state.store().rows(copied.outlines(here)))
