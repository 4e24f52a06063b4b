"""The rule book as HTML: one rule's page, and all rules by family. A click says ``rule:CODE``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dashboard.html.review import badge
from dashboard.wording.partial import among
from dashboard.wording.terms import CLEAN, MEANINGS
from parsing import BOOK, GRADES, Measured, Rule, Standard
from parsing.rulebook import FAMILIES, ground, share

Lacking = Mapping[str, Mapping[str, int]]  # rule → reason → projects in which it was not checked


def page(rule: Rule[Any], figures: Measured, standard: Standard, lacking: Mapping[str, int]) -> str:
    """What a rule looks at and why, with examples, and how often it was right."""
    told = (
        ("依据", ground(rule.ground)),
        ("建议", rule.advice),
        ("好的写法", rule.good),
        ("需要修改的写法", rule.bad),
    )
    cells = "".join(f"<div><dt>{title}</dt><dd>{escape(text)}</dd></div>" for title, text in told)
    off = f"<p><b>“{escape(standard.title)}”不采用这条规则。</b></p>" if rule.code in standard.off else ""
    return (
        f'<article class="rule"><h2>{badge(rule.severity)}{rule.code}　{escape(rule.title)}'
        f'<span class="quiet">　{rule.dimension}　{precision(figures)}</span></h2>'
        f"<p>{escape(rule.meaning)}</p>{off}{unchecked(lacking)}<dl>{cells}</dl></article>"
    )


def precision(figures: Measured) -> str:
    """How often a rule was right on the labelled set, in words."""
    if not figures.hits and not figures.missed:
        return "样本集中没有出现，未测准确率"
    return f"样本集命中 {figures.hits} 处，准确率 {share(figures.precision)}，查全率 {share(figures.recall)}"


def unchecked(lacking: Mapping[str, int]) -> str:
    """In how many projects a rule was not checked, and why."""
    if not lacking:
        return ""
    said = "；".join(f"{escape(reason)}（{count} 个项目）" for reason, count in lacking.items())
    return f"<p><b>未检查（不算通过）：</b>{said}</p>"


def book(
    figures: Mapping[str, Measured], hits: Mapping[str, int], lacking: Lacking, standard: Standard
) -> str:
    """All rules by family: severity, what was found now, where not checked, and precision and recall."""
    heads = ("严重程度", "规则", "看什么", "本次发现", "未检查", "准确率", "查全率")
    head = "".join(f"<th>{one}</th>" for one in heads)
    parts = []
    for letter, title in FAMILIES.items():
        family = [one for one in BOOK.values() if one.code.startswith(letter)]
        if family:
            lines = "".join(
                _line(one, figures.get(one.code, Measured()), hits, lacking, standard) for one in family
            )
            parts.append(f'<tr class="family"><th colspan="{len(heads)}">{title}</th></tr>{lines}')
    legend = (
        f'<p class="quiet">严重程度：{GRADES}。没有读到的记为未检查，不算通过。{MEANINGS}'
        "准确率和查全率由人工逐条判断的样本集算出，“—”表示样本集中没有出现。</p>"
    )
    table = f"<thead><tr>{head}</tr></thead><tbody>{''.join(parts)}</tbody>"
    return f'{legend}<table class="list book">{table}</table>'


def _line(
    rule: Rule[Any], figures: Measured, hits: Mapping[str, int], lacking: Lacking, standard: Standard
) -> str:
    many = sum(lacking.get(rule.code, {}).values())
    found = f"{hits.get(rule.code, 0)} 条"
    if rule.code in standard.off:
        found = "不采用"
    return (
        f'<tr data-value="rule:{rule.code}"><td>{badge(rule.severity)}</td>'
        f"<td><b>{rule.code}</b>　{escape(rule.title)}</td><td>{escape(rule.meaning)}</td>"
        f'<td class="n">{found}</td><td class="n">{f"{many} 个项目" if many else ""}</td>'
        f'<td class="n">{share(figures.precision)}</td><td class="n">{share(figures.recall)}</td></tr>'
    )


def checked(rules: int, projects: int, partial: int, standard: Standard, lacking: Lacking) -> str:
    """Where nothing was found: what was checked, and what was not. ``partial``: projects read in part."""
    missing: dict[str, list[str]] = {}
    for code, reasons in lacking.items():
        for reason in reasons:
            missing.setdefault(reason, []).append(code)
    lines = "".join(f"<li>{escape(reason)}：{_codes(codes)}</li>" for reason, codes in missing.items())
    others = f"{among(partial)}。" if partial else ""
    left = f"<p><b>以下没有检查，不算通过：</b></p><ul>{lines}</ul>" if lines else ""
    return (
        f'<div class="nothing checked"><h2>{CLEAN}</h2><p>已按“{escape(standard.title)}”检查 '
        f"{projects:,} 个项目、{rules} 条规则。{others}</p>{left}</div>"
    )


def _codes(codes: Sequence[str]) -> str:
    return "、".join(f"{code} {escape(BOOK[code].title)}" for code in codes)
