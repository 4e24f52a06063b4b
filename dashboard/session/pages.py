"""The pages: address, title and module of each. A view is imported when its page is first opened; one that
is not in the navigation is reached from others."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

import streamlit as st


class PageEntry(NamedTuple):
    url: str
    title: str
    view: str
    in_navigation: bool = True


PAGES = (
    PageEntry("", "总览", "overview"),
    PageEntry("budget", "预算分布", "budget"),
    PageEntry("coverage", "指标缺口", "coverage"),
    PageEntry("review", "审核", "review"),
    PageEntry("projects", "项目", "projects"),
    PageEntry("present", "演示", "present"),
    PageEntry("meeting", "会议", "meeting"),
    PageEntry("upload", "导入", "upload"),
    PageEntry("accuracy", "自证", "accuracy", in_navigation=False),
)


def page(entry: PageEntry) -> st.Page:
    """The page of an entry; made anew each time, it stays the same page to Streamlit."""
    return st.Page(
        runner(entry.view),
        title=entry.title,
        url_path=entry.url or None,
        default=not entry.url,
        visibility="visible" if entry.in_navigation else "hidden",
    )


def runner(view: str) -> Callable[[], None]:
    def run() -> None:
        import_module(f"dashboard.views.{view}").page()

    run.__name__ = view
    return run


def go(url: str, **query: str | int | None) -> None:
    """Open a page with these values in its address, leaving out those that are None or empty."""
    entry = next(entry for entry in PAGES if entry.url == url)
    st.switch_page(page(entry), query_params={key: str(value) for key, value in query.items() if value})
