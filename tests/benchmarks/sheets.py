"""A big workbook as Excel writes them: shared strings, merged cells, formats on empty cells too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from tests.browser import ROOT

TABLES = 10  # of a sheet, one below the other
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
SIDES = ("left", "right", "top", "bottom")
EDGES = "".join(f'<{side} style="thin"/>' for side in SIDES)
FORMATS = "".join(f'<xf numFmtId="{n}" fontId="0" fillId="0" borderId="1" xfId="0"/>' for n in (0, 9, 4))
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="SimSun"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    f'<borders count="2"><border/><border>{EDGES}</border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    f'<cellXfs count="3">{FORMATS}</cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def write(file: Path, tables: int) -> int:
    """Write that many tables, each like one of the six samples with names and values of its own; returns
    the number of their indicators."""
    gold = json.loads((ROOT / "tests/cases/files/gold.json").read_text("utf-8"))
    strings: dict[str, int] = {}
    sheets = [range(at, min(at + TABLES, tables)) for at in range(0, tables, TABLES)]
    with ZipFile(file, "w", ZIP_DEFLATED) as out:
        for number, inside in enumerate(sheets, 1):
            out.writestr(f"xl/worksheets/sheet{number}.xml", sheet(gold, inside, strings))
        items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings)
        out.writestr(
            "xl/sharedStrings.xml", f'<sst xmlns="{MAIN}" uniqueCount="{len(strings)}">{items}</sst>'
        )
        out.writestr("xl/styles.xml", STYLES)
        for name, text in frame(len(sheets)):
            out.writestr(name, text)
    named = [sum(bool(name) for _, _, name, *_ in table["indicators"]) for table in gold]
    return sum(named[table % len(gold)] for table in range(tables))


def sheet(gold: list[dict[str, Any]], tables: range, strings: dict[str, int]) -> str:
    rows, merges, top = [], [], 1
    for number in tables:
        table = gold[number % len(gold)]
        header = next(at for at, row in enumerate(table["rows"]) if "三级指标" in row)
        rows.append(line(top, ["项目绩效目标表"], strings))
        for at, row in enumerate(table["rows"]):
            rows.append(line(top + 1 + at, own(row, number, at - header), strings))
        for first, left, last, right in table["merges"]:
            merges.append(f"{'ABCDEF'[left]}{top + 1 + first}:{'ABCDEF'[right]}{top + 1 + last}")
        top += len(table["rows"]) + 2
    areas = "".join(f'<mergeCell ref="{area}"/>' for area in merges)
    return (
        f'<worksheet xmlns="{MAIN}"><dimension ref="A1:F{top}"/><sheetData>{"".join(rows)}</sheetData>'
        f'<mergeCells count="{len(merges)}">{areas}</mergeCells></worksheet>'
    )


def own(row: list[str], number: int, below: int) -> list[str]:
    """The row with what differs from table to table; ``below``: rows under the header of the grid."""
    if row[0] == "项目名称":
        return ["项目名称", f"{row[1]}{number}", *row[2:]]
    if row[0].endswith("（元）"):
        return [row[0], str(int(row[1].replace(",", "")) + number * 100), *row[2:]]
    if below > 0 and row[3]:
        value = f"≥{80 + (number + below) % 20}%" if row[4].endswith("%") else row[4]
        return [*row[:3], f"{row[3]}{number % 97}", value, value]
    return [f"{text}（{number}）" if len(text) > 60 else text for text in row]


def line(number: int, row: list[str], strings: dict[str, int]) -> str:
    cells = "".join(cell(f"{'ABCDEF'[k]}{number}", text, strings) for k, text in enumerate(row))
    return f'<row r="{number}" spans="1:6" ht="18" customHeight="1">{cells}</row>'


def cell(ref: str, text: str, strings: dict[str, int]) -> str:
    if not text:
        return f'<c r="{ref}" s="0"/>'
    if text.isascii() and text.rstrip("%").isdigit():  # a number, shown by its format
        value, style = (int(text[:-1]) / 100, 1) if text.endswith("%") else (text, 0)
        return f'<c r="{ref}" s="{style}"><v>{value}</v></c>'
    return f'<c r="{ref}" s="0" t="s"><v>{strings.setdefault(text, len(strings))}</v></c>'


def frame(sheets: int) -> Iterator[tuple[str, str]]:
    numbers = range(1, sheets + 1)
    parts = [*((f"worksheets/sheet{n}.xml", "worksheet") for n in numbers)]
    parts += [("sharedStrings.xml", "sharedStrings"), ("styles.xml", "styles")]
    links = "".join(
        f'<Relationship Id="r{n}" Type="{DOCUMENT}/{kind}" Target="{path}"/>'
        for n, (path, kind) in enumerate(parts, 1)
    )
    yield "xl/_rels/workbook.xml.rels", relations(links)
    tabs = "".join(f'<sheet name="第{n}页" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
    main = f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>{tabs}</sheets></workbook>'
    yield "xl/workbook.xml", main
    link = f'<Relationship Id="r1" Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/>'
    yield "_rels/.rels", relations(link)
    kinds = "".join(
        f'<Override PartName="/xl/{path}" ContentType="{KIND}.{kind}+xml"/>'
        for path, kind in [("workbook.xml", "sheet.main"), *parts]
    )
    default = f'<Default Extension="rels" ContentType="{RELATIONS}"/>'
    yield "[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types">{default}{kinds}</Types>'


def relations(links: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'
