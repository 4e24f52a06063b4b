"""PDF files: text and ruling lines through pdfium; pages that are pictures through OCR, where installed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from threading import Lock
from typing import Any

from parsing.errors import Damaged, EmptyFile, Locked, ReadError, TooLarge, Unsupported, WrongPassword
from parsing.formats.paged import stitching
from parsing.formats.paged.page import Page
from parsing.formats.paged.pdf import pdf_streams
from parsing.formats.paged.pdf.overlaid import is_overlaid
from parsing.formats.paged.picture import recognising
from parsing.grid import Grid

PAGES = 300
REMOVE_SECURITY = 3  # FPDF_REMOVE_SECURITY
PDFIUM = Lock()  # held by whoever calls pdfium, which is not made for threads
INSTALL = "请运行 pip install 'jilan[pdf]' 后重试；或复制表格后在导入页粘贴"
OVERLAID = "这一页有文字叠在别的文字上，像是盖住原文后改过的，可能读错，请核对"
REMEDY = "请用 PDF 阅读器打开并另存一份，再重新导入"
SCANS = 30  # pages that are recognised


def sniff(data: bytes) -> bool:
    return data[:1024].lstrip(b"\xef\xbb\xbf\0\t\r\n\f ").startswith(b"%PDF-")


def grids(name: str, data: bytes) -> Iterator[Grid | ReadError]:
    """A Grid for each run of tables, stitched over pages.

    Raises Damaged, EmptyFile, Locked, TooLarge (more than ``PAGES`` pages), Unsupported (a library that
    is not installed: pdfium, or OCR for a page that is a picture).
    """
    with PDFIUM:
        results = list(stitching.stitch(name, _pages(name, data)))
    if not results:
        raise EmptyFile(name, "这个 PDF 里没有文字，也没有表格")
    if not any(isinstance(grid, Grid) for grid in results):
        raise next(error for error in results if isinstance(error, ReadError))
    yield from results
    if not pdf_streams.whole(data):
        yield Damaged(name, "文件里有一处数据损坏，可能有内容没有读到", REMEDY)


def unlocked(data: bytes, password: str | None) -> bytes:
    """The file without its lock. Raises Locked, WrongPassword, Damaged, Unsupported."""
    if b"/Encrypt" not in data:
        return data
    with PDFIUM:
        book = open_book(data, password)
        try:
            out = io.BytesIO()
            book.save(out, flags=REMOVE_SECURITY)
            return out.getvalue()
        finally:
            book.close()


def is_slow(data: bytes, password: str | None = None) -> bool:
    """Whether some page must be recognised."""
    with PDFIUM:
        try:
            book = open_book(data, password)
            try:
                return any(_picture(book, number) for number in range(min(len(book), PAGES)))
            finally:
                book.close()
        except Exception:  # grids will say what it is
            return False


def _picture(book: Any, number: int) -> bool:
    from parsing.formats.paged.pdf import pdf_page

    page = book[number]
    try:
        return pdf_page.is_picture(page)
    finally:
        page.close()


def open_book(data: bytes, password: str | None = None) -> Any:
    """The document as pypdfium2 has it, to be closed by the caller, who holds PDFIUM meanwhile. Raises
    Damaged, Locked, Unsupported, WrongPassword."""
    try:
        import pypdfium2 as pdfium
        import pypdfium2.raw as c
    except ImportError:
        raise Unsupported(reason="读取 PDF 需要一个没有安装的组件", remedy=INSTALL) from None
    try:
        return pdfium.PdfDocument(data, password=password)
    except pdfium.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code == c.FPDF_ERR_PASSWORD:
            raise (Locked() if password is None else WrongPassword()) from None
        if code == c.FPDF_ERR_SECURITY:
            raise Unsupported(reason="文件的加密方式解不开", remedy=REMEDY) from None
        raise Damaged(remedy=REMEDY) from None


def _pages(name: str, data: bytes) -> Iterator[Page | ReadError]:
    book = open_book(data)
    pictures = 0
    skipped: dict[str, list[tuple[int, ReadError]]] = {}  # for the same reason, told once
    try:
        if len(book) > PAGES:
            raise TooLarge(name, f"这个 PDF 有{len(book)}页，超过{PAGES}页", "请拆成几个文件后导入")
        for number in range(1, len(book) + 1):
            part = f"第{number}页"
            try:
                page = _page(book, number, part, pictures < SCANS)
                pictures += page.recognised
                yield page
                if not page.recognised and is_overlaid(page.glyphs):
                    yield Damaged(f"{name} › {part}", OVERLAID, "请打开原文件，核对改过的地方")
            except (Unsupported, TooLarge) as error:
                skipped.setdefault(error.reason, []).append((number, error))
            except Exception:  # pdfium refuses the page, or pypdfium2 does
                yield Damaged(f"{name} › {part}", remedy=REMEDY)
        for same in skipped.values():
            first, trouble = same[0]
            yield trouble.at(f"{name} › 第{first}页" + (f"等{len(same)}页" if len(same) > 1 else ""))
    finally:
        book.close()


def _page(book: Any, number: int, part: str, recognise: bool) -> Page:
    from parsing.formats.paged.pdf import pdf_page

    source = pdf_page.filled(book, number - 1)
    try:
        page = pdf_page.read(source, number, part)
        if page.across or page.down or not pdf_page.is_picture(source):
            return page
        if not recognise:
            raise TooLarge(reason=f"扫描页超过{SCANS}页，后面的没有识别", remedy="请拆成几个文件后导入")
        recognising.libraries()  # before the page is drawn
        size = source.get_size()
        bitmap = source.render(scale=recognising.RENDERED / max(size))
        try:
            return recognising.page(bitmap.to_numpy(), number, part, *size)
        finally:
            bitmap.close()
    finally:
        source.close()
