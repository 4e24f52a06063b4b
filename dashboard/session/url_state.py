"""What a reader chose lives in the address, and goes along from page to page.

The navigation bar drops the query string; so the session remembers what was chosen last and puts it
back when a page is entered without it. Values are plain text and never trusted.
"""

from __future__ import annotations

import streamlit as st

from dashboard.queries import parameters

FILTERS = ("year", "department", "unit", "type", "end", "sub")
KEPT = (*FILTERS, "money", "by", "standard")
_MEMORY = "address"
_PAGE = "address-page"


def enter(page: str) -> None:
    """Call once a run, before anything reads: ``page`` is the address of the page being run."""
    memory: dict[str, str] = st.session_state.setdefault(_MEMORY, {})
    moved = st.session_state.get(_PAGE) not in (None, page)
    st.session_state[_PAGE] = page
    found = {key: value for key in KEPT if (value := read(key))}
    if moved:
        for key, value in memory.items():
            if key not in found:
                st.query_params[key] = value
        found = {**memory, **found}
    st.session_state[_MEMORY] = found


def read(parameter: str) -> str | None:
    """The value in the address, or None: what is odd is nobody's choice."""
    return parameters.text(st.query_params.get_all(parameter))


def number(parameter: str) -> int | None:
    """The whole number in the address, or None."""
    return parameters.number(read(parameter))


def write(parameter: str, value: str | None) -> None:
    """Set a value in the address, or take it out."""
    if value:
        st.query_params[parameter] = value
    else:
        st.query_params.pop(parameter, None)
    if parameter in KEPT:
        memory: dict[str, str] = st.session_state.setdefault(_MEMORY, {})
        if value:
            memory[parameter] = value
        else:
            memory.pop(parameter, None)
