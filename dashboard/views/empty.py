"""What a page shows when no project is left to show."""

from __future__ import annotations

import streamlit as st

from dashboard.components import widgets
from dashboard.components.filters import clear
from dashboard.queries.scope import Scope
from dashboard.views import samples


def empty(scope: Scope) -> None:
    """No project at all: say how to bring one in; none in this scope: offer to open the filters."""
    if scope == Scope():
        advice = "把《项目绩效目标表》拖到这个窗口的任何地方，或点下面的按钮选择文件。"
        widgets.nothing("还没有项目", advice, "upload", "导入绩效目标表")
        with st.container(key="nothing-more"):
            return samples.offer()
    widgets.nothing("没有符合条件的项目", "请放宽上面的筛选条件。")
    if st.button("清除全部筛选", key="clear"):
        clear()
        st.rerun()
