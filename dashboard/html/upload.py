"""What came out of an uploaded file, as HTML: figures, projects, and what was not read and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dashboard.html.partial import mark
from dashboard.store import Outcome, summed
from dashboard.wording.formatting import UNKNOWN, format_amount, format_time, format_wan, is_known
from dashboard.wording.left_out import describe, describe_programmes
from parsing import Reading
from parsing.counting import WORDS
from parsing.partial import MARK

STATES = {
    "staged": "待确认",
    "counted": "已计入",
    "discarded": "已放弃",
    "undone": "已撤销，待确认",
    "superseded": "已由别的表计入",
    "withdrawn": "已移出",
}
MOST = 50
SAMPLE = '<span class="sample">示例</span>'
TWICE = '<span class="sample">一级，不重复计</span>'


def card(row: Mapping[Any, Any], outcomes: Sequence[Outcome], reading: Reading, whole: bool = True) -> str:
    """One file: its name and state, its figures, its troubles, what becomes of its projects in a line, and
    its projects, folded away unless ``whole``."""
    unread_only = not row["projects"] and reading.unread
    state = "没有读出" if unread_only else "另一种表" if not row["projects"] else STATES[row["state"]]
    figures = [
        (row["projects"], "个项目"),
        (row["indicators"], "条指标"),
        (format_wan(row["budget_fen"]), "万元") if is_known(row["budget_fen"]) else ("预算", UNKNOWN),
        (row["repairs"], "处修复"),
    ]
    partial = sum(bool(outcome.partial) for outcome in outcomes)
    wrong = [
        (row["doubtful"], "处待核对"),
        (partial, f"张表{MARK}"),
        (row["unread"] if row["projects"] else 0, "处没读出"),
    ]
    strip = "".join(f"<span><b>{value}</b> {name}</span>" for value, name in figures if row["projects"])
    strip += "".join(f'<span class="bad"><b>{value}</b> {name}</span>' for value, name in wrong if value)
    kind = "bad" if unread_only else "todo" if row["state"] in ("staged", "undone") else "done"
    return (
        f'<article class="file {kind}"><header><h3>{escape(row["file"])}</h3><em>{state}</em>'
        f'<p class="strip">{strip}</p></header>{_same(row)}{_totals(reading)}{_troubles(reading, outcomes)}'
        f"{_projects(outcomes, whole)}"
        "</article>"
    )


def arrived(files: Sequence[tuple[str, int, str]]) -> str:
    """Files that were just read, a line each: its name, how many projects, the first trouble."""
    lines = []
    for file, projects, trouble in files:
        said = [f"<span>{projects} 个项目</span>"] if projects else []
        said += [f'<span class="bad">{escape(trouble)}</span>'] if trouble else []
        lines.append(f"<li><b>{escape(file)}</b>{''.join(said)}</li>")
    return f'<ul class="arrived">{"".join(lines)}</ul>'


def counted(rows: Sequence[Mapping[Any, Any]]) -> str:
    """The files that count now, a line each: those of ``Store.uploads`` with what ``queries.files.counting``
    says of them."""
    names = (
        ("文件", ""),
        ("导入时间", ""),
        ("项目", "n"),
        ("指标", "n"),
        ("预算（万元）", "n"),
        ("修复", "n"),
    )
    head = "".join(f'<th class="{kind}">{name}</th>' for name, kind in names)
    body = "".join(
        f"<tr><td><b>{escape(row['file'])}</b>{' ' + SAMPLE if row['sample'] else ''}{_differs(row)}</td>"
        f'<td>{format_time(row["made"])}</td><td class="n">{row["projects"]}{_twice(row)}</td>'
        f'<td class="n">{row["indicators"]}</td>'
        f'<td class="n">{format_wan(row["budget_fen"])}</td>'
        f'<td class="n">{row["repairs"]}</td></tr>'
        for row in rows
    )
    return f'<table class="list"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _differs(row: Mapping[Any, Any]) -> str:
    """That the sum of a file is not what it says itself."""
    return f'<p class="differs">{escape(row["differs"])}</p>' if row.get("differs") else ""


def _twice(row: Mapping[Any, Any]) -> str:
    """What is in no sum of a file, with its money."""
    programmes = describe_programmes(row.get("doubled", 0), row.get("doubled_fen"))
    lines = [f'<p class="quiet">另有 {escape(one)}</p>' for one in (programmes, row.get("left")) if one]
    return "".join(lines)


def _same(row: Mapping[Any, Any]) -> str:
    if not is_known(row["same_as"]) or not row["projects"]:
        return ""
    return f'<p class="same">内容与“{escape(row["same_file"])}”完全相同，不必再次计入。</p>'


def _totals(reading: Reading) -> str:
    """What the lists of a file say of themselves: where that is what was read, quietly; where it is not, in
    full, as the sum of the file is then not to be trusted."""
    wrong = [one for one in reading.totals if not one.agrees]
    lines = [
        f"<li><b>{escape(one.message)}</b>（{escape(str(one.place))}）<br>{escape(one.remedy)}</li>"
        for one in wrong[:MOST]
    ]
    lines += [f"<li>另有 {len(wrong) - MOST} 处不符</li>"] if len(wrong) > MOST else []
    right = [one for one in reading.totals if one.agrees]
    said = (
        f"{right[-1].message}{f'（共 {len(right)} 处合计一致）' if len(right) > 1 else ''}" if right else ""
    )
    quiet = f'<p class="agrees">✓ {escape(said)}</p>' if said else ""
    return quiet + (f'<ul class="troubles">{"".join(lines)}</ul>' if lines else "")


def _troubles(reading: Reading, outcomes: Sequence[Outcome]) -> str:
    lines = [
        f"<li><b>{escape(unread_item.reason)}</b>（{escape(unread_item.place)}）<br>{escape(unread_item.remedy)}</li>"
        for unread_item in reading.unread[:MOST]
    ]
    lines += [
        f"<li><b>{escape(other.kind)}</b>，不是项目表，不计入合计（{escape(str(other.place))}）</li>"
        for other in reading.others[:MOST]
    ]
    rest = len(reading.unread) + len(reading.others) - len(lines)
    lines += [f"<li>另有 {rest} 处</li>"] if rest > 0 else []
    lines += [clashes] if (clashes := _conflicts(outcomes)) else []
    return f'<ul class="troubles">{"".join(lines)}</ul>' if lines else ""


def alone(row: Mapping[str, Any]) -> str:
    """A table read in part that waits to be counted: a row of ``Store.left_behind``."""
    money = format_amount(row["budget_fen"]) if is_known(row["budget_fen"]) else UNKNOWN
    said = "　".join(filter(None, (row["unit"], money, row["place"])))
    return f"<b>{escape(row['name'])}</b>{mark(row['partial'])}<p class='quiet'>{escape(said)}</p>"


def fate(outcomes: Sequence[Outcome]) -> str:
    """What becomes of a file's projects when it counts, in a line."""
    live = [outcome for outcome in outcomes if outcome.reason in (None, "programme")]
    new, same = (
        [one.name for one in live if one.known is None],
        [one.name for one in live if one.identical],
    )
    newer = [one for one in live if one.known is not None and not one.identical]
    parts = [f"新增 {len(new)} 个" if new else "", f"与现有的表相同 {len(same)} 个" if same else ""]
    if newer:
        moved = [
            f"{one.name} {format_wan(one.known.budget_fen)} → {format_wan(one.budget_fen)} 万元"
            for one in newer
            if one.known and one.known.budget_fen != one.budget_fen
        ]
        more = f"（{'；'.join(moved[:2])}{' 等' if len(moved) > 2 else ''}）" if moved else ""
        parts.insert(0, f"取代现有的表 {len(newer)} 个{more}")
    return "；".join(filter(None, ("，".join(filter(None, parts)), left(outcomes))))


def left(outcomes: Sequence[Outcome]) -> str:
    """What of a file is, or would be, in no sum."""
    return describe(summed((outcome.reason, outcome.budget_fen) for outcome in outcomes if outcome.reason))


def _projects(outcomes: Sequence[Outcome], whole: bool) -> str:
    if not outcomes:
        return ""
    head = "".join(f"<th>{name}</th>" for name in ("项目", "年度", "预算（万元）", "指标", "修复", "计入后"))
    body = "".join(
        f"<tr><td>{escape(outcome.name)}{f' {TWICE}' if outcome.doubled else ''}{mark(outcome.partial)}</td>"
        f"<td>{outcome.year or '未注明'}</td>"
        f"<td class='n'>{format_wan(outcome.budget_fen)}</td>"
        f"<td class='n'>{outcome.indicators}</td><td class='n'>{outcome.repairs or ''}"
        f"{f'（{outcome.doubtful} 处待核对）' if outcome.doubtful else ''}</td>"
        f"<td>{_change(outcome)}</td></tr>"
        for outcome in outcomes[:MOST]
    )
    rest = len(outcomes) - MOST
    more = f"<tr><td colspan='6'>另有 {rest} 个项目</td></tr>" if rest > 0 else ""
    table = f'<table class="found"><thead><tr>{head}</tr></thead><tbody>{body}{more}</tbody></table>'
    opened = " open" if whole else ""
    return f"<details{opened}><summary>计入后：{escape(fate(outcomes))}</summary>{table}</details>"


def _change(outcome: Outcome) -> str:
    if outcome.reason and outcome.reason != "programme":
        return f"<b>{WORDS[outcome.reason]}</b>"
    if outcome.known is None:
        return "新增"
    if outcome.identical:
        return "与现有的表相同"
    old = f"{format_wan(outcome.known.budget_fen)} 万元、{outcome.known.indicators} 条指标"
    return f"<b>取代现有的表</b>（{escape(outcome.known.file)}：{old}）"


def _conflicts(outcomes: Sequence[Outcome]) -> str:
    """The projects of which a file has tables that say different things, with the money of each."""
    keys = dict.fromkeys(outcome.key for outcome in outcomes if outcome.reason == "conflict")
    return "".join(_conflict([one for one in outcomes if one.key == key]) for key in keys)


def _conflict(tables: Sequence[Outcome]) -> str:
    said = "，".join(f"{format_amount(table.budget_fen)}（{escape(table.place)}）" for table in tables)
    return (
        f"<li><b>“{escape(tables[0].name)}”有 {len(tables)} 张内容不同的表</b>：{said}"
        "<br>以后一张为准；请核对是哪一张，或请填报单位改正后重新导入</li>"
    )
