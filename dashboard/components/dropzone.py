"""Files dropped anywhere on any page, received by a hidden uploader in the frame and
kept at once; 导入 shows them."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard.ingest import upload_limit
from dashboard.session import cache

SCRIPT = Path(__file__).with_suffix(".js")
MOST = {"bytes": upload_limit.BYTES, "words": upload_limit.WORDS}
_CAME = "dropped"
_ROUND = "drop-round"
_component = st.components.v2.component(
    "drop_anywhere", js=SCRIPT.read_text(encoding="utf-8"), isolate_styles=False
)


def dropzone() -> bool:
    """Mount the drop target. Returns whether files have come that 导入 has not shown yet."""
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
        _component(key="drop-anywhere", data={"round": key, "most": MOST}, height="content")
    return bool(st.session_state.get(_CAME))


def files_arrived() -> bool:
    """Whether files have come since this was last asked."""
    return bool(st.session_state.pop(_CAME, False))


def _received(key: str) -> None:
    cache.ingest_queue().add((file.name, file.getvalue()) for file in st.session_state[key])
    st.session_state[_CAME] = True
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1  # a new, empty uploader for the next drop
