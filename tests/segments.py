"""What a page shows and what it gives to take away, in segments, each about what it names."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from html import unescape
from itertools import zip_longest
from typing import Any, NamedTuple

import streamlit as st
from docx import Document
from docx.table import Table
from openpyxl import load_workbook
from page_runs import run
from pptx import Presentation
from pytest import MonkeyPatch
from streamlit.testing.v1 import AppTest

INLINE = re.compile(r"</?mark\b[^>]*>")
ORIGINAL = re.compile(r'<div class="original.*?</table>', re.S)  # the cells of a file, as they are
UNSEEN = re.compile(r"<(style|script|svg)\b.*?</\1>", re.S)
ROW = re.compile(r"<tr\b.*?</tr>", re.S)
BLOCKS = "tr|p|div|li|h[1-6]|section|header|ul|ol|dl|dt|summary|details|figure|table|article"
BLOCK = re.compile(rf"</?({BLOCKS})\b[^>]*>|<br>")
TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


class Source(NamedTuple):
    name: str
    segments: list[str]
    title: str = ""  # what all of them are about


def page(view: str, names: dict[str, str], title: str = "", /, **query: str) -> Iterator[Source]:
    """The page and all that can be downloaded from it; ``names``: key → name of each project."""
    files: dict[str, bytes | Callable[[], bytes]] = {}

    def taken(_: str, data: bytes | Callable[[], bytes], file_name: str, *rest: Any, **options: Any) -> bool:
        files[file_name] = data
        return False

    with MonkeyPatch.context() as patch:
        patch.setattr(st, "download_button", taken)
        shown = run(view, **query)
    yield Source(" ".join((view, *query)), [*_words(shown), *_bars(shown, names)], title)
    for name, data in files.items():
        reader = READERS[name.rpartition(".")[2]]
        for source in reader(data() if callable(data) else data):
            whose = f"{title} {source.title}"
            yield source._replace(name=source.name or name, title=whose)


def _plain(html: str) -> list[str]:
    html = ORIGINAL.sub("", INLINE.sub("", UNSEEN.sub(" ", html)))
    html = ROW.sub(lambda row: f"<p>{BLOCK.sub(' ', row[0])}</p>", html)
    text = unescape(re.sub(r"<[^>]+>", " ", BLOCK.sub("\n", html)))
    return [line for line in text.split("\n") if line.strip()]


def _words(at: AppTest) -> list[str]:
    bodies = [element.proto.body for element in at.get("html")]
    answering = [json.loads(element.proto.json).get("html", "") for element in at.get("bidi_component")]
    labels = [button.label for button in at.button]
    return [line for body in (*bodies, *answering, *labels) for line in _plain(body)]


def _bars(at: AppTest, names: dict[str, str]) -> list[str]:
    """For each bar, cell or point of a chart, what it is about and what stands on it."""
    found = []
    for element in at.get("plotly_chart"):
        traces = json.loads(element.proto.spec)["data"]
        about: list[Any] = next((trace["customdata"] for trace in traces if trace.get("customdata")), [])
        for trace in traces:
            for whose, shown in zip_longest(trace.get("customdata") or about, trace.get("text") or []):
                whose = whose if isinstance(whose, list) else [whose]
                named = " ".join(names.get(str(one), str(one)) for one in whose if one)
                found += _plain(f"{named} {str(shown).replace('<br>', ' ')}") if shown else []
    return found


def _deck(data: bytes) -> Iterator[Source]:
    for slide in data.decode().split("<section")[1:]:
        segments = _plain(f"<p {slide}")
        yield Source("", segments, " ".join(segments[:3]))


def _show(data: bytes) -> Iterator[Source]:
    for slide in Presentation(io.BytesIO(data)).slides:
        segments = []
        for shape in slide.shapes:
            if shape.has_text_frame:
                segments += [one.text for one in shape.text_frame.paragraphs]
            if shape.has_table:
                segments += [" ".join(cell.text for cell in row.cells) for row in shape.table.rows]
        yield Source("", segments, slide.shapes.title.text)


def _book(data: bytes) -> Iterator[Source]:
    for sheet in load_workbook(io.BytesIO(data)):
        yield Source(f"sheet {sheet.title}", ["\t".join(map(_printed, row)) for row in sheet.iter_rows()])


def _printed(cell: Any) -> str:
    """As a person sees it."""
    if isinstance(cell.value, int | float) and "%" in cell.number_format:
        percent = Decimal(str(cell.value)) * 100
        return f"{percent.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"
    return "" if cell.value is None else str(cell.value)


def _paper(data: bytes) -> Iterator[Source]:
    """A source for each heading and what is below it."""
    title, segments = "", []
    for block in Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(block, Table):
            for number, row in enumerate(block._tbl.tr_lst):
                cells = ["".join(node.text or "" for node in cell.iter(TEXT)) for cell in row.tc_lst]
                segments.append(" ".join(cells[1:] if cells[0] == str(number) else cells))
        elif block.style.name.startswith(("Heading", "Title")):
            yield Source("", segments, title)
            title, segments = block.text, [block.text]
        else:
            segments.append(block.text)
    yield Source("", segments, title)


READERS: dict[str, Callable[[bytes], Iterator[Source]]] = {
    "html": _deck,
    "pptx": _show,
    "xlsx": _book,
    "docx": _paper,
}
