"""A Word document with its cells marked and commented, a last page of what to change, and the manifest in a
part that nobody sees."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell

from dashboard.exports.fonts import BODY, HEAD
from dashboard.exports.marked import earlier
from dashboard.exports.marked.changes import COLUMNS, Change, ChangeList, texts
from dashboard.exports.marked.earlier import COLOUR, WHO
from dashboard.exports.marked.places import cells, text
from parsing import printable, return_manifest

WIDTHS = (1.1, 3.4, 2.9, 1.3, 4.2, 6.2, 6.2, 1.7)  # cm
CENTRED = (0, 3, 7)  # columns
BLUE = RGBColor(0x05, 0x63, 0xC1)


def written(data: bytes | None, changes: ChangeList, remark: str) -> bytes:
    """``data``: None for a new document. Raises whatever python-docx does."""
    document = Document(io.BytesIO(data)) if data else Document()
    earlier.clear(document)
    known = cells(document.element.body)
    targets = [_target(known, change) for change in changes.changes]
    words: dict[Any, list[str]] = defaultdict(list)
    for one, target in zip(changes.changes, targets, strict=True):
        if target is not None:
            words[target].append(one.words)
    marks = {target: f"jilan_{number}" for number, target in enumerate(words, 1)}
    for target, word in words.items():
        _mark(document, _Cell(target, document), "\n".join(word), marks[target])
    table = _page(document, changes, remark)
    for number, (one, target) in enumerate(zip(changes.changes, targets, strict=True), 1):
        _line(table, texts(number, one, one.cell), marks.get(target))
    earlier.remember(document, changes.manifest)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _target(known: dict[str, Any], change: Change) -> Any:
    """The cell that a finding is about; None where it does not say what was read, or stands in no table."""
    found = known.get(change.cell)
    same = found is not None and change.read is not None and text(found) == "".join(change.read.split())
    return found if same else None


def _mark(document: Any, cell: _Cell, words: str, name: str) -> None:
    earlier.shade(cell._tc, COLOUR)
    line = cell.paragraphs[0]
    runs = line.runs or [line.add_run()]
    document.add_comment(runs, printable(words), author=WHO, initials=WHO)
    for tag in ("w:bookmarkEnd", "w:bookmarkStart"):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), str(earlier.FIRST_MARK + int(name.rpartition("_")[2])))
        if tag.endswith("Start"):
            mark.set(qn("w:name"), name)
        runs[0]._r.addprevious(mark) if tag.endswith("Start") else runs[-1]._r.addnext(mark)


def _page(document: Any, changes: ChangeList, remark: str) -> Any:
    """A last page, lying, with the empty table of the list."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.3)
    section.top_margin = section.bottom_margin = Cm(1.5)
    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
    _run(document.add_paragraph(), return_manifest.TITLE, 18, HEAD)
    foot = section.footer.paragraphs[0]
    _run(foot, changes.foot, 9)
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for one in changes.over(remark):
        _run(document.add_paragraph(), one, 11)
    table = document.add_table(rows=1, cols=len(COLUMNS))
    table.autofit = False
    _border(table)
    for column, title, width in zip(table.columns, COLUMNS, WIDTHS, strict=True):
        column.width = Cm(width)
        _fill(column.cells[0], title, width, HEAD, centred=True)
        earlier.shade(column.cells[0]._tc, "EEF2F6")
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return table


def _line(table: Any, line: Sequence[str], mark: str | None) -> None:
    row = table.add_row()
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for number, (cell, said, width) in enumerate(zip(row.cells, line, WIDTHS, strict=True)):
        run = _fill(cell, said, width, BODY, number in CENTRED)
        if number == 2 and mark:
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), mark)
            run._r.addprevious(link)
            link.append(run._r)
            run.font.color.rgb, run.font.underline = BLUE, True


def _fill(cell: Any, text: str, width: float, font: str, centred: bool = False) -> Any:
    cell.width = Cm(width)
    line = cell.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    return _run(line, text, 10, font)


def _run(line: Any, text: str, size: float, font: str = BODY) -> Any:
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(2)
    line.paragraph_format.first_line_indent, line.paragraph_format.line_spacing = Pt(0), 1.15
    run = line.add_run(printable(text))
    run.font.size, run.font.name, run.font.bold = Pt(size), font, font == HEAD
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run


def _border(table: Any) -> None:
    """Lines of its own: the department's document may have no style for tables."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "8A96A3")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)
