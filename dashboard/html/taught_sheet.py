"""指认, as HTML: the sheet whose cells are pointed at, and what is read of the file by then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import chain, islice

from dashboard.html.original import Spot, cell_id
from dashboard.html.original import sheet as grid
from dashboard.wording.formatting import clip, format_amount, format_wan
from parsing import Indicator, Project, Reading, fen
from parsing.teaching.sheets import Replica

PROJECTS, INDICATORS = 5, 12  # shown of what is read
NOTHING = "还没有读出项目"


def sheet(sheet: Replica, answered: Mapping[Spot, str], chosen: Spot | None, read: Sequence[Project]) -> str:
    """The grid to click on: what was said of a cell stands in it, and what is read from one is
    marked, and what asks for a look."""
    cells = {(row, column): (height, width, text) for row, column, height, width, text, _ in sheet.cells}
    taken = {
        place[2:4]
        for project in read
        for place in chain(
            project.places.values(), *(indicator.places.values() for indicator in project.indicators)
        )
        if place[:2] == (sheet.file, sheet.part)
    }
    asked = {
        repair.place[2:4]
        for project in read
        for repair in project.repairs
        if repair.doubtful and repair.place[:2] == (sheet.file, sheet.part)
    }

    def shown(spot: Spot, text: str) -> tuple[str, str]:
        if spot not in cells:
            return "", ""
        kinds = [
            ("lit", spot == chosen),
            ("answered", spot in answered),
            ("asked", spot in asked),
            ("taken", spot in taken),
        ]
        names = " ".join(name for name, holds in kinds if holds)
        mark = f'<mark class="answer">{escape(answered[spot])}</mark>' if spot in answered else ""
        body = f'data-value="{cell_id(spot)}" data-cell="{cell_id(spot)}" role="button" class="{names}"'
        return body, f"{mark}{escape(text)}"

    lettered = bool(cells) and sheet.cells[0][5][:1].isascii()
    more = (
        f'<p class="quiet">下面还有 {sheet.more:,} 行，不列出；指认对它们一样有效。</p>' if sheet.more else ""
    )
    return f'<div class="teach">{grid(cells, lettered, shown)}</div>{more}'


def title(reading: Reading) -> str:
    """What is read by now, as the conclusion."""
    projects = reading.projects
    money = [amount for project in projects if (amount := fen(project.budget_yuan)) is not None]
    spoken = format_amount(sum(money)) if money else "没有读到"
    indicators = sum(len(one.indicators) for one in projects)
    return f"按这样读：{len(projects):,} 个项目，{indicators:,} 条指标，预算 {spoken}"


def result(reading: Reading | None) -> str:
    """What is read by now, project by project, and what is not."""
    if reading is None:
        return f'<p class="quiet">{NOTHING}。点左边的一格，再选它是什么。</p>'
    blocks = [_project(project) for project in islice(reading.projects, PROJECTS)]
    rest = len(reading.projects) - len(blocks)
    blocks += [f'<p class="quiet">另有 {rest:,} 个项目。</p>'] if rest > 0 else []
    lines = [
        f"<li><b>{escape(unread_item.reason)}</b>（{escape(unread_item.place)}）</li>"
        for unread_item in reading.unread[:PROJECTS]
    ]
    blocks += [f'<ul class="troubles">{"".join(lines)}</ul>'] if lines else []
    return f'<article class="file">{"".join(blocks)}</article>'


def _project(project: Project) -> str:
    money = format_wan(fen(project.budget_yuan)) + " 万元" if project.budget_yuan is not None else None
    period = "—".join(filter(None, (project.start, project.end)))
    facts = (
        ("项目名称", project.name),
        ("单位", project.unit),
        ("部门", project.department),
        ("当年预算", money),
        ("周期", period),
        ("年度目标", project.annual_goal),
        ("周期目标", project.period_goal),
    )
    lines = "".join(
        f"<div><dt>{name}</dt><dd>{escape(clip(value, 60)) if value else '<i>没有读到</i>'}</dd></div>"
        for name, value in facts
        if value or name in ("项目名称", "单位", "当年预算", "年度目标")
    )
    loose = "；".join(f"{label}：{value}" for label, value in project.extras.items() if value)
    others = f'<p class="quiet">没有归到栏目的：{escape(clip(loose, 160))}</p>' if loose else ""
    doubts = [repair for repair in project.repairs if repair.doubtful]
    asks = "".join(
        f"<li><b>{escape(repair.place.cell)}</b>　{escape(repair.reason)}</li>"
        for repair in doubts[:PROJECTS]
    )
    asks = f'<ul class="troubles">{asks}</ul>' if asks else ""
    return f'<dl class="read">{lines}</dl>{_indicators(project.indicators)}{others}{asks}'


def _indicators(indicators: Sequence[Indicator]) -> str:
    if not indicators:
        return '<p class="bad">没有读到指标</p>'
    body = "".join(
        f"<tr><td>{escape(indicator.slot or indicator.level2 or indicator.level1)}</td>"
        f"<td>{escape(indicator.name)}</td><td>{escape(indicator.annual or indicator.period or '')}</td></tr>"
        for indicator in indicators[:INDICATORS]
    )
    rest = len(indicators) - INDICATORS
    body += f'<tr><td colspan="3">另有 {rest:,} 条</td></tr>' if rest > 0 else ""
    head = "<tr><th>类别</th><th>三级指标</th><th>指标值</th></tr>"
    return f'<table class="found"><thead>{head}</thead><tbody>{body}</tbody></table>'
