"""Clicks that change the store while another program holds it: the page says so, and they are done later."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, count, repeat
from time import sleep
from typing import TypeVar

import streamlit as st

from dashboard.components.markdown import escape_markdown
from dashboard.store import StoreBusy

PAUSES = (1, 2, 4, 8, 15)  # seconds
T = TypeVar("T")
_numbers = count()


def retry_while_busy(
    step: Callable[[], T], after: str = "请留在这一页，办好后会显示结果；离开就等于没有点。"
) -> T:
    """Do ``step``, which does all or nothing. While it raises StoreBusy, say so and do it again after a
    growing pause, for as long as the reader waits: a click elsewhere ends the waiting, and nothing was done.
    ``after``: what else the reader should know meanwhile.
    """
    pauses = chain(PAUSES, repeat(PAUSES[-1]))
    place = None
    while True:
        try:
            found = step()
        except StoreBusy as error:
            place = place or _place()
            for left in range(next(pauses), 0, -1):
                place.warning(escape_markdown(f"{error}（{left} 秒后）。{after}"))
                sleep(1)
            place.warning(escape_markdown(f"{error}（正在重试）。{after}"))
        else:
            if place:
                place.empty()
            return found


def _place() -> st.delta_generator.DeltaGenerator:
    """Above the page, wherever the click was."""
    return st.container(key=f"busy-{next(_numbers)}").empty()
