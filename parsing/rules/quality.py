"""How sure the reading is: points about our reading, not about who filled in the form.

X06 (a table of another kind) and X07 (a table that could not be read) are no rules of a project: they are
in ``Reading.others`` and ``Reading.unread``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from parsing import values
from parsing.grid import Place
from parsing.model import Project, Repair
from parsing.rules.grounds import READING
from parsing.rules.path_text import FIELDS
from parsing.rules.rule import Hit, Rule, rule
from parsing.rules.subject import Subject

_SERIAL = re.compile(r"[2-5]\d,?\d{3}")
_DATED = re.compile("时间|日期|时限|期限")


@rule(
    "X01",
    "错位的行已归位",
    "提示",
    "读取质量",
    ground=READING,
    meaning="合并单元格在复制时丢失，一行的内容会左移；程序按指标用语归位，有把握的列在这里，供核对。有人确认或撤销过的不再列。",
    advice="建议与原表核对一次，无误可确认。",
    good="｜成本指标｜预算执行率（%）｜≥90%｜≥90%（在自己的栏内）",
    bad="成本指标｜部门预算执行率｜≥90%｜≥90%｜（左移一格）",
)
def repaired(subject: Subject) -> Iterator[Hit]:
    for repair in subject.project.repairs:
        if not repair.decision and not repair.doubtful and repair.code != "ocr":
            yield _hit(repair)


@rule(
    "X02",
    "类别名称没有收录",
    "低",
    "读取质量",
    ground=READING,
    needs=("grid",),
    meaning="看二级指标的名称是不是认识的九类之一。不认识的照原样保留，但不计入任何一类的覆盖情况。同一名称只提一次。",
    advice="建议核实是否写错；确是本地表样用语的，可在词表中补充。",
    good="数量指标",
    bad="创新指标",
)
def unknown(subject: Subject) -> Iterator[Hit]:
    told: set[str] = set()
    project = subject.project
    indicators = [(row.path(), row.indicator.level1, row.indicator.level2, row.slot) for row in subject.rows]
    empty = [(f"empty[{n}]", one.level1, one.level2, one.slot) for n, one in enumerate(project.empty)]
    for path, level1, level2, slot in (*indicators, *empty):
        word = level2.strip() or level1.strip()
        if slot is None and word not in told:
            told.add(word)
            said = f"“{word}”不在已收录的类别里" if word else "这一行没有印类别"
            yield Hit(path, f"{said}，没有计入覆盖情况，建议核实。", word)


@rule(
    "X03",
    "读法没有把握的行",
    "低",
    "读取质量",
    ground=READING,
    meaning="列数对不上、两个指标值只剩一个、整行看不懂的，程序不强行归位：值不采用，或标为存疑，列在这里请人看一眼。有人确认或撤销过的不再列。",
    advice="建议对照原表核对，再确认或撤销。",
    good="系统设计使用年限｜≥10年｜≥10年",
    bad="系统设计使用年限｜≥10年（只剩一个值，分不清属于哪一栏）",
)
def doubtful(subject: Subject) -> Iterator[Hit]:
    for repair in subject.project.repairs:
        if repair.doubtful and repair.code not in ("ocr", "slip"):  # A08 tells of slips
            yield _hit(repair)


@rule(
    "X04",
    "预算金额没有注明单位或读不成数",
    "低",
    "读取质量",
    ground=READING,
    needs=("budget printed",),
    meaning="看预算金额填了却读不出的：没有注明元还是万元，或者不是一个数。不作猜测，项目照常列出，金额不计入任何合计。",
    advice="建议在栏目名称或金额后注明元或万元。",
    good="年度资金总额（万元） 5",
    bad="年度资金总额 50000（没有注明单位）",
)
def unit_unknown(subject: Subject) -> Iterator[Hit]:
    project = subject.project
    for field in ("budget_yuan", "total_yuan"):
        place = project.places.get(field)
        if getattr(project, field) is not None or place is None:
            continue
        text = _printed(project, place)
        why = "没有注明元还是万元" if values.understand(text).kind in ("number", "date") else "读不成一个数"
        if (written := values.amount(text, "万元")) is not None and values.money(written) is None:
            why = f"{why}，或超出金额的范围"
        said = f"{FIELDS[field]}{text and f'“{text}”'}{why}，没有计入合计，建议核实并注明单位。"
        yield Hit(field, said, text)


@rule(
    "X05",
    "日期显示成了序号",
    "提示",
    "读取质量",
    ground=READING,
    meaning="表格程序有时把日期存成天数（44561 即 2021-12-31）。起止时间、时效类指标里出现这样的数，"
    "按日期理解，列在这里供核对。",
    advice="建议在原表中把单元格格式改为日期。",
    good="完成时间 2021年12月31日",
    bad="完成时间 44,561",
)
def serial(subject: Subject) -> Iterator[Hit]:
    project = subject.project
    heads = [(path, project.places[path]) for path in ("start", "end", "period") if path in project.places]
    for path, place in heads:
        yield from _as_date("start" if path == "period" else path, _printed(project, place), str(place))
    for row in subject.rows:
        if row.slot == "时效" or _DATED.search(row.name):
            yield from _as_date(row.path(row.field), row.said)


def _as_date(path: str, text: str, place: str = "") -> Iterator[Hit]:
    day = values.when(text)[0] if _SERIAL.fullmatch(text.strip()) else None
    if day:
        yield Hit(path, f"“{text}”像是日期的序号，即{day}，建议核实。", text, place=place)


@rule(
    "X08",
    "图片识别没有把握的字",
    "提示",
    "读取质量",
    ground=READING,
    meaning="从扫描件、照片里识别出来的字，把握不大的列在这里；把握很小的为低。有人确认过的不再列。",
    advice="建议对照原图核对。",
    good="表格文件，或字迹清楚的扫描件",
    bad="扫描件里模糊的“≥95%”",
)
def recognised(subject: Subject) -> Iterator[Hit]:
    for repair in subject.project.repairs:
        if repair.code == "ocr" and not repair.decision:
            text = repair.before[0] if repair.before else ""
            sure = f"{repair.confidence:.0%}"
            message = f"“{text}”是从图片里识别的，把握{sure}，建议对照原图核对。"
            place = str(repair.place)
            yield Hit(repair.path, message, text, "低" if repair.doubtful else None, place=place)


def _hit(repair: Repair) -> Hit:
    stood = "｜".join(repair.before).strip("｜")
    return Hit(repair.path, f"{repair.reason}。", stood, place=str(repair.place))


def _printed(project: Project, place: Place) -> str:
    """The text of a cell of the table as it stands."""
    found = (text for row, column, *_, text in project.excerpt if (row, column) == (place.row, place.column))
    return next((str(text) for text in found), "")


RULES: tuple[Rule[Callable[[Subject], Iterable[Hit]]], ...] = (
    *(repaired, unknown, doubtful),
    *(unit_unknown, serial, recognised),
)
