"""The component that shows slides: keys, full screen and all else happen in the browser."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard.slides.deck import script, style

ROOM = ".deck-room { container-type: size; height: calc(100vh - var(--above)); }"  # see style.css
_component = st.components.v2.component(
    "presenter",
    css=style() + ROOM,
    js=script() + Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
)


def slideshow(html: str) -> None:
    """Show the ``html`` of ``dashboard.slides.deck.fragment`` in the height that the navigation leaves."""
    _component(data={"html": html}, key="presenter", height="content")
