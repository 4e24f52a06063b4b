"""The samples: one click takes them out of everything that counts, and one brings them back."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.patience import patiently
from dashboard.queries import totals
from dashboard.queries.scope import Scope
from dashboard.samples import bring


def offer() -> None:
    """The click that takes them out, where some count, else the one that shows them."""
    if state.rows(totals.totals, Scope())[0]["samples"]:
        if st.button("移出示例数据", key="no-samples"):
            patiently(lambda: state.store().withdraw_samples(state.WHO))
            st.rerun()
    elif st.button("显示示例数据", key="samples"):
        patiently(lambda: bring(state.store(), state.WHO))
        st.rerun()
