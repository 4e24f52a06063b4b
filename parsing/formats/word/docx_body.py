"""The XML of a Word document, streamed into its paragraphs and tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from parsing.errors import TooLarge
from parsing.formats.flow import Flow
from parsing.formats.word.docx_tables import Tables
from parsing.formats.word.docx_text import Text

NAMES = 1_000
BOXES = 20  # text boxes inside each other
OFF = ("0", "false", "off", "none")

Attributes = dict[str, str]
NONE: Attributes = {}
Handler = Callable[["DocxBody", Attributes], None]
BARE = frozenset(("r", "p", "tc", "tr", "tbl", "body"))  # what holds no text itself


class DocxBody:
    """Handlers for the XML; most of its tags are about looks and have none. Raises TooLarge.

    ``aside`` takes the text boxes; ``styles``: those that hide text or strike it out; ``chunks``: ids of
    the relations to other files put into the text.
    """

    def __init__(self, flow: Flow, aside: Flow, styles: Mapping[str, str]) -> None:
        self._styles = styles
        self.chunks: list[str] = []
        self.tables, self.words = Tables(flow), Text()
        self._aside = aside
        self._open: list[str] = []  # tags
        self._skipping = 0  # open elements whose content does not count
        self._format = ""  # the element that says how a paragraph or a row looks
        self._glued = False
        self._outside: list[tuple[Tables, list[str], bool]] = []  # what a text box interrupts
        self._reading = _Names(STARTS), _Names(ENDS)
        self._passing = (
            _Names(dict.fromkeys(SKIPPED, DocxBody.skip)),
            _Names(dict.fromkeys(SKIPPED, DocxBody.skipped)),
        )
        self._starts, self._ends = self._reading

    def start(self, tag: str, attributes: Attributes) -> None:
        self._open.append(tag)
        handler = self._starts[tag]
        if handler is not None:
            handler(self, attributes)

    def end(self, tag: str) -> None:
        self._open.pop()
        handler = self._ends[tag]
        if handler is not None:
            handler(self, NONE)

    def text(self, data: str) -> None:
        if self.words.within:
            self.words.write(data)
        elif not (self._skipping or data.isspace()) and self._open[-1].rpartition(":")[2] in BARE:
            self.words.stray = True

    def style(self, name: str) -> None:
        look = self._styles.get(name)
        if look == "struck":
            self.words.look("struck", True)
        elif look:
            self.words.hide(True)

    def skip(self, _: Attributes) -> None:
        self._skipping += 1
        self._starts, self._ends = self._passing

    def skipped(self, _: Attributes) -> None:
        self._skipping -= 1
        if not self._skipping:
            self._starts, self._ends = self._reading

    def delete(self, attributes: Attributes) -> None:
        """Deleted text; in the format of a row or of the end of a paragraph, that row or that end."""
        if self._format == "row":
            self.tables.delete_row()
        self._glued = self._glued or (self._format == "paragraph" and not self.words.in_run)
        self.skip(attributes)

    def inside(self, format: str) -> None:
        self._format = format

    def close_paragraph(self, _: Attributes) -> None:
        if self._glued:  # its end is deleted: the next paragraph goes on
            self._glued = False
        else:
            self._flush()

    def close_plain(self, attributes: Attributes) -> None:
        self.words.close_text()
        self.close_paragraph(attributes)

    def close_cell(self, _: Attributes) -> None:
        if self.words.pieces:
            self._flush()
        self.tables.part = None
        self.words.length = 0

    def open_box(self, _: Attributes) -> None:
        if len(self._outside) > BOXES:
            raise TooLarge()
        self._outside.append((self.tables, self.words.pieces, self.words.in_run))
        self.tables, self.words.pieces = Tables(self._aside), []

    def close_box(self, _: Attributes) -> None:
        if self._outside:
            self._flush()
            self.tables.close()
            self._aside.cut()
            self.tables, self.words.pieces, self.words.in_run = self._outside.pop()

    def _flush(self) -> None:
        text, part = self.words.take(), self.tables.part
        if part is not None:
            part.lines.append(text)
        else:
            self.tables.paragraph(text)
            self.words.length = 0


class _Names(dict[str, "Handler | None"]):
    """Tag → handler, whatever its prefix; each tag as it is written is looked up once."""

    def __missing__(self, tag: str) -> Handler | None:
        handler = self.get(tag.rpartition(":")[2])
        if len(self) < NAMES:
            self[tag] = handler
        return handler


def attribute(attributes: Attributes, name: str) -> str:
    """The value of an attribute, whatever its prefix; "" where there is none."""
    value = attributes.get(f"w:{name}")
    if value is not None or not attributes:
        return value or ""
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), "")


def _number(attributes: Attributes, name: str) -> int:
    value = attribute(attributes, name)
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else 0


def _down(body: DocxBody, attributes: Attributes) -> None:
    if body.tables.part:
        body.tables.part.down = attribute(attributes, "val") or "continue"


def _across(body: DocxBody, attributes: Attributes) -> None:
    if body.tables.part:
        body.tables.part.across = attribute(attributes, "val") or "continue"


def _span(body: DocxBody, attributes: Attributes) -> None:
    if body.tables.part:
        body.tables.part.width = max(1, _number(attributes, "val"))


def _break(body: DocxBody, attributes: Attributes) -> None:
    if attribute(attributes, "type") not in ("page", "column"):
        body.words.sign("\n")


STARTS: dict[str, Handler | None] = {
    "plain": lambda body, _: body.words.open_plain(),  # of our own, see docx.shortened
    "t": lambda body, _: body.words.open_text(),
    "r": lambda body, _: body.words.open_run(),
    "tab": lambda body, _: body.words.sign("\t"),
    "br": _break,
    "cr": lambda body, _: body.words.sign("\n"),
    "noBreakHyphen": lambda body, _: body.words.sign("-"),
    "sym": lambda body, attributes: body.words.symbol(
        attribute(attributes, "font"), attribute(attributes, "char")
    ),
    "vanish": lambda body, attributes: body.words.hide(attribute(attributes, "val") not in OFF),
    "strike": lambda body, attributes: body.words.look("struck", attribute(attributes, "val") not in OFF),
    "dstrike": lambda body, attributes: body.words.look("struck", attribute(attributes, "val") not in OFF),
    "vertAlign": lambda body, attributes: body.words.look(
        "raised", attribute(attributes, "val") == "superscript"
    ),
    "fldChar": lambda body, attributes: body.words.field(attribute(attributes, "fldCharType")),
    "ddList": lambda body, _: body.words.choice(),
    "listEntry": lambda body, attributes: body.words.entry(attribute(attributes, "val")),
    "result": lambda body, attributes: body.words.chosen(_number(attributes, "val")),
    "checkBox": lambda body, _: body.words.choice("□", "☑"),
    "default": lambda body, attributes: body.words.chosen(_number(attributes, "val")),
    "checked": lambda body, attributes: body.words.chosen(attribute(attributes, "val") not in OFF),
    "rStyle": lambda body, attributes: body.style(attribute(attributes, "val")),
    "sdt": lambda body, _: body.words.open_control(),
    "showingPlcHdr": lambda body, attributes: body.words.prompt(attribute(attributes, "val") not in OFF),
    "pPr": lambda body, _: body.inside("paragraph"),
    "trPr": lambda body, _: body.inside("row"),
    "tbl": lambda body, _: body.tables.open_table(),
    "tblInd": lambda body, attributes: body.tables.indent(_number(attributes, "w")),
    "gridCol": lambda body, attributes: body.tables.edge(_number(attributes, "w")),
    "tr": lambda body, _: body.tables.open_row(),
    "gridBefore": lambda body, attributes: body.tables.before(_number(attributes, "val")),
    "tc": lambda body, _: body.tables.open_cell(),
    "gridSpan": _span,
    "vMerge": _down,
    "hMerge": _across,
    "txbxContent": DocxBody.open_box,
    "altChunk": lambda body, attributes: body.chunks.append(attribute(attributes, "id")),
    "del": DocxBody.delete,
    "moveFrom": DocxBody.delete,
}
ENDS: dict[str, Handler | None] = {
    "plain": DocxBody.close_plain,
    "t": lambda body, _: body.words.close_text(),
    "r": lambda body, _: body.words.close_run(),
    "p": DocxBody.close_paragraph,
    "sdt": lambda body, _: body.words.close_control(),
    "pPr": lambda body, _: body.inside(""),
    "trPr": lambda body, _: body.inside(""),
    "tbl": lambda body, _: body.tables.close_table(),
    "tr": lambda body, _: body.tables.close_row(),
    "tc": DocxBody.close_cell,
    "txbxContent": DocxBody.close_box,
    "del": DocxBody.skipped,
    "moveFrom": DocxBody.skipped,
}
# What stands there twice (a drawing for older programs, how it looked before a change), and how a
# character is pronounced.
for _tag in ("Fallback", "rt", "pPrChange", "rPrChange", "trPrChange", "tcPrChange", "tblPrChange",
             "tblPrExChange", "tblGridChange", "sectPrChange"):  # fmt: skip
    STARTS[_tag], ENDS[_tag] = DocxBody.skip, DocxBody.skipped
SKIPPED = [tag for tag, handler in ENDS.items() if handler is DocxBody.skipped]
