"""What we leave in a Word document that we give back, and how to take out what we left there before."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from dashboard.exports.marked.places import text
from parsing.return_manifest import PART, TITLE

COLOUR, WHO = "FFE699", "绩览"
FIRST_MARK = 900_000  # ids of bookmarks: far from those that are there
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
PROPERTIES = f"{CUSTOM}Props"
PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
STORE = "{3F1D8A54-6E0B-4C39-9C53-6A696C616E31}"  # the id that Word keeps a part of data by


def remember(document: Any, said: str) -> None:
    """Put the manifest into the document, in the way that Word keeps data of other programs."""
    package = document.part.package
    taken = {str(part.partname) for part in package.iter_parts()}
    number = next(n for n in range(1, 10_000) if f"/customXml/item{n}.xml" not in taken)
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    own = f'{head}<{PART} xmlns="urn:{PART}">{escape(said)}</{PART}>'
    about = (
        f'{head}<ds:datastoreItem ds:itemID="{STORE}" '
        'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="urn:{PART}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    item = Part(PackURI(f"/customXml/item{number}.xml"), "application/xml", own.encode(), package)
    props = PackURI(f"/customXml/itemProps{number}.xml")
    item.relate_to(Part(props, PROPERTIES_TYPE, about.encode(), package), PROPERTIES)
    document.part.relate_to(item, CUSTOM)


def clear(document: Any) -> None:
    """Take out the marks, the comments, the page and the manifest of an earlier return."""
    for key, relation in list(document.part.rels.items()):
        if relation.reltype == CUSTOM and PART.encode() in relation.target_part.blob[:500]:
            document.part.rels.pop(key)
            _unmark(document)
            _cut(document.element.body)


def shade(cell: Any, colour: str | None) -> None:
    """Colour a cell, or, with None, take its colour away."""
    looks = cell.get_or_add_tcPr()
    for old in looks.findall(qn("w:shd")):
        looks.remove(old)
    if colour:
        new = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
            new.set(qn(f"w:{name}"), value)
        later = [qn(f"w:{name}") for name in ("noWrap", "tcMar", "textDirection", "tcFitText", "vAlign")]
        after = next((one for one in looks if one.tag in later), None)
        looks.append(new) if after is None else after.addprevious(new)


def _unmark(document: Any) -> None:
    body = document.element.body
    ours = [one._comment_elm for one in document.comments if one.author == WHO]
    numbers = {one.get(qn("w:id")) for one in ours}
    for one in ours:
        one.getparent().remove(one)
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for one in list(body.iter(qn(f"w:{tag}"))):
            if one.get(qn("w:id")) in numbers:
                one.getparent().remove(one)
    marks = [
        one for one in body.iter(qn("w:bookmarkStart")) if one.get(qn("w:name"), "").startswith("jilan_")
    ]
    numbers = {mark.get(qn("w:id")) for mark in marks}
    for one in (*marks, *list(body.iter(qn("w:bookmarkEnd")))):
        if one.get(qn("w:id")) in numbers:
            one.getparent().remove(one)
    for cell in body.iter(qn("w:tc")):
        if any(one.get(qn("w:fill")) == COLOUR for one in cell.iterfind(f"{qn('w:tcPr')}/{qn('w:shd')}")):
            shade(cell, None)


def _cut(body: Any) -> None:
    """Take out the page of the list, and make the section before it the last one again."""
    start = next((one for one in body if one.tag == qn("w:p") and text(one) == TITLE), None)
    if start is None:
        return
    last = next(one for one in reversed(body) if one.tag == qn("w:sectPr"))
    for one in [start, *start.itersiblings()]:
        if one is not last:
            body.remove(one)
    found = list(body.iterfind(f"{qn('w:p')}/{qn('w:pPr')}/{qn('w:sectPr')}"))
    if found:
        line = found[-1].getparent().getparent()
        body.replace(last, found[-1])
        if not text(line):
            body.remove(line)
