"""指认: show what cells of a file are, that was not read or not surely; tables of its layout follow at once.

``?teach=`` of 导入 is the upload. What is shown stays in the session until it is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import streamlit as st

from dashboard.components import widgets
from dashboard.components.clickable import clickable
from dashboard.components.markdown import escape_markdown
from dashboard.html import taught_sheet as taught_sheet_html
from dashboard.session import cache
from dashboard.session.pages import go
from dashboard.views import taught_forms
from dashboard.wording.formatting import clip
from parsing import ReadError
from parsing.teaching import Lesson, form_files
from parsing.teaching.senses import HEADER, WORDS, CellSense
from parsing.teaching.sheets import Replica

_FIELDS = ("name", "unit", "department", "budget", "total", "period", "annual_goal", "period_goal")
_COLUMNS = (HEADER, *(sense for sense in WORDS if sense.startswith("column.")))
_OTHERS = ("start", "end", "year", "other")
HOW = "点左边的一格，再选它是什么；右边马上显示按这样读出的内容。记住以后，同样的表都这样读。"


@dataclass
class _Draft:
    """What somebody has shown so far; ``turn`` counts the answers, so that each is asked anew."""

    sheet: int = 0
    chosen: tuple[int, int] | None = None
    answers: dict[tuple[int, int], str] = field(default_factory=dict)
    turn: int = 0

    def answer(self, sense: str) -> None:
        """The chosen cell is this; a field has one cell, columns and what is no field have any number."""
        assert self.chosen
        if sense != "other" and not sense.startswith("column."):
            self.answers = {spot: answer for spot, answer in self.answers.items() if answer != sense}
        self.answers[self.chosen] = sense
        self.chosen, self.turn = None, self.turn + 1


def page(upload_id: int) -> None:
    store = cache.store()
    row = next((row for row in store.uploads().to_dict("records") if row["id"] == upload_id), None)
    if row is None:
        widgets.nothing("没有找到这份文件", "它可能已被移出。", "upload", "回到导入")
        return
    try:
        sheets = _sheets(upload_id, row["file"])
    except ReadError as error:
        widgets.nothing("这个文件打不开，没法指认", f"{error.reason}。{error.remedy}。", "upload", "回到导入")
        return
    drafts: dict[int, _Draft] = st.session_state.setdefault("teach-drafts", {})
    draft = drafts.setdefault(upload_id, _Draft())
    sheet = sheets[min(draft.sheet, len(sheets) - 1)]
    lesson, trouble = _lesson(upload_id, row["file"], sheet, draft)
    with st.container(horizontal=True, key="bar", vertical_alignment="center"):
        if st.button("‹ 回到导入", key="back"):
            go("upload")
        label = "用这次的取代原来的表样" if lesson and lesson.rivals else "记住这种表样"
        ready = lesson is not None and bool(lesson.reading.projects)
        if st.button(
            escape_markdown(label), key="keep", type="primary", disabled=not ready, shortcut="Enter"
        ):
            assert lesson
            if taught_forms.apply("已记住这种表样", [lesson.text], codes=lesson.rivals):
                drafts.pop(upload_id)
            go("upload")
    if ready and lesson:
        widgets.headline(taught_sheet_html.title(lesson.reading), f"“{row['file']}”。{HOW}")
    else:
        widgets.headline(f"指认：这几格是什么（{row['file']}）", HOW)
    left, right = st.columns([7, 5], gap="medium")
    with right:
        _ask(sheet, draft)
        if trouble:
            st.error(escape_markdown(trouble))
        if lesson and lesson.rivals:
            st.warning(
                escape_markdown(
                    "以前有人对这种表指认过，说法与这次不同。请核对；确认这次的对，再取代原来的。"
                )
            )
        _answers(draft, lesson)
        st.html(taught_sheet_html.result(lesson.reading if lesson else None))
    with left:
        _pick(sheets, draft)
        answered = {spot: WORDS[sense] for spot, sense in draft.answers.items()}
        read = lesson.reading.projects if lesson else ()
        clicked = clickable(
            taught_sheet_html.sheet(sheet, answered, draft.chosen, read), f"teach-{upload_id}-{draft.sheet}"
        )
    if clicked:
        line, column = map(int, clicked.split("-"))
        draft.chosen = line, column
        st.rerun()


@st.cache_resource(max_entries=4, show_spinner=False)
def _sheets(upload_id: int, file: str) -> list[Replica]:
    """Raises ReadError."""
    every = cache.worker_pool().sheets(file, cache.store().bytes_of(upload_id))
    every = [sheet for sheet in every if sheet.cells]
    if not every:
        raise ReadError(file, "里面没有读到任何文字")
    return every


def _lesson(upload_id: int, file: str, sheet: Replica, draft: _Draft) -> tuple[Lesson | None, str]:
    """What the answers make, or why nothing."""
    if not draft.answers:
        return None, ""
    answers = tuple(CellSense(*spot, sense) for spot, sense in draft.answers.items())
    try:
        known = form_files.texts(form_files.home())
        return _taught(upload_id, file, (sheet.file, sheet.part), answers, known), ""
    except ReadError as error:
        return None, f"{error.reason}。{error.remedy}。"


@st.cache_resource(max_entries=16, show_spinner=False)
def _taught(
    upload_id: int, file: str, sheet: tuple[str, str], answers: tuple[CellSense, ...], known: tuple[str, ...]
) -> Lesson:
    """``known``: on which the answer depends. Raises ReadError."""
    made = f"{file}，{date.today():%Y-%m-%d} 指认"
    return cache.worker_pool().teach(file, cache.store().bytes_of(upload_id), sheet, answers, made)


def _pick(sheets: list[Replica], draft: _Draft) -> None:
    if len(sheets) < 2:
        return
    several = len({one.file for one in sheets}) > 1
    names = [escape_markdown(f"{sheet.file} › {sheet.part}" if several else sheet.part) for sheet in sheets]
    number = st.selectbox(
        "工作表", range(len(names)), index=draft.sheet, format_func=lambda at: names[at], key="teach-sheet"
    )
    if number != draft.sheet:
        draft.sheet, draft.chosen, draft.answers = number, None, {}
        st.rerun()


def _ask(sheet: Replica, draft: _Draft) -> None:
    """What the chosen cell is."""
    if draft.chosen is None:
        return
    cell = next((one for one in sheet.cells if one[:2] == draft.chosen), None)
    if cell is None:
        draft.chosen = None
        return
    widgets.panel_title(f"{cell[5]}“{clip(' '.join(cell[4].split()), 24)}”这一格是")
    choices = (
        st.pills("表头", _FIELDS, **_asked("fields", draft)),
        st.pills("指标表", _COLUMNS, **_asked("columns", draft)),
        st.pills("其他", _OTHERS, **_asked("others", draft)),
    )
    if sense := next(filter(None, choices), None):
        draft.answer(sense)
        st.rerun()


def _asked(kind: str, draft: _Draft) -> dict[str, Any]:
    """How a choice is asked for: anew after each answer."""
    key = f"teach-{kind}-{draft.chosen}-{draft.turn}"
    return {"format_func": WORDS.__getitem__, "key": key, "label_visibility": "collapsed"}


def _answers(draft: _Draft, lesson: Lesson | None) -> None:
    """What was shown so far, each with its way back."""
    labels = dict(zip(draft.answers, lesson.labels, strict=True)) if lesson else {}
    for number, (spot, sense) in enumerate([*draft.answers.items()]):
        with st.container(horizontal=True, vertical_alignment="center", key=f"answer-{number}"):
            label = " ".join(labels.get(spot, "").split())
            st.text(f"{WORDS[sense]}：“{label}”一栏" if label else WORDS[sense])
            if st.button("取消", key=f"forget-{number}"):
                del draft.answers[spot]
                draft.turn += 1
                st.rerun()
