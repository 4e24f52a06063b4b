"""Files dropped anywhere on any page: received by a hidden uploader in the frame, handed to 导入."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

SCRIPT = Path(__file__).parent / "assets" / "drop.js"
_FILES = "dropped"
_ROUND = "drop-round"
_component = st.components.v2.component(
    "drop_anywhere", js=SCRIPT.read_text(encoding="utf-8"), isolate_styles=False
)


def target() -> bool:
    """Mount the drop target. Returns whether files have come that nobody has taken yet."""
    with st.container(key="drop"):
        key = f"drop-{st.session_state.get(_ROUND, 0)}"
        st.file_uploader(
            "拖放文件",
            accept_multiple_files=True,
            key=key,
            on_change=_received,
            args=(key,),
            label_visibility="collapsed",
        )
        _component(key="drop-anywhere", data={"round": key}, height="content")
    return bool(st.session_state.get(_FILES))


def take() -> list[UploadedFile]:
    """The dropped files, once."""
    files: list[UploadedFile] = st.session_state.pop(_FILES, [])
    return files


def _received(key: str) -> None:
    st.session_state.setdefault(_FILES, []).extend(st.session_state[key])
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1  # a new, empty uploader for the next drop
