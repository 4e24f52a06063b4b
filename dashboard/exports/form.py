"""The Guangdong form as .xlsx: filled from projects, or blank to be filled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.exports.form_sheet import NAME, PrintedForm, PrintedLine, draw
from parsing import Project, readable

LEVELS = {"产出指标": 4, "效益指标": 4, "满意度指标": 1}  # level 1 → how many level 2 below it
BLANKS = (  # level 2 and how many lines the blank form offers for it
    ("数量指标", 3), ("质量指标", 3), ("时效指标", 3), ("成本指标", 2), ("经济效益指标", 1),
    ("社会效益指标", 2), ("生态效益指标", 1), ("可持续影响指标", 2), ("服务对象满意度指标", 2),
)  # fmt: skip
UNTITLED = re.compile(r"[][*?:/\\]|[^ -\uffff]")  # what Excel refuses in the name of a sheet


def workbook(projects: Sequence[Project]) -> bytes:
    """The projects as tables, a sheet each, with merged cells, real percents and real money."""
    book = Workbook()
    book.remove(book.active)
    for number, project in enumerate(projects, 1):
        # the number keeps two of the same name apart
        title = f"{number}.{UNTITLED.sub('', readable(project.title))}"[:31].rstrip("'")
        draw(book.create_sheet(title), _filled(project))
    if not projects:
        book.create_sheet(NAME)
    return _bytes(book)


def template(year: int | None = None) -> bytes:
    """The blank form, with ``year`` (this one, unless said) in its labels."""
    book = Workbook()
    sheet = book.active
    sheet.title = NAME
    levels = [level for level, count in LEVELS.items() for _ in range(count)]
    lines = [
        PrintedLine(level, slot)
        for level, (slot, count) in zip(levels, BLANKS, strict=True)
        for _ in range(count)
    ]
    money, goal = _labels(year or date.today().year)
    head: list[tuple[str, str | Decimal | None]] = [(label, "") for label in _HEAD]
    form = PrintedForm(head, None, None, [(money, None)], [], [(_PERIOD, ""), (goal, "")], lines)
    first = draw(sheet, form)
    _prompt(sheet, "B3", "项目名称", "与预算申报的项目名称一致")
    _prompt(sheet, "B9", "预算金额", "单位为元，只填数字，例如 920000")
    _prompt(sheet, f"D{first}:D{sheet.max_row}", "三级指标", "写明考核什么；行数不够时，请在同类中间插入行")
    _prompt(
        sheet, f"E{first}:F{sheet.max_row}", "指标值", "写清符号、数字和单位，例如 ≥95%、100件、≤2000元/人"
    )
    return _bytes(book)


_HEAD = {
    "项目名称": "name",
    "项目类型": "project_type",
    "项目等级": "level",
    "主管部门": "department",
    "用款单位": "unit",
}
_PERIOD = "实施周期总目标"


def _labels(year: int | None) -> tuple[str, str]:
    return (f"{year}年预算金额（元）", f"{year}年度目标") if year else ("年度预算金额（元）", "年度目标")


def _filled(project: Project) -> PrintedForm:
    money, goal = _labels(project.year)
    amounts = [(money, project.budget_yuan)]
    if project.total_yuan is not None:
        amounts.append(("项目资金总额（元）", project.total_yuan))
    rows = [
        (i.place.row, PrintedLine(i.level1, i.level2, i.name, i.period, i.annual, i.weight))
        for i in project.indicators
    ]
    rows += [(empty.place.row, PrintedLine(empty.level1, empty.level2)) for empty in project.empty]
    return PrintedForm(
        head=[(label, getattr(project, field)) for label, field in _HEAD.items()],
        start=project.start,
        end=project.end,
        money=amounts,
        extras=list(project.extras.items()),
        goals=[(_PERIOD, project.period_goal), (goal, project.annual_goal)],
        lines=[line for _, line in sorted(rows, key=lambda row: row[0])],  # as the form printed them
    )


def _prompt(sheet: Worksheet, area: str, title: str, text: str) -> None:
    """A hint that Excel shows beside the chosen cell; nothing is forbidden by it."""
    hint = DataValidation(allow_blank=True, showInputMessage=True, promptTitle=title, prompt=text)
    hint.add(area)
    sheet.add_data_validation(hint)


def _bytes(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()
