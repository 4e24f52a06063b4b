"""The frame around every page: style, navigation, drop target, and the sentence instead of a traceback."""

from __future__ import annotations

import logging

import streamlit as st

from dashboard import theme
from dashboard.components import dropzone
from dashboard.components.filters import fallback
from dashboard.components.markdown import escape_markdown
from dashboard.components.retry import retry_while_busy
from dashboard.session import cache, url_state
from dashboard.session.pages import PAGES, go, page
from dashboard.store import StoreBusy, StoreError

OPENS = "空闲后这一页自动打开。"
BEHIND = "这里的审核意见还不是最新的，数据库空闲后自动更新。"
logger = logging.getLogger("dashboard")


def frame() -> None:
    """Draw the frame and run the page that the address names."""
    st.set_page_config(page_title="绩览", layout="wide")
    for sheet in theme.STYLES:
        st.html(sheet)
    try:
        retry_while_busy(cache.store, OPENS)
        fresh = _wait()
    except StoreError as error:
        st.error(escape_markdown(f"{error}。"))
        return
    current = st.navigation([page(entry) for entry in PAGES], position="top")
    url_state.enter(current.url_path)
    if dropzone.dropzone() and current.url_path != "upload":
        go("upload")
    try:
        if instead := fallback():
            st.warning(escape_markdown(instead))
        current.run()
        cache.freeze()
        if not fresh:
            retry_while_busy(cache.store().settle, BEHIND)
            st.rerun()
    except StoreBusy:  # it cannot even be read
        retry_while_busy(cache.store().is_new, OPENS)
        st.rerun()
    except StoreError as error:  # the database is damaged, say: nobody is told that the data are whole
        logger.exception("数据库出错：%s", current.title)
        st.error(escape_markdown(f"{error}。"))
    except Exception:
        logger.exception("页面出错：%s", current.title)
        st.error(
            "这一页暂时显示不出来，数据没有受影响。请刷新页面；仍不行时，请把程序窗口里的提示发给维护人员。"
        )


def _wait() -> bool:
    """Have what counts reviewed, after many came in or the rules changed, and say how far that is; False
    where that has to wait itself."""
    place = st.empty()

    def on_progress(done: int, every: int) -> None:
        place.progress(done / every, f"正在审核：{done:,} / {every:,} 个项目，请稍候…")

    fresh = cache.begin_run(on_progress)
    place.empty()
    return fresh


frame()
