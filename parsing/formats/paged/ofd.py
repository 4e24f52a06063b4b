"""OFD documents (GB/T 33190, the national format of pages): packed XML, read without any library."""

from __future__ import annotations

import posixpath
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

from parsing.errors import Damaged, EmptyFile, ReadError, TooLarge
from parsing.formats.paged import stitching
from parsing.formats.paged.ofd_page import POINT, Objects
from parsing.formats.paged.page import Page
from parsing.formats.paged.striking import strike
from parsing.formats.raw import packed
from parsing.formats.raw.packed import Package
from parsing.grid import Grid

PAGES = 300
REMEDY = "请用 OFD 阅读器打开并另存一份，再重新导入"
DOUBTFUL = "这一页有文字叠在一起、越过框线、没有写明位置或落在页面之外，可能漏读或错位，其余部分已读取"
CLOSE = 0.1  # of the height of a letter: letters of one word are no further apart
OVERLAID = 0.3  # of the width of a letter: the next one begins further right, however narrow the type
A4 = "0 0 210 297"


def sniff(data: bytes) -> bool:
    return "ofd.xml" in packed.names(data)


def grids(name: str, data: bytes) -> Iterator[Grid | ReadError]:
    """A Grid for each run of tables, stitched over pages; a package may hold several documents.

    Raises Damaged, EmptyFile, Locked, TooLarge or Unsafe when it is about the whole package.
    """
    results = list(stitching.stitch(name, _pages(name, Package(data))))
    if not results:
        raise EmptyFile(name, "这个 OFD 文件里没有文字，也没有表格")
    if not any(isinstance(grid, Grid) for grid in results):
        raise next(error for error in results if isinstance(error, ReadError))
    yield from results


def _pages(name: str, package: Package) -> Iterator[Page | ReadError]:
    number = 0
    for root in _texts(package, "OFD.xml", "DocRoot"):
        pages, templates, box = _document(package, root)
        for path in pages:
            number += 1
            if number > PAGES:
                raise TooLarge(name, f"这个文件超过{PAGES}页", "请拆成几个文件后导入")
            part = f"第{number}页"
            try:
                page, doubtful = _page(package, path, number, part, templates, box)
                yield page
                if doubtful:
                    yield Damaged(f"{name} › {part}", DOUBTFUL, REMEDY)
            except ReadError as error:
                yield error.at(f"{name} › {part}")
            except (ValueError, KeyError, IndexError, OverflowError):  # numbers that are none
                yield Damaged(f"{name} › {part}", remedy=REMEDY)


def _document(package: Package, root: str) -> tuple[list[str], dict[str, str], str]:
    """(paths of the pages, id → path of the templates, the box of pages that name none)."""
    pages: list[str] = []
    templates: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Page":
            pages.append(_beside(root, attributes.get("BaseLoc", "")))
        elif tag == "TemplatePage":
            templates[attributes.get("ID", "")] = _beside(root, attributes.get("BaseLoc", ""))

    package.walk(root, start)
    return pages, templates, next(iter(_texts(package, root, "PhysicalBox")), A4)


def _page(
    package: Package, path: str, number: int, part: str, templates: dict[str, str], box: str
) -> tuple[Page, bool]:
    """The page, and whether some of its text has no place on it."""
    x, y, width, height = map(float, next(iter(_texts(package, path, "PhysicalBox")), box).split())
    page = Page(number, part, width * POINT, height * POINT)
    todo, seen, doubtful = [path], set[str](), False
    runs: list[tuple[int, int]] = []
    while todo:
        here = todo.pop()
        if here in seen:
            continue
        seen.add(here)
        objects = Objects(page, (x, y))
        package.walk(here, objects.start, objects.end, objects.text)
        doubtful, runs = doubtful or objects.doubtful, runs + objects.runs
        todo += [templates[below] for below in objects.below if below in templates]
    doubtful = doubtful or _overlaid(page) or _crossed(page, runs)
    strike(page)
    return page, doubtful


def _overlaid(page: Page) -> bool:
    """Whether different letters stand on each other, so that neither can be read."""
    letters = sorted(page.glyphs, key=lambda glyph: (round(glyph.base), glyph.left))
    return any(
        round(one.base) == round(other.base)
        and one.text != other.text
        and other.left - one.left < OVERLAID * min(one.right - one.left, other.right - other.left)
        for one, other in pairwise(letters)
    )


def _crossed(page: Page, runs: list[tuple[int, int]]) -> bool:
    """Whether a ruling line runs through two letters that stand close together in one piece of text."""
    lines = sorted(page.down)
    xs = [line.at for line in lines]
    for first, end in runs:
        for one, other in pairwise(page.glyphs[first:end]):
            size, middle = one.bottom - one.top, (one.top + one.bottom) / 2
            if other.left - one.right > CLOSE * size or abs(one.base - other.base) > CLOSE * size:
                continue
            left, right = (one.left + one.right) / 2, (other.left + other.right) / 2
            near = lines[bisect_left(xs, left) : bisect_right(xs, right)]
            if any(line.start < middle < line.end for line in near):
                return True
    return False


def _texts(package: Package, path: str, wanted: str) -> list[str]:
    """The texts of all elements of that name."""
    texts: list[str] = []
    open_ = False

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal open_
        open_ = tag == wanted
        if open_:
            texts.append("")

    def text(data: str) -> None:
        if open_:
            texts[-1] += data

    def end(_: str) -> None:
        nonlocal open_
        open_ = False

    package.walk(path, start, end, text)
    return [value.strip() for value in texts]


def _beside(base: str, path: str) -> str:
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(base), path))
