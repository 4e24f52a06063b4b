"""HTML that answers a click: the one custom component behind lists, tables and the original grid."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_component = st.components.v2.component(
    "clickable",
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def clickable(html: str, key: str, lit: str = "") -> str | None:
    """Show trusted ``html``; returns the ``data-value`` of what was clicked just now, else None.

    ``lit`` names the cell (``data-cell``) that is lit when the html is first shown.
    """
    said = _component(
        data={"html": html, "lit": lit}, key=key, on_clicked_change=lambda: None, height="content"
    )
    clicked: str | None = said.clicked
    return clicked
