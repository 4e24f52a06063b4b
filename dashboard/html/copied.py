"""What is copied, as rates with the rows behind them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import islice

from dashboard.queries.copied import CopiedGoals
from dashboard.wording.formatting import Unit, format_money, format_share

SHOWN = 40  # projects that a rate names


def rates(found: Sequence[CopiedGoals], unit: Unit, by_money: bool) -> str:
    """A line a rate: how many of how many; under it its projects, each leading to its first row."""
    return "".join(_rate(one, unit, by_money) for one in found)


def _rate(one: CopiedGoals, unit: Unit, by_money: bool) -> str:
    count = len(one.rows)
    if not one.of:
        return (
            f'<div class="rate"><b>{one.title}</b><p class="quiet">{one.meaning}：没有可以比较的。</p></div>'
        )
    touched = f"{format_money(one.budget_fen, unit)} {unit}" if by_money else f"{one.projects:,} 个项目"
    head = f"{one.title}：{count:,} / {one.of:,}（{format_share(count, one.of)}），涉及 {touched}"
    each: dict[str, list[tuple[str, str]]] = {}
    for key, name, path in one.rows:
        each.setdefault(key, []).append((name, path))
    lines = "".join(
        f'<tr data-value="go:{escape(key)}:{escape(rows[0][1])}"><td><b>{escape(rows[0][0])}</b></td>'
        f"<td>{len(rows)} 处</td></tr>"
        for key, rows in islice(each.items(), SHOWN)
    )
    rest = f'<p class="quiet">另有 {len(each) - SHOWN:,} 个项目。</p>' if len(each) > SHOWN else ""
    table = f'<table class="list"><tbody>{lines}</tbody></table>'
    bar = f'<div style="width:{100 * count / one.of:.2f}%"></div>' if count else ""
    said = f'<b>{head}</b>{bar}<p class="quiet">{one.meaning}。</p>'
    if not lines:
        return f'<div class="rate">{said}</div>'
    return f'<details class="rate"><summary>{said}</summary>{table}{rest}</details>'
