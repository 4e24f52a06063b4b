"""Pieces that several pages share: tiles, headlines, notices, switches, the clickable chart."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any, NamedTuple

import streamlit as st

from dashboard.components.clickable import clickable
from dashboard.components.markdown import escape_markdown
from dashboard.session import url_state
from dashboard.wording.caption import Caption
from dashboard.wording.formatting import Unit


class Tile(NamedTuple):
    """A number with its name; ``note`` says what stands behind it, ``alarm`` draws the note as a gap;
    ``url`` (a page) makes it a way there; ``meaning``: what is counted, shown to who asks."""

    name: str
    value: str
    note: str = ""
    alarm: bool = False
    url: str = ""
    meaning: str = ""


class Notice(NamedTuple):
    """A line of what a reader should know; ``url`` (a page) makes it a way there."""

    text: str
    url: str | None = None
    query: tuple[tuple[str, str], ...] = ()


PROOF = Notice("读表有多准", "accuracy")  # for who doubts what was read
CHART_CONFIG = {"displayModeBar": False, "locale": "zh-CN", "scrollZoom": False, "doubleClick": False}


def headline(text: str, more: str = "", whose: Caption | None = None, hint: str = "") -> None:
    """The page's conclusion as its title, one line under it, and over it whose its numbers are; ``hint``:
    what its words mean."""
    means = f' title="{escape(hint)}"' if hint else ""
    above = f'<p class="whose">{_whose(whose)}</p>' if whose else ""
    below = f'<p class="more">{escape(more)}</p>' if more else ""
    st.html(f'<header class="headline"{means}>{above}<h1>{escape(text)}</h1>{below}</header>')


def _whose(caption: Caption) -> str:
    mark = f'<span class="sample">{escape(caption.sample)}</span>' if caption.sample else ""
    return mark + escape(caption._replace(sample="").line)


def tiles(items: Sequence[Tile]) -> None:
    """A row of big numbers."""
    html = f'<section class="tiles">{"".join(_tile(item) for item in items)}</section>'
    if not any(item.url for item in items):
        st.html(html)
    elif clicked := clickable(html, "tiles"):
        from dashboard.session.pages import go

        go(clicked)


def _tile(item: Tile) -> str:
    kind = "note alarm" if item.alarm else "note"
    note = f'<p class="{kind}" {_wide(item.note)}>{escape(item.note)}</p>' if item.note else ""
    name, value = escape(item.name), escape(item.value)
    way = f' role="button" data-value="{escape(item.url)}"' if item.url else ""
    way += f' title="{escape(item.meaning)}"' if item.meaning else ""
    more = " ›" if item.url else ""
    title = f'<p class="name" {_wide(item.name + more)}>{name}{more}</p>'
    shown = f'<p class="value" {_wide(item.value)}>{value}</p>'
    return f'<div class="tile"{way}>{title}{shown}{note}</div>'


def _wide(text: str) -> str:
    """How wide a text is, in its own size, for the style sheet: what is too long is set smaller, not cut."""
    return f'style="--n: {sum(1 if sign > "⺀" else 0.62 if sign.isalnum() else 0.35 for sign in text):.2f}"'


def panel_title(text: str, more: str = "") -> None:
    """The conclusion over a chart and how to read it."""
    below = f"<p>{escape(more)}</p>" if more else ""
    st.html(f'<div class="panel-title"><h2>{escape(text)}</h2>{below}</div>')


def notices(items: Sequence[Notice]) -> None:
    """What was not read, repaired or is a sample, in one strip; nothing when there is nothing."""
    if not items:
        return
    with st.container(key="notices", horizontal=True, gap="small"):
        for number, item in enumerate(items):
            if item.url is None:
                st.html(f'<span class="notice">{escape(item.text)}</span>')
            elif st.button(escape_markdown(f"{item.text} ›"), key=f"notice-{number}", type="tertiary"):
                from dashboard.session.pages import go

                go(item.url, **dict(item.query))


def nothing(text: str, advice: str, url: str | None = None, button: str = "") -> None:
    """The empty page: what is missing and what to do next."""
    with st.container(key="nothing"):
        st.html(f'<div class="nothing"><h2>{escape(text)}</h2><p>{escape(advice)}</p></div>')
        if url is not None and st.button(escape_markdown(button), type="primary", key="nothing-go"):
            from dashboard.session.pages import go

            go(url)


def switch(label: str, parameter: str, codes: dict[str, str]) -> str:
    """A segmented control whose value lives in the address; ``codes``: what is shown → what the address
    holds, the first being the default. Returns what is shown."""
    shown = {code: text for text, code in codes.items()}
    default = next(iter(codes))
    key = f"switch-{parameter}"
    st.session_state[key] = shown.get(url_state.read(parameter) or "", default)

    def changed() -> None:
        chosen = st.session_state[key]
        url_state.write(parameter, None if chosen == default else codes[chosen])

    chosen = st.segmented_control(
        escape_markdown(label),
        list(codes),
        format_func=escape_markdown,
        key=key,
        on_change=changed,
        required=True,
        label_visibility="collapsed",
    )
    return chosen or default


def by_money() -> bool:
    """The 金额 / 个数 switch: whether to count money or numbers."""
    return switch("按什么计", "by", {"金额": "fen", "个数": "n"}) == "金额"


def money_unit() -> Unit:
    """The 万元 / 元 switch."""
    return "元" if switch("金额单位", "money", {"万元": "wan", "元": "yuan"}) == "元" else "万元"


def height(rows: float) -> float:
    """What a chart of so many rows takes in rem: a screen when there are few, and 2.5 a row when many."""
    return max(2.5 * rows, min(28.8, 4.2 * rows))


def chart(figure: dict[str, Any], key: str, height: float, alt: str) -> list[Any] | None:
    """A Plotly figure; returns the customdata of a mark that was clicked just now, else None.

    ``height`` is in rem, so that a chart grows with the text in it.
    """
    seen = f"{key}-seen"
    with st.container(key=f"box-{key}"):
        st.html(f"<style>:has(> .st-key-box-{key}) {{ --height: {height:.2f}rem }}</style>")
        event: Any = st.plotly_chart(
            figure,
            key=key,
            theme=None,
            height="stretch",
            on_select="rerun",
            selection_mode="points",
            config=CHART_CONFIG,
            alt=alt,
        )
    points = event["selection"]["points"] if event else []
    clicked = list(points[0]["customdata"]) if points else None
    if clicked == st.session_state.get(seen):  # the same selection comes back with every rerun
        return None
    st.session_state[seen] = clicked
    return clicked
