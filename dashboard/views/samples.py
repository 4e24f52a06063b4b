"""The samples: one click takes them out of everything that counts, and one brings them back."""

from __future__ import annotations

import streamlit as st

from dashboard.components.retry import retry_while_busy
from dashboard.ingest.samples import bring
from dashboard.queries import totals
from dashboard.queries.scope import Scope
from dashboard.session import cache


def offer() -> None:
    """The click that takes them out, where some count, else the one that shows them."""
    if cache.rows(totals.totals, Scope())[0]["samples"]:
        if st.button("移出示例数据", key="no-samples"):
            retry_while_busy(lambda: cache.store().withdraw_samples(cache.WHO))
            st.rerun()
    elif st.button("显示示例数据", key="samples"):
        retry_while_busy(lambda: bring(cache.store(), cache.WHO))
        st.rerun()
