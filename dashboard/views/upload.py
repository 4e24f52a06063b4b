"""导入: drop files, see at once what was read, what was repaired, what is wrong; then count them."""

from __future__ import annotations

from collections.abc import Callable
from time import sleep
from typing import TYPE_CHECKING, Literal

import pandas as pd
import streamlit as st

from dashboard.components import dropzone, widgets
from dashboard.components.filters import choose_standard, dated, standard
from dashboard.components.markdown import escape_markdown
from dashboard.html import upload as upload_html
from dashboard.ingest.ingest import failed_uploads, staged_uploads
from dashboard.queries import files as counts
from dashboard.queries import trouble
from dashboard.queries.left_out import by_file
from dashboard.session import cache, url_state
from dashboard.views import data, samples, taught_forms, teach, upload_cards, upload_log
from dashboard.views.unstored import count, unstored
from dashboard.wording.caption import money_of
from dashboard.wording.formatting import format_amount
from dashboard.wording.left_out import describe, describe_files, describe_programmes
from dashboard.wording.partial import apart, parts

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from dashboard.ingest.queue import IngestQueue

_ROUND = "upload-round"
READING = "扫描件和照片逐页识别文字，要慢一些。可以先看别的页面，读取会继续；读完后在这里确认，才进合计。"
BUSY = "{} 个文件已经收好，一个也不会丢。可能有别的程序正在使用数据库，等它用完就接着存；可以先看别的页面。"
PASTED = "粘贴的表格.txt"
FEW = 2  # files whose projects are shown at once; of more, a line each says what would become of them


def page() -> None:
    if (teaching := url_state.number("teach")) is not None:
        teach.page(teaching)
    else:
        _page()


def _page() -> None:
    with (
        st.container(horizontal=True, key="bar", vertical_alignment="center"),
        st.container(key="filters", horizontal=True, gap="small", width="content"),
    ):
        choose_standard()
    kept, coming = cache.store(), cache.ingest_queue()
    place = st.container()
    left, right = st.columns([4, 7], gap="large")
    with left, st.container(key="upload-area"):
        files = _inputs()
        samples.offer()
        widgets.notices([widgets.PROOF])
    if dropzone.files_arrived():
        upload_cards.forget()
        taught_forms.forget()
    if files:
        coming.add((name, content()) for name, content in files)
        st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1  # an empty uploader for the next
        upload_cards.forget()
        st.rerun()
    busy = coming.busy  # asked before the store is: what is shown without a watch is all there is
    uploads = kept.uploads()
    waiting, failed = staged_uploads(uploads), failed_uploads(uploads)
    top = place.empty()  # one place for both, so that the old headline goes when the reading begins
    if not busy:
        with top.container():
            _headline(waiting, len(failed), count(coming))
            upload_cards.show_done()
    with right:
        unstored(coming)
        upload_cards.left_behind()
        taught_forms.done()
        _receipts(waiting, failed.sort_values(["others", "id"], ascending=[True, False]))
        counted = uploads[(uploads["state"] == "counted") & (uploads["projects"] > 0)]
        if not counted.empty:
            widgets.panel_title(f"已计入 {len(counted)} 个文件")
            now = {row["upload_id"]: row for row in cache.rows(counts.counting)}
            others = describe_files(cache.rows(by_file))
            shown = counted.head(upload_cards.SHOWN).to_dict("records")
            differs = {row["upload_id"]: row["reason"] for row in reversed(cache.rows(trouble.differing))}
            rows = [
                row
                | now.get(row["id"], {})
                | {"left": others.get(row["id"], ""), "differs": differs.get(row["id"])}
                for row in shown
            ]
            st.html(upload_html.counted(rows))
            _rest(len(counted) - upload_cards.SHOWN, "较早导入的不列出")
        upload_log.history(uploads)
        taught_forms.forms()
        data.data()
    if busy:
        _watch(coming, top)


def _receipts(waiting: pd.DataFrame, failed: pd.DataFrame) -> None:
    """What can be done about all, then a card for each file: those that went wrong first, as they would be
    missed below many that went well; the copies of others last."""
    store = cache.store()
    fresh, again = waiting[waiting["same_as"].isna()], waiting[waiting["same_as"].notna()]
    ready = fresh[~fresh["id"].isin(store.together(fresh["id"]).unread)] if len(fresh) > 1 else fresh
    ways: tuple[tuple[pd.DataFrame, str, str, upload_cards.Step], ...] = (
        # in order, so that the newest table of a project counts
        (ready.sort_values("id"), "全部计入（{} 个文件）", "confirm-all", _whole),
        (again, "放弃全部重复的（{} 个文件）", "discard-again", store.discard),
        (failed, "没有项目的全部移出列表（{} 个文件）", "drop-all", store.discard),
    )
    with st.container(horizontal=True, key="ways"):
        for rows, label, key, step in ways:
            kind: Literal["primary", "secondary"] = "primary" if rows is ways[0][0] else "secondary"
            if len(rows) > 1 and st.button(escape_markdown(label.format(len(rows))), type=kind, key=key):
                upload_cards.take_steps(*(upload_cards.store_step(step, number) for number in rows["id"]))
    shown = pd.concat([fresh, again]).head(upload_cards.SHOWN).to_dict("records")
    for row in (*failed.head(upload_cards.SHOWN).to_dict("records"), *shown):
        upload_cards.upload_card(row, len(shown) <= FEW)
    _rest(max(len(failed) - upload_cards.SHOWN, 0) + len(waiting) - len(shown), "处理好上面的之后显示")


def _whole(number: int, who: str) -> int:
    """Count a file together with others: what was read in part of it waits to be looked at."""
    return cache.store().confirm(number, who, whole=True)


def _rest(count: int, why: str) -> None:
    if count > 0:
        st.html(f'<p class="quiet">另有 {count} 个文件，{why}。</p>')


def _watch(queue: IngestQueue, place: DeltaGenerator) -> None:
    """Show how far the reading is until it is done; a click on anything else ends the showing only."""
    said = None
    while queue.busy:
        if said != (said := (queue.done, queue.all, queue.waits)):
            with place.container():
                if queue.waits:
                    widgets.headline("数据库正忙，稍后自动重试", BUSY.format(queue.all - queue.done))
                else:
                    widgets.headline(f"正在读取 {queue.all} 个文件：已读 {queue.done} 个", READING)
                st.progress(queue.done / queue.all)
                st.html(upload_html.arrived(list(queue.latest)))
        sleep(0.1)
    st.rerun()


def _headline(staged: pd.DataFrame, failed: int, lost: int) -> None:
    fresh = staged[staged["same_as"].isna()]
    by = f"按“{standard().title}”"
    trouble = f"另有 {failed} 个文件没有读出项目，原因见下。" if failed else ""
    trouble += f"有 {lost} 个文件没有存下来，原因见下。" if lost else ""
    if staged.empty:
        widgets.headline(
            "把项目绩效目标表拖到这里",
            f"先看清读出了什么、修复了什么，再计入；确认之前不进任何合计；计入后{by}审核。{trouble}",
            dated(),
        )
    elif fresh.empty:
        one = f"这 {len(staged)} 个文件" if len(staged) > 1 else "这个文件"
        widgets.headline(
            f"{one}与导入过的内容完全相同", f"没有重复计入，{by}审核过，可以放弃。{trouble}", dated()
        )
    else:
        totals = cache.store().together(fresh["id"])
        called = money_of({"years": totals.years, "undated": None in totals.years})
        money = "没有读到" if totals.budget_fen is None else format_amount(totals.budget_fen)
        often = "几个文件里都有的项目只算一次，以最后导入的为准。" if totals.repeated else ""
        twice = "".join(
            f"{one}。"
            for one in (describe_programmes(totals.doubled, totals.doubled_fen), describe(totals.left))
            if one
        )
        copies = len(staged) - len(fresh)
        again = f"另有 {copies} 个文件与导入过的内容完全相同。" if copies else ""
        together = len({*fresh["id"]} - totals.unread) > 1
        again += f"{(apart if together else parts)(totals.partial)}。" if totals.partial else ""
        widgets.headline(
            f"{len(fresh)} 个文件待确认：读出 {totals.projects:,} 个项目，{called} {money}",
            f"确认之前不进任何合计，计入后{by}审核。请看下面读出的内容，再点“计入”。{twice}{often}{again}{trouble}",
            dated(),
        )


def _inputs() -> list[tuple[str, Callable[[], bytes]]]:
    """Name and content of what was chosen or pasted just now; contents one by one, for they may be large."""
    turn = st.session_state.get(_ROUND, 0)
    found = st.file_uploader(
        "选择文件，或拖到页面任何地方", accept_multiple_files=True, key=f"upload-files-{turn}"
    )
    with st.form(f"paste-{turn}", border=False):
        text = st.text_area(
            "也可以直接粘贴表格", height=180, placeholder="在 Word、Excel 或网页里选中表格，复制，粘贴到这里"
        )
        pasted = st.form_submit_button("读取粘贴的表格")
    st.download_button(
        "下载空白模板（.xlsx）",
        data=_template,
        file_name="项目绩效目标表模板.xlsx",
        key="template",
        on_click="ignore",
    )
    files: list[tuple[str, Callable[[], bytes]]] = [(file.name, file.getvalue) for file in found or []]
    if pasted and text.strip():
        files.append((PASTED, lambda: text.encode("utf-8", "replace")))
    return files


def _template() -> bytes:
    from dashboard.exports.form import template

    return template()
