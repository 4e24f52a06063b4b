"""A list of many projects, in the formats that offices save, made fast: for what must take ten thousand."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

HEAD = (
    *("单位名称", "项目名称", "预算数", "年度目标", "一级指标", "二级指标"),
    *("三级指标", "指标性质", "指标值", "度量单位", "权重", "指标方向性"),
)
KINDS = (
    *(("产出指标", "数量指标", "项"), ("产出指标", "质量指标", "%"), ("产出指标", "时效指标", "%")),
    *(
        ("产出指标", "数量指标", "次"),
        ("效益指标", "社会效益指标", "%"),
        ("效益指标", "经济效益指标", "万元"),
    ),
    *(("效益指标", "可持续影响指标", "年"), ("满意度指标", "服务对象满意度指标", "%")),
    *(("产出指标", "数量指标", "人"), ("成本指标", "经济成本指标", "元")),
)
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def rows(projects: int, each: int = 10) -> Iterator[list[str]]:
    """Project ``n`` has a budget of ``1000 * n`` 元."""
    yield ["部门预算项目绩效目标申报表（2025年度）"]
    yield ["金额单位：元"]
    yield [*HEAD]
    for number in range(1, projects + 1):
        for at in range(each):
            level1, level2, unit = KINDS[at % len(KINDS)]
            head = [
                f"{820000 + number // 50}-某县第{number // 50 + 1}服务中心",
                f"第{number}号基层公共服务能力提升项目",
                str(1000 * number),
                f"完成第{number}号公共服务能力提升任务，按时发放补助，保障运行",
            ]
            name, goal = f"第{number}号{level2[:-2]}任务完成情况{at + 1}", str(7 * (number + at) % 99 + 1)
            yield [*(head if at == 0 else [""] * 4), level1, level2, name, "≥", goal, unit, "10", "正向指标"]


def as_csv(projects: int) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows(projects))
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(projects: int) -> bytes:
    """As Excel saves it: shared strings, merged cells down the rows of a project."""
    strings: dict[str, int] = {}
    lines = []
    for row, texts in enumerate(rows(projects), 1):
        cells = (
            f'<c r="{chr(65 + at)}{row}"><v>{text}</v></c>'
            if text.isdigit()
            else f'<c r="{chr(65 + at)}{row}" t="s"><v>{strings.setdefault(text, len(strings))}</v></c>'
            for at, text in enumerate(texts)
            if text
        )
        lines.append(f'<row r="{row}">{"".join(cells)}</row>')
    merged = (
        f'<mergeCell ref="{column}{top}:{column}{top + 9}"/>'
        for top in range(4, 4 + 10 * projects, 10)
        for column in "ABCD"
    )
    shared = "".join(f"<si><t>{escape(one)}</t></si>" for one in strings)
    return _zip(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
            "_rels/.rels": _relation("officeDocument", "xl/workbook.xml"),
            "xl/workbook.xml": f'<workbook xmlns="{SHEETS}" xmlns:r="{RELATIONS}"><sheets>'
            '<sheet name="申报表" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": _relation("worksheet", "worksheets/sheet1.xml"),
            "xl/sharedStrings.xml": f'<sst xmlns="{SHEETS}">{shared}</sst>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEETS}"><sheetData>{"".join(lines)}</sheetData>'
            f"<mergeCells>{''.join(merged)}</mergeCells></worksheet>",
        }
    )


def as_ods(projects: int) -> bytes:
    names = f'xmlns:office="{OFFICE}office:1.0" xmlns:table="{OFFICE}table:1.0" xmlns:text="{OFFICE}text:1.0"'
    body = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, texts))}</table:table-row>" for texts in rows(projects)
    )
    content = (
        f'<office:document-content {names}><office:body><office:spreadsheet><table:table table:name="申报表">'
        f"{body}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return _zip({"mimetype": kind, "content.xml": content})


def _ods_cell(text: str) -> str:
    inside = f"<text:p>{escape(text)}</text:p>" if text else ""
    return f'<table:table-cell office:value-type="string">{inside}</table:table-cell>'


def as_docx(projects: int) -> bytes:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    lines = ("".join(cell.format(escape(text)) for text in texts) for texts in rows(projects))
    body = "".join(f"<w:tr>{line}</w:tr>" for line in lines)
    return _zip(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
            "_rels/.rels": _relation("officeDocument", "word/document.xml"),
            "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body><w:tbl>{body}</w:tbl></w:body>'
            "</w:document>",
        }
    )


def _relation(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{RELATIONS}/{kind}" Target="{target}"/></Relationships>'
    )


def _zip(members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return out.getvalue()
