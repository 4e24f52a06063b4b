"""The rule book on the page of findings: one rule, all rules, and what was not checked."""

from __future__ import annotations

import streamlit as st

from dashboard.components import widgets
from dashboard.components.clickable import clickable
from dashboard.html import rulebook as rulebook_html
from dashboard.queries import review
from dashboard.queries.review import FindingFilter
from dashboard.queries.scope import Scope
from dashboard.queries.unchecked import unchecked
from dashboard.session import cache, url_state
from parsing import BOOK, Measured, Standard, measured

LOOKED = 200  # projects, those with the most money, that are asked for what was not checked


def card(scope: Scope, standard: Standard, code: str) -> str:
    """One rule's page as HTML, to stand above its findings."""
    figures = measured().get(code, Measured())
    return rulebook_html.page(BOOK[code], figures, standard, _unchecked(scope, standard).get(code, {}))


def book(scope: Scope, standard: Standard) -> None:
    """The whole rule book with what each rule found in this scope."""
    with st.container(horizontal=True, key="ways", vertical_alignment="center"):
        if st.button("‹ 返回审核清单", key="back"):
            url_state.write("rule", None)
            st.rerun()
        widgets.notices([widgets.PROOF])
    rows = cache.rows(review.rules, scope, standard.name, FindingFilter(of="all"))
    hits = {row["rule"]: row["findings"] for row in rows}
    figures: dict[str, Measured] = measured()
    html = rulebook_html.book(figures, hits, _unchecked(scope, standard), standard)
    if clicked := clickable(html, "book"):
        url_state.write("rule", clicked.partition(":")[2])
        st.rerun()


def checked(scope: Scope, standard: Standard, projects: int, partial: int) -> None:
    """Where nothing was found: what was checked, and what was not."""
    rules = len(set(BOOK) - set(standard.off))
    st.html(rulebook_html.checked(rules, projects, partial, standard, _unchecked(scope, standard)))


def _unchecked(scope: Scope, standard: Standard) -> dict[str, dict[str, int]]:
    return _asked(cache.version(), scope, standard.name, standard)


@st.cache_resource(max_entries=32, show_spinner=False)
def _asked(version: int, scope: Scope, name: str, _standard: Standard) -> dict[str, dict[str, int]]:
    keys = [row["key"] for row in cache.rows(review.quadrant, scope, name, FindingFilter(), LOOKED)]
    return unchecked((cache.store().project(key) for key in keys), _standard)
