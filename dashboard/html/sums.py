"""算账核对 and 目标与指标对照: what adds up, and which indicators measure what the goals promise."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from dashboard.html.notes import there
from parsing import Equation, Project, Promise, named, text_at

STATES = {"closes": "✓ 相符", "off": "✗ 不符", "open": "？ 缺数"}
GOALS = {"period_goal": "实施周期", "annual_goal": "年度"}
AROUND = 14  # characters of a goal on each side of a promise


def equations(project: Project, sums: Sequence[Equation]) -> str:
    """Each sum written out, whether it closes, and the figures it is made of."""
    if not sums:
        return '<p class="quiet">表上没有可以相互核对的数字。</p>'
    lines = "".join(
        f'<li class="{one.state}"{there(project, one.paths[0] if one.paths else "")}>'
        f"<p><b>{STATES[one.state]}</b>　{escape(one.text)}</p>"
        + (f"<p>{escape(one.note)}</p>" if one.note else "")
        + f'<p class="quiet">用到　{"；".join(_value(project, path) for path in one.paths)}</p></li>'
        for one in sums
    )
    return f'<ul class="sums">{lines}</ul>'


def promises(project: Project, made: Sequence[Promise], unpromised: Sequence[str]) -> str:
    """What the goals promise in numbers, each with the indicators that measure it or that there is none; and
    the indicators that no goal speaks of."""
    groups: dict[tuple[str, tuple[str, ...]], list[Promise]] = {}
    for one in made:
        groups.setdefault((one.text, tuple(path.partition(".")[0] for path in one.measured)), []).append(one)
    lines = "".join(_promise(project, group) for group in groups.values())
    head = "<th>目标</th><th>承诺的数字</th><th>衡量它的指标</th>"
    body = f'<table class="found"><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>'
    if not made:
        body = '<p class="quiet">目标里没有写明要完成的数字。</p>'
    if unpromised:
        values = "；".join(_value(project, path) for path in unpromised)
        body += f"<p>目标没有提到的数量指标　{values}</p>"
    return body


def _promise(project: Project, same: Sequence[Promise]) -> str:
    first = same[0]
    goal = getattr(project, first.path) or ""
    end = first.start + len(first.text)
    before, after = goal[max(0, first.start - AROUND) : first.start], goal[end : end + AROUND]
    whose = "、".join(dict.fromkeys(GOALS[one.path] for one in same))
    measured = "；".join(_value(project, path) for path in first.measured)
    told = measured or '<b class="bad">✗ 没有指标衡量</b>'
    return (
        f"<tr><th>{whose}</th><td{there(project, first.path)}>…{escape(before)}"
        f"<mark>{escape(first.text)}</mark>{escape(after)}…</td><td>{told}</td></tr>"
    )


def _value(project: Project, path: str) -> str:
    name, text = named(project, path), text_at(project, path)
    if path == "budget_yuan" and project.budget_yuan is not None:
        text = f"{project.budget_yuan:,f} 元"
    said = name if text in ("", name) else f"{name} {text}"
    return f'<a role="link"{there(project, path)}>{escape(said)}</a>'
