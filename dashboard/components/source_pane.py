"""Files as they came in: their pages, drawn when somebody looks at them, or the grid of their cells."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.html import paper
from dashboard.html.original import Spot, original
from dashboard.session import cache, url_state
from parsing import Picture, Project, ReadError


@st.cache_resource(max_entries=64, show_spinner=False)
def page_picture(upload_id: int, file: str, page: int) -> Picture:
    """Page ``page`` (from 1) of an upload; ``file`` as in a place. Raises ReadError where there is none."""
    return cache.worker_pool().picture(file, cache.store().bytes_of(upload_id), page)


def source_pane(project: Project, upload: int | None, spot: Spot) -> tuple[int | None, str]:
    """The page that is shown, or None, and the original as HTML: the page that the address names or ``spot``
    is on, else the grid. ``upload``: where it came from, None where nobody knows."""
    repaired = {repair.place.row for repair in project.repairs if repair.holds}
    numbers, page, trouble, turner = paper.pages(project), None, "", ""
    body = original(project, repaired)
    if numbers and upload is not None:
        wanted = url_state.number("page")
        page = wanted if wanted in numbers else paper.page_of(project, spot) or numbers[0]
        try:
            if url_state.read("side") == "grid":
                page = None
            else:
                picture = page_picture(upload, project.place.file, page)
                body = paper.paper(project, page, picture, repaired)
            turner = paper.turner(numbers, page)
        except ReadError as error:
            page, trouble = None, f'<p class="quiet">{escape(error.reason)}，下面是读出的表格。</p>'
    source = escape(f"{project.place.file} › {project.place.part}")
    title = f'<h2>{"原件" if page else "原表"}　<span class="quiet">{source}</span></h2>'
    return page, f'<div class="side">{title}{turner}{trouble}{body}</div>'
