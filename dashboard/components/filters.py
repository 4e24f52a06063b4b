"""The filter bar: the standard in use, and year, department, unit and type; kept in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.components.markdown import escape_markdown
from dashboard.queries.scope import FIELDS, UNNAMED, Scope, from_query
from dashboard.queries.totals import options
from dashboard.session import cache, url_state
from dashboard.wording.caption import Caption, caption

if TYPE_CHECKING:
    from parsing import Standard

ALL = {
    "year": "全部年度",
    "department": "全部部门",
    "unit": "全部单位",
    "project_type": "全部类型",
    "end": "全部到期年",
    "sub_type": "全部细类",
}
ANY = ""
RARE = ("end", "sub_type")  # shown only once a chart has set it
SUFFIX = {"year": " 年度", "end": " 年到期"}


def filters() -> Scope:
    """Draw the filters that have something to choose, and say what is chosen.

    Each stands on those before it: a value that does not occur there is dropped, and leaves the address.
    """
    wanted = from_query({key: url_state.read(key) or "" for key in url_state.FILTERS})
    here = Scope()
    with st.container(key="filters", horizontal=True, gap="small", width="content"):
        for field, (parameter, _) in FIELDS.items():
            found = [row["value"] for row in cache.rows(options, here, field)]
            values = [one for one in found if one is not None] + [UNNAMED] * (None in found)
            value = getattr(wanted, field)
            if value not in values:
                value = None
                if url_state.read(parameter):
                    url_state.write(parameter, None)
            if value is not None or (len(values) > 1 and field not in RARE):
                _choice(field, parameter, values, value)
            if value is not None:
                here = replace(here, **{field: value})
        choose_standard()
    return here


def standard() -> Standard:
    """The standard that the address names, else the default one."""
    known = cache.store().standards().known
    return known.get(url_state.read("standard") or "") or next(iter(known.values()))


def whose(scope: Scope, whole: Mapping[str, Any]) -> Caption:
    """Whose the numbers of a page are; ``whole``: as of ``session.cache.whole``."""
    return caption(scope, whole, standard().title, date.today())


def dated() -> Caption:
    """Standard and date alone, where a page is of nobody's numbers."""
    return Caption("", "", "", "", "", standard().title, date.today().isoformat())


def clear() -> None:
    """Open all filters."""
    for parameter in url_state.FILTERS:
        url_state.write(parameter, None)


def _choice(field: str, parameter: str, values: list[str | int], value: str | int | None) -> None:
    key = f"filter-{parameter}"
    st.session_state[key] = value or ANY

    def changed() -> None:
        chosen = st.session_state[key]
        url_state.write(parameter, None if chosen == ANY else str(chosen))

    def words(one: str | int) -> str:
        if one == UNNAMED:
            return f"{label}{UNNAMED}"
        return ALL[field] if one == ANY else f"{one}{SUFFIX.get(field, '')}"

    label = ALL[field].removeprefix("全部")
    choices = [ANY, *values]
    st.selectbox(
        escape_markdown(label),
        choices,
        format_func=words,
        key=key,
        on_change=changed,
        label_visibility="collapsed",
        width=300,
    )


def choose_standard() -> None:
    """The choice of standard: always there, so that every page says by which one it speaks. Files that are
    none stand in it too: who chooses one is told why (see ``fallback``)."""
    shelf, key = cache.store().standards(), "filter-standard"
    default, asked = next(iter(shelf.known)), url_state.read("standard")
    st.session_state[key] = asked if asked in (*shelf.known, *shelf.wrong) else default

    def changed() -> None:
        chosen = st.session_state[key]
        url_state.write("standard", None if chosen == default else chosen)

    def words(name: str) -> str:
        return f"{name}.toml（读不出来）" if name not in shelf.known else shelf.known[name].title

    st.selectbox(
        "审核标准",
        [*shelf.known, *(name for name in shelf.wrong if name not in shelf.known)],
        format_func=words,
        key=key,
        on_change=changed,
        label_visibility="collapsed",
        width=300,
    )


def fallback() -> str:
    """That the standard which was chosen is not the one that holds, and why; nothing where it is."""
    shelf = cache.store().standards()
    asked = url_state.read("standard") or next(iter(shelf.known))
    if asked in shelf.known and asked not in shelf.wrong:
        return ""
    why = shelf.wrong.get(asked) or f"没有名为“{asked}”的审核标准，文件可能已被移走或改名"
    return f"所选的审核标准没有采用，这里按“{standard().title}”。{why}。"
