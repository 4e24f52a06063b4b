"""What a table was read otherwise than it stands, or not for certain, as repairs that people see."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsing.forms import Found
from parsing.forms.doubt import Doubt
from parsing.forms.line import Line, RowRepair
from parsing.grid import Cell, Cleaned, Place
from parsing.model import Indicator, Repair

ROLES = {
    "level1": "一级指标",
    "level2": "二级指标",
    "name": "三级指标",
    "period": "实施周期指标值",
    "annual": "当年度指标值",
    "weight": "权重",
}
REASONS = {
    "shift": "这一行的单元格错位，已按指标用语和两个指标值的位置对回各列",
    "one-value": "这一行的单元格错位，且只有一个指标值，分不清属于实施周期还是当年度，"
    "两栏都没有采用，请核对原表",
    "join": "这一行是上一行被分页断开的后半截，已接回",
    "wrapped": "这一行只有名称，像是上一行没有写完的名称的后半截，已接回，请核对",
    "parent": "二级指标与沿用的一级指标不相属，已按指标体系归位，原为",
    "unfolded": "这一格里写了几条指标，已逐条拆开",
    "folded": "这一格里像是写了几条指标，但与指标值的条数对不上，没有拆开，请核对原表",
    "doubled": "名称与指标值相同，又少一个指标值，可能丢了一格，请核对原表",
    "inline": "表中没有指标值一栏，已把写在指标名称末尾的目标值分出来",
    "stray": "这一行没有看懂，没有采用，请核对原表",
    "hidden": "这张表{}，打开文件时看不到，已照常读入，请核对是否应当计入",
    "year": "年度一栏写的不是一个年份，没有采用，请核对原表",
    "dated": "这张表没有写年度，按同一单位同名项目的另一张表（{}）读作 {} 年，请核对；不对时请撤销这处修复",
    "perhaps-a-sum": "这一行只有名称和金额，金额等于相邻几行之和，可能是合计行；"
    "没有把握，暂按项目计入，请核对原表",
    "sum-word": "这一行写着合计一类的字样，却有自己的名称和绩效目标或指标，暂按项目计入，请核对原表",
    "slip": "金额可能把元和万元写错了：{}；仍按原样读，请核对原表",
    "several": "这一格里不止一个金额，分不清用哪一个，没有采用，也没有相加，请核对原表",
    "spread": "这一栏下面有几个值（{}），分不清用哪一个，暂取其一，请核对原表",
    "two-units": "金额的单位互相矛盾（{}），没有采用，请核对原表",
    "likely-unit": "金额的单位互相矛盾（{}），暂按说得通的单位读，请核对原表",
    "own-unit": "金额的单位与栏目不同（{}），按格内写的读",
    "two-years": "年度一栏的年份与金额栏目所写的{}不同，按年度一栏读，请核对",
    "unprintable": "这一格里有文件无法保存、打开时也看不见的字符，已去掉",
    "unnamed": "没有认出项目名称一栏，名称未识别{}，请核对原表",
    "unlabelled": "没有认出{title}一栏，可能是{}，没有采用，请核对原表",
    "inferred": "{}一栏没有收录，按内容读作{title}，请核对原表",
    "column": "{}一栏没有收录，按栏目下的内容读作{read}，请核对原表",
    "which-year": "表上有几个年度的指标值，没有看出这张表是哪一年的，采用了{}一栏，请核对原表",
    "beside": "右边的一格“{}”没有栏目，可能是这一格的后半截，没有采用，请核对原表",
    "summed": "总额一格写的是栏名，按下面各项之和（{}）读，请核对原表",
    "worded": "金额写在一句话里，按这句话读，请核对原表",
    "swallowed": "“{}”像是一栏的名称，没有收录，读进了{title}，请核对原表",
    "struck": "原表有删除线文字“{}”，没有采用",
    "deleted": "原表有修订时删除的文字“{}”，没有采用",
    "unseen": "原表有看不见的文字“{}”（隐藏或没有颜色），没有采用，请核对",
    "raised": "原表有上标的脚注号“{}”，没有当作正文",
    "rounded": "显示的数经过四舍五入，单元格里存的是“{}”，按存的数读",
    "ocr": "这一格是从图片中识别的，把握不大，请核对原图",
    "formula": "这一格是公式，文件里没有存它的结果，没有读出，请在表格软件里打开、保存后重新导入",
    "picture": "这一格是图片，没有读出，请核对原表",
    "cut": "这段文字没有格线，这一格从哪里起、到哪里止没有把握，请核对原文",
    "laid": "这段文字没有格线，已按栏目和指标用语排成表，请核对原文",
}
ASIDE = {"struck": 0.9, "deleted": 0.9, "unseen": 0.5, "raised": 0.9}  # code of a run → confidence
SHOWN = 20  # characters of a text that was set aside
MISPLACED = ("shift", "one-value")  # the cells stood in other columns, the levels among them
NO_TEXT = ("formula", "picture")  # what a cell holds instead, as its note says
CERTAIN = 0.9  # what was recognised with less is shown for a look
_GUESSED = re.compile(r"(ocr|cut|laid):([\d.]+)")
FIELDS = {
    "year": "预算年度",
    "budget": "当年预算",
    "total": "项目总额",
    "name": "项目名称",
    "unit": "用款单位",
    "department": "主管部门",
    "project_type": "项目类型",
    "level": "项目等级",
    "period": "起止时间",
    "start": "起始时间",
    "end": "到期时间",
    "annual_goal": "年度目标",
    "period_goal": "实施周期目标",
}
MONEY = {"budget": "budget_yuan", "total": "total_yuan"}


def row_repair(
    repair: RowRepair, found: Found, line: Line | None, path: str, before: Line | None = None
) -> Repair:
    """A row that was put right, as what became of it: the ``line`` at ``path``, that after ``before``."""
    row = {cell.place.column: cell.text for cell in repair.row}
    wrapped = repair.code == "join" and bool(repair.detail)
    reason = REASONS["wrapped" if wrapped else repair.code] + (
        f"“{repair.detail or '空'}”" if repair.code == "parent" else ""
    )
    if repair.code == "unfolded":
        reason = reason.replace("几条", f"{repair.detail}条")
    if repair.code == "shift" and repair.detail:
        reason += f"；{repair.detail}"
    after = {ROLES[r]: line.texts.get(r, "") for r in found.columns if r in ROLES} if line else {}
    stands, places = _stands(repair, line, before)
    return Repair(
        code=repair.code,
        place=repair.row[0].place,
        before=tuple(row.get(column, "") for column in range(1, max(found.width, *row) + 1)),
        after=after,
        reason=reason,
        confidence=repair.confidence,
        path=path,
        stands=stands,
        places=places,
    )


def doubted(doubt: Doubt) -> Repair:
    """A value of the head that asks for a look."""
    return Repair(
        code=doubt.code,
        place=doubt.cell.place,
        before=(doubt.cell.text,),
        after={FIELDS[doubt.field]: doubt.read} if doubt.read and doubt.field else {},
        reason=REASONS[doubt.code].format(doubt.detail, title=FIELDS.get(doubt.field, ""), read=doubt.read),
        confidence=doubt.confidence,
        path="start" if doubt.field == "period" else MONEY.get(doubt.field, doubt.field),
    )


def _stands(
    repair: RowRepair, line: Line | None, before: Line | None
) -> tuple[dict[str, str], dict[str, Place]]:
    """Title → text and title → place of a row by its columns alone; levels it does not print are those
    carried down to it."""
    if repair.code == "parent":
        return {ROLES["level1"]: repair.detail}, {}
    cells = {role: repair.stands[role] for role in ROLES if role in repair.stands}
    texts = {ROLES[role]: cell.text for role, cell in cells.items()}
    places = {ROLES[role]: cell.place for role, cell in cells.items()}
    if line and repair.code != "join" and repair.stands:
        above = before if line.own_level and repair.code in MISPLACED else line
        for role in ("level1", "level2"):
            kept = above and not (role == "level2" and "level1" in cells)
            texts.setdefault(ROLES[role], above.texts[role] if above and kept else "")
            if above and kept and role in above.places:
                places.setdefault(ROLES[role], above.places[role])
    return texts, places


def unseen(noted: list[Cell], count: int) -> Iterator[Repair]:
    """That a table, or some of its ``count`` cells, are not on the screen; once a table."""
    hidden = [cell for cell in noted if "hidden" in cell.note]
    if hidden:
        which = f"有 {len(hidden)} 格文字在隐藏的行或列里"
        yield Repair(
            code="hidden",
            place=hidden[0].place,
            before=tuple([cell.text for cell in hidden[:6]]),
            after={},
            reason=REASONS["hidden"].format("在隐藏的工作表里" if len(hidden) == count else which),
            confidence=0.3,
            path="",
        )


def cleaned(found: Found, held: list[Cleaned], indicators: list[Indicator]) -> Iterator[Repair]:
    """Cells that are read otherwise than they stand, also those of which nothing was left."""
    paths = _paths(found, indicators) if held else {}
    for cell in held:
        for code, reason, confidence in _reasons(cell):
            yield Repair(
                code=code,
                place=cell.place,
                before=(cell.before,),
                after={"读作": cell.after},
                reason=reason,
                confidence=confidence,
                path=paths.get(cell.place, ""),
            )


def _reasons(cell: Cleaned) -> Iterator[tuple[str, str, float]]:
    """Code, sentence and confidence of each kind of text that was taken from the cell."""
    if not cell.runs:
        yield "unprintable", REASONS["unprintable"], 1.0
    for code in dict.fromkeys(run.code for run in cell.runs if run.code and run.text.strip()):
        text = " ".join("".join(run.text for run in cell.runs if run.code == code).split())
        text = text if len(text) <= SHOWN else f"{text[:SHOWN]}……"
        yield code, REASONS[code].format(text), ASIDE[code]


def guessed(found: Found, noted: list[Cell], indicators: list[Indicator]) -> Iterator[Repair]:
    """Values that were recognised in a picture, or cut from a text without borders, and may well be wrong;
    and that such a text was laid out as a table."""
    codes = [(cell, match[1], float(match[2])) for cell in noted if (match := _GUESSED.search(cell.note))]
    paths = _paths(found, indicators) if codes else {}
    for cell, code, sure in codes:
        if code == "laid" or (cell.place in paths and sure < CERTAIN):
            yield Repair(
                code=code,
                place=cell.place,
                before=(cell.text,),
                after={"读作": cell.text},
                reason=REASONS[code],
                confidence=sure,
                path=paths.get(cell.place, ""),
            )


def unreadable(found: Found, noted: list[Cell], indicators: list[Indicator]) -> Iterator[Repair]:
    """Values that the file holds as something else than text: nobody left them blank."""
    cells = [
        (cell, code) for cell in noted for code in cell.note.split() if code in NO_TEXT and not cell.text
    ]
    paths = _paths(found, indicators) if cells else {}
    for cell, code in cells:
        if path := paths.get(cell.place):
            path = path.partition(".")[0]  # the row of an indicator
            yield Repair(
                code=code,
                place=cell.place,
                before=(),
                after={},
                reason=REASONS[code],
                confidence=0.0,
                path=path,
            )


def _paths(found: Found, indicators: list[Indicator]) -> dict[Place, str]:
    """Place → path of each value that was read of the table."""
    paths = {
        cell.place: MONEY.get(field, field) for field, (_, said) in found.head.cells.items() for cell in said
    }
    for at, indicator in enumerate(indicators):
        for role, place in indicator.places.items():
            paths.setdefault(place, f"indicators[{at}].{role}")
    return paths
