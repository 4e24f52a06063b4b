"""Files that could not be stored, each with its reason until somebody dismisses it, and what else lay where
files wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.html import unstored as unstored_html

if TYPE_CHECKING:
    from dashboard.ingest.queue import IngestQueue

SHOWN = 30
FINAL = ("torn",)  # what one more try does not mend


def count(queue: IngestQueue) -> int:
    """How many files."""
    return len(queue.spool.rejects.all()) + len(queue.unheld)


def unstored(queue: IngestQueue) -> None:
    """A line for each, with what can be done; nothing when there is none."""
    rejects = queue.spool.rejects
    every = rejects.all()
    again = [ident for ident, why in every.items() if why.code not in FINAL]
    if len(every) > 1:
        with st.container(horizontal=True, key="unstored-ways"):
            if len(again) > 1 and st.button(f"全部再试一次（{len(again)} 个文件）", key="again-all"):
                _again(queue, again)
            if st.button(f"全部不要了，移出列表（{len(every)} 个文件）", key="dismiss-all"):
                _dismiss(queue, list(every))
    for ident, why in list(every.items())[:SHOWN]:
        with st.container(border=True, horizontal=True, key=f"unstored-{ident}"):
            st.html(unstored_html.unstored([why]))
            if ident in again and st.button("再试一次", key=f"again-{ident}"):
                _again(queue, [ident])
            if st.button("不要了，移出列表", key=f"dismiss-{ident}"):
                _dismiss(queue, [ident])
    if len(every) > SHOWN:
        st.html(f'<p class="quiet">另有 {len(every) - SHOWN} 个没有存下来的文件，处理好上面的之后显示。</p>')
    _unheld(queue)
    _strangers(queue)


def _again(queue: IngestQueue, idents: list[str]) -> None:
    queue.again(idents)
    st.rerun()


def _dismiss(queue: IngestQueue, idents: list[str]) -> None:
    for ident in idents:
        queue.spool.rejects.dismiss(ident)
    st.rerun()


def _unheld(queue: IngestQueue) -> None:
    """Those of which nothing is kept here."""
    if not queue.unheld:
        return
    with st.container(border=True, horizontal=True, key="unheld"):
        st.html(unstored_html.unstored(queue.unheld[:SHOWN], len(queue.unheld)))
        if st.button("知道了", key="unheld-seen"):
            queue.unheld.clear()
            st.rerun()


def _strangers(queue: IngestQueue) -> None:
    strangers = queue.spool.strangers
    found = strangers.all()
    if not found:
        return
    with st.container(border=True, horizontal=True, key="strangers"):
        st.html(unstored_html.strangers(found))
        if st.button("知道了", key="strangers-seen"):
            strangers.dismiss()
            st.rerun()
