"""Pages of files as they came in, drawn when somebody looks at them."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from parsing import Picture


@st.cache_resource(max_entries=64, show_spinner=False)
def drawn(upload_id: int, file: str, page: int) -> Picture:
    """Page ``page`` (from 1) of an upload; ``file`` as in a place. Raises ReadError where there is none."""
    return state.readers().picture(file, state.store().bytes_of(upload_id), page)
