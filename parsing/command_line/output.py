"""What the command line writes: a table for people, JSON, CSV, a workbook, parquet."""

from __future__ import annotations

import io
import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import islice
from typing import TYPE_CHECKING

from parsing.command_line import sum_lines
from parsing.command_line.contract import contract, uncounted
from parsing.command_line.formulas import defused
from parsing.command_line.sum_lines import wan
from parsing.counting import WORDS, Exclusion, candidates, left_out
from parsing.dating import told
from parsing.finding import SEVERITIES, Finding, Review
from parsing.model import SLOTS, ListTotal, Project, Reading
from parsing.partial import MARK, said, unpacked
from parsing.rules import BOOK, namesakes, review_all
from parsing.rules.standard import DEFAULT, Standard

if TYPE_CHECKING:
    import pandas as pd

KEYS = ("projects", "others", "unread", "totals")  # of the JSON
HEADERS = {
    "project": "项目名称",
    "form": "表样",
    "department": "主管部门",
    "unit": "用款单位",
    "project_type": "项目类型",
    "level": "项目等级",
    "start": "起始年度",
    "end": "到期年度",
    "year": "预算年度",
    "budget_yuan": "当年预算（元）",
    "total_yuan": "项目总额（元）",
    "period_goal": "实施周期目标",
    "annual_goal": "年度目标",
    "level1": "一级指标",
    "level2": "二级指标",
    "slot": "指标类别",
    "name": "三级指标",
    "period": "实施周期指标值",
    "annual": "当年度指标值",
    "weight": "权重",
    "place": "出处",
    "partial": "没有读全的原因",
    "counts": "计入合计",
    "reason": "不计入的原因",
    "doubled": "不重复计",
}


TOTALS = {
    "place": "出处",
    "label": "表内写法",
    "agrees": "结论",
    "printed_yuan": "表内金额（元）",
    "read_yuan": "读到的金额（元）",
    "difference_yuan": "相差（元）",
    "printed_count": "表内项目数",
    "read_count": "读到的项目数",
    "message": "说明",
    "remedy": "建议",
}


def as_json(readings: list[Reading], standard: Standard = DEFAULT) -> bytes:
    readings = told(readings)
    projects = _projects(readings)
    reviews = iter(_reviews(readings, standard))
    counting = iter(uncounted(projects, _left(readings)))
    many = []
    for reading in readings:
        count = len(reading.projects)
        many.append(contract(reading, list(islice(reviews, count)), list(islice(counting, count))))
    whole = {key: [item for one in many for item in one[key]] for key in KEYS}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def as_table(readings: list[Reading], standard: Standard = DEFAULT) -> bytes:
    """A line a project, then what was repaired, what was not read, and what the rules found most often."""
    readings = told(readings)
    projects = _projects(readings)
    left = _left(readings)
    lines = [_row("项目", "年度", "预算（万元）", "指标", "空缺类别", "修复")]
    for number, project in enumerate(projects):
        filled = {slot for indicator in project.indicators for slot in indicator.slots}
        lacking = "、".join(slot for slot in SLOTS if slot not in filled)
        money, count = wan(project.budget_yuan), len(project.indicators)
        year = project.year or "未注明"
        name = f"{project.title}{f'（{MARK}）' if project.partial else ''}{_mark(left.get(number))}"
        lines.append(_row(name, year, money, count, lacking, len(project.repairs)))
    lines += sum_lines.lines(projects, left)
    for project in projects:
        if project.partial:
            lines.append(f"{MARK}  {project.place}：{said(project.partial)}；没有读到的不算缺项")
        for repair in project.repairs:
            mark = "待核对" if repair.doubtful else "已修复"
            lines.append(f"{mark}  {repair.place}：{repair.reason}")
    for reading in readings:
        lines += [f"未计入  {other.place}：{other.kind}《{other.title}》" for other in reading.others]
        lines += [f"未读出  {one.place}：{one.reason}。{one.remedy}。" for one in reading.unread]
        for total in reading.totals:
            mark, remedy = ("相符", "") if total.agrees else ("不符", f"{total.remedy}。")
            lines.append(f"{mark}  {total.place}：{total.message}。{remedy}")
    reviews = _reviews(readings, standard)
    lines += [
        f"待核对  {one.place}：{one.message}"
        for review in reviews
        for one in review.findings
        if one.rule == namesakes.CODE
    ]
    lines += _found([one for number, one in enumerate(reviews) if number not in left], standard)
    return ("\n".join(lines) + "\n").encode()


def _projects(readings: Iterable[Reading]) -> list[Project]:
    return [project for reading in readings for project in reading.projects]


def _left(readings: Iterable[Reading]) -> dict[int, Exclusion]:
    return left_out(candidates(one.projects for one in readings))


def _mark(left: Exclusion | None) -> str:
    """Beside the name of what is in no sum."""
    return "" if left is None else "（一级，不重复计）" if left.reason == "programme" else "（不重复计）"


def _reviews(readings: list[Reading], standard: Standard) -> list[Review]:
    return review_all(_projects(readings), standard)


def _found(reviews: list[Review], standard: Standard) -> list[str]:
    """A line for each severity of each rule, the gravest first; how a table was read is told above."""
    hits: dict[tuple[int, str, str], list[Finding]] = {}
    for review in reviews:
        for one in review.findings:
            if BOOK[one.rule].dimension != "读取质量":
                hits.setdefault((SEVERITIES.index(one.severity), one.rule, one.title), []).append(one)
    count: Counter[str] = Counter()
    lines = []
    for (rank, code, title), many in sorted(hits.items()):
        count[SEVERITIES[rank]] += len(many)
        lines.append(f"{SEVERITIES[rank]}  {code} {title}：{len(many)} 条，如 {many[0].place}")
    told = "，".join(f"{severity} {count[severity]} 条" for severity in SEVERITIES)
    return [f"审核意见（{standard.title}）：{told}", *lines] if reviews else []


def _sheet(readings: list[Reading]) -> pd.DataFrame:
    """The tidy frame as people read it."""
    from parsing.frames import tidy  # pandas only when an output needs it

    frame = tidy(readings)
    marks = {
        "partial": frame["partial"].map(lambda codes: said(unpacked(codes)), na_action="ignore"),
        "counts": frame["counts"].map({True: "是", False: "否"}),
        "reason": frame["reason"].map(WORDS),
        "doubled": frame["doubled"].map({True: "是", False: None}),
    }
    return frame.assign(**marks).rename(columns=HEADERS)


def as_csv(readings: list[Reading], standard: Standard = DEFAULT) -> bytes:
    """No cell is one that a spreadsheet would run."""
    return _csv(_sheet(readings).map(lambda value: defused(value) if isinstance(value, str) else value))


def as_raw_csv(readings: list[Reading], standard: Standard = DEFAULT) -> bytes:
    """Every text as it is, for programs."""
    return _csv(_sheet(readings))


def _csv(frame: pd.DataFrame) -> bytes:
    text: str = frame.to_csv(index=False)
    return text.encode("utf-8-sig")


def as_xlsx(readings: list[Reading], standard: Standard = DEFAULT) -> bytes:
    from openpyxl import Workbook

    frame = _sheet(readings)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("指标")
    sheet.freeze_panes = "B2"
    for row in (list(frame.columns), *frame.astype(object).where(frame.notna(), None).values.tolist()):
        sheet.append([_safe(sheet, value) for value in row])
    if totals := [total for reading in readings for total in reading.totals]:
        sheet = book.create_sheet("合计核对")
        sheet.freeze_panes = "A2"
        sheet.append([*TOTALS.values()])
        for total in totals:
            sheet.append([_safe(sheet, _of_total(total, field)) for field in TOTALS])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _of_total(total: ListTotal, field: str) -> object:
    said = getattr(total, field)
    return str(said) if field == "place" else ("相符" if said else "不符") if field == "agrees" else said


def as_parquet(readings: list[Reading], standard: Standard = DEFAULT) -> bytes:
    from parsing.frames import tidy

    frame = tidy(readings)
    for column in ("budget_yuan", "total_yuan", "weight"):  # one type, whether or not a value is known
        frame[column] = frame[column].astype("float64")
    frame.attrs = {}
    out = io.BytesIO()
    frame.to_parquet(out, index=False)
    return out.getvalue()


FORMATS: dict[str, Callable[[list[Reading], Standard], bytes]] = {
    "table": as_table,
    "json": as_json,
    "csv": as_csv,
    "xlsx": as_xlsx,
    "parquet": as_parquet,
}
WRITES_BYTES = ("xlsx", "parquet")


def _safe(sheet: object, value: object) -> object:
    """A text never becomes a formula, whatever it starts with."""
    from openpyxl.cell import WriteOnlyCell

    if not isinstance(value, str) or not value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def _row(*cells: object) -> str:
    widths = (34, 6, 14, 4, 34, 4)
    return "  ".join(_pad(str(cell), width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _pad(text: str, width: int) -> str:
    wide = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
    return text + " " * (width - wide)
