"""Tables of a layout whose words no list of ours has, for the tests of what somebody shows of it."""

from __future__ import annotations

import io
from collections.abc import Sequence

import openpyxl

LIFTS = ("老旧小区加装电梯", "城建办", "38.5")
LIFT_ROWS = (
    ("产出指标", "数量指标", "加装电梯数", "≥12部", "40"),
    ("", "质量指标", "一次验收合格率", "100%", "30"),
    ("满意度指标", "服务对象满意度指标", "居民满意度", "≥90%", "30"),
)
RIVERS = ("河道清淤", "水务站", "120")
RIVER_ROWS = (
    ("产出指标", "数量指标", "清淤长度", "≥3公里", "50"),
    ("", "时效指标", "完成时间", "2025年11月", "20"),
    ("效益指标", "社会效益指标", "排涝能力", "明显提升", "30"),
)
CLASSES = ("社区课堂", "文化站", "6")
CLASS_ROWS = (("产出指标", "数量指标", "开课场次", "≥60场", "50"), ("", "质量指标", "到课率", "≥85%", "50"))


def rows(head: Sequence[str], indicators: Sequence[Sequence[str]]) -> list[list[str]]:
    name, unit, money = head
    return [
        ["街道民生实事清单"],
        ["事由", name, "", "牵头方", unit],
        ["安排数（万元）", money, "", "起讫", "2025.03-2025.12"],
        ["想达到什么", "让居民的日子更方便，完成年度任务。"],
        ["维度", "要点", "看什么", "达到多少", "占分"],
        *map(list, indicators),
    ]


def workbook(head: Sequence[str], indicators: Sequence[Sequence[str]]) -> bytes:
    """The table as .xlsx, on a sheet called 清单."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "清单"
    for row in rows(head, indicators):
        sheet.append([text or None for text in row])
    sheet.merge_cells("A1:E1")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def text(head: Sequence[str], indicators: Sequence[Sequence[str]]) -> bytes:
    """The table as text with tabs."""
    return "\n".join("\t".join(row) for row in rows(head, indicators)).encode()
