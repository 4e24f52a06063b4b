"""退回修改单: buttons that give files back to the departments, marked; built when somebody clicks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from dashboard import state
from dashboard.analysis.files import files, together
from dashboard.analysis.scope import Scope
from dashboard.filters import standard
from dashboard.verbatim import verbatim

MOST = 200  # files to choose from
HELP = "原文件标出要改的单元格，附修改清单；改好后重新导入，系统会逐条核对"


def project(upload_id: int, key: str) -> None:
    """For one project; and for all that came in the same file, where there are more."""
    keys = [row["key"] for row in state.rows(together, upload_id)]
    _button("退回修改单", upload_id, [key], f"back-{key}")
    if len(keys) > 1:
        _button(f"整份文件退回（{len(keys)} 个项目）", upload_id, keys, f"back-all-{upload_id}")


def choose(scope: Scope) -> None:
    """For any file of the scope."""
    rows = {row["upload_id"]: row for row in state.rows(files, scope, MOST)}
    with st.container(horizontal=True, key="give-back", vertical_alignment="center"):
        chosen = st.selectbox(
            "退回修改单：选择要退回的文件",
            list(rows),
            format_func=lambda one: f"{rows[one]['file']}（{rows[one]['projects']} 个项目）",
            key="back-file",
            label_visibility="collapsed",
        )
        if chosen is not None:
            keys = [row["key"] for row in state.rows(together, chosen)]
            _button("退回这份文件（修改单）", chosen, keys, f"back-file-{chosen}")


def _button(label: str, upload_id: int, keys: Sequence[str], key: str) -> None:
    file = _named(state.version(), upload_id, tuple(keys))
    st.download_button(verbatim(label), _made(upload_id, keys), file, key=key, on_click="ignore", help=HELP)


@st.cache_resource(max_entries=256, show_spinner=False)
def _named(version: int, upload_id: int, keys: tuple[str, ...]) -> str:
    from dashboard.exports.returned.files import named

    return named(state.store(), upload_id, keys)


def _made(upload_id: int, keys: Sequence[str]) -> Callable[[], bytes]:
    used = standard()

    def make() -> bytes:
        from dashboard.exports.returned.files import given_back

        return given_back(state.store(), upload_id, keys, used, date.today())

    return make
