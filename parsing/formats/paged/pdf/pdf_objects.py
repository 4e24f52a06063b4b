"""The objects of a PDF page in the order in which they are painted, those inside forms too."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as c

from parsing.errors import TooLarge
from parsing.formats.paged.page import Matrix
from parsing.formats.paged.pdf import pdf_calls

OBJECTS = 200_000
DEPTH = 8  # of forms within forms


class PageObject(NamedTuple):
    """``outer``: the matrix of what it stands in, a form or the page."""

    handle: Any
    kind: int
    outer: Matrix


def objects(source: Any, view: Matrix) -> list[PageObject]:
    """``view``: from the page's own coordinates to those of its glyphs. Raises TooLarge."""
    count = c.FPDFPage_CountObjects(source)
    painted: list[PageObject] = []
    for item in _walk(lambda k: pdf_calls.page_object(source, k), count, view, 0):
        painted.append(item)
        if len(painted) > OBJECTS:
            raise TooLarge(reason="这一页的内容太多，没有读取")
    return painted


def _walk(get: Callable[[int], Any], count: int, outer: Matrix, depth: int) -> Iterator[PageObject]:
    for k in range(count):
        handle = get(k)
        item = PageObject(handle, pdf_calls.object_type(handle), outer)
        yield item
        if item.kind == c.FPDF_PAGEOBJ_FORM and depth < DEPTH:
            inside = c.FPDFFormObj_CountObjects(handle)
            form = handle
            yield from _walk(
                lambda i, form=form: pdf_calls.form_object(form, i),  # type: ignore[misc]
                inside,
                inner(item),
                depth + 1,
            )


def inner(item: PageObject) -> Matrix:
    """From an object's own coordinates to those of the page's glyphs."""
    raw = c.FS_MATRIX()
    pdf_calls.object_matrix(item.handle, ctypes.byref(raw))
    a, b, c_, d, e, f = raw.a, raw.b, raw.c, raw.d, raw.e, raw.f
    g, h, i, j, k, m = item.outer
    return a * g + b * i, a * h + b * j, c_ * g + d * i, c_ * h + d * j, e * g + f * i + k, e * h + f * j + m
