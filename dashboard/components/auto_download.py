"""A file that is saved by the browser without a second click."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_component = st.components.v2.component(
    "deliver",
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def start_download(button: str, token: str) -> None:
    """Have the download button with this key clicked, once for each ``token``."""
    _component(data={"button": button, "token": token}, key=f"{button}-deliver", height="content")
