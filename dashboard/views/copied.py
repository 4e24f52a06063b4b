"""The rates of copying on the page of findings."""

from __future__ import annotations

import streamlit as st

from dashboard.components import widgets
from dashboard.components.clickable import clickable
from dashboard.html import copied as copied_html
from dashboard.queries import copied
from dashboard.queries.copied import CopiedGoals
from dashboard.queries.scope import Scope
from dashboard.session import cache
from dashboard.session.pages import go
from dashboard.wording.caption import Caption
from dashboard.wording.formatting import Unit, format_share


def show(scope: Scope, unit: Unit, by_money: bool, projects: int) -> None:
    """The rates of a scope; a click leads to the first place in a project."""
    most = f"只看预算最大的 {copied.MOST:,} 个项目。" if projects > copied.MOST else ""
    found = _rates(cache.version(), scope)
    widgets.panel_title(_most(found), f"{most}相同不一定有错，供酌情核对；点一类看是哪些项目")
    html = copied_html.rates(found, unit, by_money)
    clicked = clickable(f'<div class="pane wide rates">{html}</div>', "copied") or ""
    kind, _, value = clicked.partition(":")
    key, _, path = value.partition(":")
    if kind == "go":
        go("projects", id=key, at=path)


def _most(found: list[CopiedGoals]) -> str:
    """The largest rate, as a title."""
    worst = max((one for one in found if one.rows), key=lambda one: len(one.rows) / one.of, default=None)
    return f"{worst.title}的占 {format_share(len(worst.rows), worst.of)}" if worst else "没有雷同"


@st.cache_resource(max_entries=32, show_spinner=False)
def _rates(version: int, scope: Scope) -> list[CopiedGoals]:
    return copied.rates(cache.store().rows(copied.outlines(scope)))


def download(scope: Scope, above: Caption) -> None:
    """A button for the rows behind the rates."""

    def workbook() -> bytes:
        from dashboard.exports.copied import workbook

        outlines = cache.store().rows(copied.outlines(scope))
        found = copied.rates(outlines)
        rows = copied.listed(outlines, found)
        long = any(len(one.rows) > copied.LISTED for one in found)
        most = f"，每类只列前 {copied.LISTED:,} 处" if long else ""
        return workbook(rows, f"{above.line}　共 {len(rows):,} 处{most}")

    name = above.file("雷同清单", "xlsx")
    st.download_button("下载雷同清单", workbook, name, key="copied-xlsx", on_click="ignore")
