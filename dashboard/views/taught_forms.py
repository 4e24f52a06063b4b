"""表样, on 导入: the forms that were shown here; export them for others, bring theirs in, remove them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from html import escape
from uuid import uuid4

import streamlit as st

from dashboard.components.markdown import escape_markdown
from dashboard.components.retry import retry_while_busy
from dashboard.ingest.rereading import Reread, read_again, take_back, waiting
from dashboard.session import cache
from dashboard.store import StoreError
from parsing import ReadError
from parsing.errors import why
from parsing.teaching import form_files
from parsing.teaching.form_files import FormFile
from parsing.teaching.senses import COLUMN, WORDS

_DONE = "forms-done"  # (sentence, FormChanges, what was read again)
_FAILED = "forms-failed"
_ROUND = "forms-round"
WORDS_SHOWN = 8


def apply(
    sentence: str, texts: Sequence[str], codes: Collection[str] = (), names: Collection[str] = ()
) -> bool:
    """As ``form_files.change``, and read what waits by what is changed; what was done is said with the way
    back, by ``done``. Whether the forms are changed."""
    kept, read = cache.store(), cache.worker_pool().read
    try:
        changed = form_files.change(form_files.home(), texts, codes, names)
    except (ReadError, OSError) as error:
        _fail(error)
        return False
    again: list[Reread] = []
    st.session_state[_DONE] = sentence, changed, again  # at once: whoever leaves meanwhile may take it back
    try:
        rows = waiting(kept)
        place = st.empty()
        for done, row in enumerate(rows, 1):
            place.progress(done / len(rows), f"正在按表样重读：{done:,} / {len(rows):,} 个文件")
            step = partial(read_again, kept, read, row, changed.codes, cache.WHO, uuid4().hex)
            if reread := retry_while_busy(step):
                again.append(reread)
    except StoreError as error:
        _fail(error)
    return True


def _undo(changed: form_files.FormChanges, again: Sequence[Reread]) -> None:
    try:
        form_files.change_back(form_files.home(), changed)
        for reread in reversed(again):
            retry_while_busy(partial(take_back, cache.store(), reread, cache.WHO))
        st.session_state.pop(_DONE)
    except (StoreError, OSError) as error:
        _fail(error)


def _fail(error: Exception) -> None:
    said = f"{error.reason}。{error.remedy}。" if isinstance(error, ReadError) else f"{error}。"
    said = f"表样没有存下来（{why(error)}）。" if isinstance(error, OSError) else said
    st.session_state[_FAILED] = said


def done() -> None:
    """What was just done with forms, and the way back."""
    if said := st.session_state.pop(_FAILED, None):
        st.error(escape_markdown(said))
    if (last := st.session_state.get(_DONE)) is None:
        return
    sentence, changed, again = last
    with st.container(horizontal=True, key="forms-done", vertical_alignment="center"):
        files = f"，{len(again):,} 个文件按它重读过" if again else ""
        st.success(escape_markdown(f"{sentence}{files}。"))
        if st.button("撤销", key="undo-forms"):
            _undo(changed, again)
            st.rerun()


def forget() -> None:
    """Offer no more to take back what was done before."""
    st.session_state.pop(_DONE, None)


def forms() -> None:
    """The section."""
    files = form_files.form_files(form_files.home())
    with st.expander(
        escape_markdown(f"表样（{len(files)} 份指认过的）" if files else "表样"), expanded=False
    ):
        if not files:
            st.html(
                '<p class="quiet">还没有指认过表样。没有读出来或拿不准的表，在它的卡片上点“指认”，'
                "点几格、说明是什么，同样的表以后都会读。</p>"
            )
        for number, file in enumerate(files):
            with st.container(horizontal=True, vertical_alignment="center", key=f"form-{number}"):
                st.html(_line(file))
                if file.form:
                    st.download_button(
                        "导出",
                        file.text.encode(),
                        f"{file.form.title[:40]}.toml",
                        "application/toml",
                        key=f"export-form-{file.name}",
                        on_click="ignore",
                    )
                if file.data and st.button("移除", key=f"remove-form-{file.name}"):
                    apply("表样已移除", [], names=[file.name])
                    st.rerun()
        turn = st.session_state.get(_ROUND, 0)
        brought = st.file_uploader(
            "导入别的单位给的表样文件", accept_multiple_files=True, key=f"forms-{turn}"
        )
        if brought:
            st.session_state[_ROUND] = turn + 1
            _bring([form_files.read(file.name, file.getvalue()) for file in brought])
            st.rerun()


def _bring(files: Sequence[FormFile]) -> None:
    """Keep the forms of another office, or none of them where one is none."""
    if trouble := next((file.trouble for file in files if not file.form), ""):
        st.session_state[_FAILED] = trouble
    else:
        apply("表样已导入", [file.text for file in files])


def _line(file: FormFile) -> str:
    """A form in a line: its title, what its words mean, and where it is from."""
    if file.form is None:
        return f'<p class="bad">{escape(file.trouble)}</p>'
    words = {**file.form.means, **{word: COLUMN + role for word, role in file.form.heads.items()}}
    pairs = [f"{word}＝{WORDS[sense]}" for word, sense in words.items() if sense in WORDS]
    more = f" 等 {len(pairs)} 栏" if len(pairs) > WORDS_SHOWN else ""
    source = f"<br>{escape(file.form.source)}" if file.form.source else ""
    return (
        f"<b>{escape(file.form.title)}</b>"
        f'<p class="quiet">{escape("，".join(pairs[:WORDS_SHOWN]))}{more}{source}</p>'
    )
