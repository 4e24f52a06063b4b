"""Who did what with files, newest first, each with its way back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.components.markdown import escape_markdown
from dashboard.html.history import entry as line
from dashboard.session import cache
from dashboard.views.upload_cards import SHOWN, store_step, take_steps
from dashboard.wording.formatting import is_known

if TYPE_CHECKING:
    import pandas as pd

AT_ONCE = 1  # seconds between two steps of one click
Row = dict[Any, Any]


def history(uploads: pd.DataFrame) -> None:
    """Who did what, newest first, each with its way back; what was done in one go stands in one line."""
    rows: list[Row] = [*cache.store().history().to_dict("records")]
    bare = {*uploads.loc[uploads["projects"] == 0, "id"]}  # files without projects change nothing
    samples = {*uploads.loc[uploads["sample"] == 1, "id"]}
    every = {row["action"]: row for row in rows}
    groups: list[list[Row]] = []
    for row in rows:
        if row["upload_id"] in bare:
            continue
        if groups and row["upload_id"] not in samples and _one_go(groups[-1], row, every):
            groups[-1].append(row)
        elif len(groups) == SHOWN:
            break
        else:
            groups.append([row])
    if not groups:
        return
    with st.expander("导入记录", expanded=False):
        for group in groups:
            _line(group, every)


def _one_go(group: list[Row], row: Row, every: Mapping[int, Row]) -> bool:
    """Whether a line of the log belongs to the later ones: the same done to many files at once. What was done
    twice to one file, however soon, are two things, and so are decisions."""
    later = group[-1]

    def what(one: Row) -> tuple[Any, ...]:
        undone = every.get(one["undoes"], {})
        return one["kind"], undone.get("kind"), one["who"], one["stands"], bool(one["files"])

    number = _upload(row, every)
    apart = datetime.fromisoformat(later["made"]) - datetime.fromisoformat(row["made"])
    return (
        what(later) == what(row)
        and is_known(number)
        and number not in [_upload(one, every) for one in group]
        and apart.total_seconds() < AT_ONCE
    )


def _upload(row: Row, every: Mapping[int, Row]) -> Any:
    """The upload that a line, or what it takes back, is about; unknown where it is about none."""
    while (undone := every.get(row["undoes"])) is not None:
        row = undone
    return row["upload_id"]


def _line(group: list[Row], every: Mapping[int, Row]) -> None:
    row = group[0]
    if len(group) > 1:
        files = [file for one in reversed(group) for file in one["files"]]
        touched = cache.store().touched(one["action"] for one in group)
        row = row | {"files": files, "projects": touched}
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(line(row, every.get(row["undoes"])))
        if row["stands"] and row["kind"] != "rebuild":
            label = "恢复" if row["kind"] == "undo" else "撤销"
            if st.button(escape_markdown(label), key=f"undo-{row['action']}"):
                take_steps(*(store_step(cache.store().undo, one["action"]) for one in group))
