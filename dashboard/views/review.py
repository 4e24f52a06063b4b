"""审核: what the rules found, ranked by the money it touches and its severity; one rule's page with
``?rule=CODE``, the whole rule book with ``?rule=all``."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.charts import review as review_charts
from dashboard.components import widgets
from dashboard.components.clickable import clickable
from dashboard.components.filters import filters, standard, whose
from dashboard.components.markdown import escape_markdown
from dashboard.html import review as review_html
from dashboard.queries import findings, review
from dashboard.queries.review import FindingFilter
from dashboard.queries.scope import Scope
from dashboard.session import cache, url_state
from dashboard.session.pages import go
from dashboard.store import RANK_SEVERITIES, READING
from dashboard.views import copied, dismissals, rulebook
from dashboard.views.empty import empty
from dashboard.wording import terms, verdict
from dashboard.wording.caption import Caption
from dashboard.wording.formatting import Unit
from dashboard.wording.left_out import describe_totals
from dashboard.wording.partial import among
from parsing import BOOK, Standard

MOST = 200  # findings in the list
MARKS = 1000  # projects in the quadrant
WHOLE = 5_000  # findings in the list that is taken away
TALL = 25.4  # rem of the quadrant
CODES = {"高": "high", "中": "middle", "低": "low", "提示": "hint"}
STATES = {"未处理": "open", "已搁置": "aside", "全部": "all"}
CHOSEN = ("rule", "severity", "project", "state")
Row = dict[str, Any]


def page() -> None:
    with st.container(horizontal=True, key="bar", vertical_alignment="center"):
        scope = filters()
        by_money = widgets.by_money()
        unit = widgets.money_unit()
    whole = cache.whole(scope, standard().name)
    if not whole["projects"]:
        return empty(scope)
    rules, tally = standard(), cache.rows(review.tally, scope, standard().name)[0]
    put = cache.rows(review.tally, scope, rules.name, FindingFilter(state="aside", of="all"))[0]["findings"]
    kept = f"已搁置 {put:,} 条，不计在内。" if put else ""
    if others := describe_totals(whole):
        kept += f"{others}{'，意见见各项目页' if whole['doubled'] else ''}。"
    kept += f"{among(whole['in_part'])}。" if whole["in_part"] else ""
    wrong = "".join(f"{one}。" for one in cache.store().standards().wrong.values())
    widgets.headline(
        verdict.headline(tally, whole["projects"], whole["budget_fen"], by_money, whole["in_part"]),
        f"{terms.findings(tally)}。{rules.note}。{kept}{wrong}",
        whose(scope, whole),
        terms.MEANINGS,
    )
    if url_state.read("rule") == "all":
        return rulebook.book(scope, rules)
    sought = _sought()
    left, right = st.columns([4, 8], border=True)
    with left:
        _rules(scope, rules, sought, by_money, unit, whole["budget_fen"])
    with right:
        _found(scope, rules, sought, by_money, unit, whole)


def _sought() -> FindingFilter:
    """What the address says; what makes no sense is as if it were not there."""
    words = {code: word for word, code in CODES.items()}
    rule = url_state.read("rule")
    rule = rule if rule in BOOK else None
    held = url_state.read("state")
    return FindingFilter(
        rule=rule,
        severity=words.get(url_state.read("severity") or ""),
        key=url_state.read("project"),
        state=held if held and held in STATES.values() else "open",
        of="all" if rule else "content",
    )


def _rules(
    scope: Scope, rules: Standard, sought: FindingFilter, by_money: bool, unit: Unit, total: int
) -> None:
    rest = FindingFilter(severity=sought.severity, key=sought.key, state=sought.state, of="all")
    rows = cache.rows(review.rules, scope, rules.name, rest)
    field = "budget_fen" if by_money else "findings"
    rows = sorted(rows, key=lambda row: (-row["rank"], -row[field], row["rule"]))
    content = [row for row in rows if row["dimension"] != READING]
    reading = [row for row in rows if row["dimension"] == READING]
    what = f"涉及的预算（{unit}）及占比" if by_money else "审核意见几条、在几个项目"
    widgets.panel_title(f"{len(content)} 条规则有审核意见", f"{what}；点一条看说明")
    about = (RANK_SEVERITIES, by_money, unit, total, sought.rule)
    html = review_html.rules(content, *about)
    if reading:
        html += f"<h3>读表提示（不是填报单位的问题）</h3>{review_html.rules(reading, *about)}"
    book = f'<a role="button" data-value="rule:all">规则手册（{len(BOOK)} 条） ›</a>'
    if clicked := clickable(f'<p class="book-way">{book}</p><div class="pane">{html}</div>', "rules"):
        _choose(clicked.partition(":")[2])


def _choose(rule: str) -> None:
    url_state.write("rule", None if rule == url_state.read("rule") else rule)
    st.rerun()


def _found(
    scope: Scope, rules: Standard, sought: FindingFilter, by_money: bool, unit: Unit, row: Row
) -> None:
    projects = row["projects"]
    tally = cache.rows(review.tally, scope, rules.name, sought)[0]
    sort = "money" if by_money else "severity"
    shown = _tools(scope, rules, sought, sort, whose(scope, row))
    card = rulebook.card(scope, rules, sought.rule) if sought.rule else ""
    if shown == "雷同":
        return copied.show(scope, unit, by_money, projects)
    if not tally["findings"]:
        return _nothing(scope, rules, row, card)
    if shown == "象限":
        _quadrant(scope, rules, sought, unit, projects)
    else:
        _list(scope, rules, sought, sort, unit, tally["findings"], card)


def _tools(scope: Scope, rules: Standard, sought: FindingFilter, sort: str, above: Caption) -> str:
    with st.container(horizontal=True, key="tools", vertical_alignment="center"):
        shown = widgets.switch("怎样看", "view", {"清单": "list", "象限": "quadrant", "雷同": "copied"})
        if shown == "雷同":  # the texts themselves: of no rule, severity or state
            copied.download(scope, above)
            return shown
        rest = FindingFilter(rule=sought.rule, key=sought.key, state=sought.state, of=sought.of)
        counts = {
            row["severity"]: row["findings"] for row in cache.rows(review.severities, scope, rules.name, rest)
        }
        levels = {
            f"{review_html.severity_mark(word)} {counts[word]:,}": code
            for word, code in CODES.items()
            if counts[word] or word == sought.severity
        }
        widgets.switch("严重程度", "severity", {f"全部 {sum(counts.values()):,}": "", **levels})
        widgets.switch("处理情况", "state", STATES)
        _project(scope, rules)
        if sought.rule and st.button(escape_markdown(f"只看 {sought.rule}　✕"), key="any-rule"):
            _choose(sought.rule)
        _download(scope, rules, sought, sort, above)
    return shown


def _project(scope: Scope, rules: Standard) -> None:
    """The choice of one project, of those with the most money."""
    rows = cache.rows(review.quadrant, scope, rules.name, FindingFilter(), MOST)
    names = {row["key"]: row["name"] for row in rows}
    chosen, key = url_state.read("project"), "one-project"
    if len(names) < 2 and not chosen:
        return
    if chosen and chosen not in names:
        named = cache.rows(review.of_project, chosen, rules.name)
        names[chosen] = named[0]["name"] if named else "这个项目"
    st.session_state[key] = chosen or ""
    st.selectbox(
        "项目",
        ["", *names],
        format_func=lambda one: names.get(one, "全部项目"),
        key=key,
        on_change=lambda: url_state.write("project", st.session_state[key] or None),
        label_visibility="collapsed",
        width=260,
    )


def _list(
    scope: Scope, rules: Standard, sought: FindingFilter, sort: str, unit: Unit, many: int, card: str
) -> None:
    rows = cache.rows(review.ranked, scope, rules.name, sought, MOST, 0, sort)
    html = card + review_html.findings(rows, unit, dismissals.made(rows), advice=not sought.rule)
    if many > MOST:
        html += f'<p class="quiet">只列前 {MOST} 条，共 {many:,} 条；请用筛选缩小范围，或下载审核清单。</p>'
    clicked = clickable(f'<div class="pane wide">{html}</div>', "findings")
    kind, _, value = (clicked or "").partition(":")
    key, _, what = value.partition(":")
    if kind == "go":
        go("projects", id=key, at=what)
    elif kind == "undo":
        dismissals.undo(value)
    elif kind == "aside":
        row = next((row for row in rows if (row["key"], row["ident"]) == (key, what)), None)
        if row:
            dismissals.ask(row)


def _quadrant(scope: Scope, rules: Standard, sought: FindingFilter, unit: Unit, projects: int) -> None:
    rows = cache.rows(review.quadrant, scope, rules.name, sought, MARKS)
    rows = [row for row in rows if sought.key in (None, row["key"])]
    most = f"最大的 {MARKS:,} 个；" if projects > MARKS else ""
    shapes = "　".join(map(review_html.severity_mark, CODES))
    axes = f"纵：预算（{unit}）　横：{terms.PROBLEM.title}　虚线：平均"
    widgets.panel_title("", f"{most}{axes}　{shapes}　× 无")
    figure = review_charts.quadrant(rows, RANK_SEVERITIES, unit)
    if clicked := widgets.chart(figure, "quadrant", TALL, "各项目的预算和问题数"):
        go("projects", id=clicked[0])


def _nothing(scope: Scope, rules: Standard, row: Row, card: str) -> None:
    if card:
        st.html(card)
    if any(url_state.read(one) for one in CHOSEN):
        with st.container(key="nothing"):
            st.html(
                '<div class="nothing checked"><h2>没有符合条件的审核意见</h2><p>请放宽上面的条件。</p></div>'
            )
            if st.button("看全部审核意见", key="all-findings"):
                for one in CHOSEN:
                    url_state.write(one, None)
                st.rerun()
        return
    rulebook.checked(scope, rules, row["projects"], row["in_part"])


def _download(scope: Scope, rules: Standard, sought: FindingFilter, sort: str, above: Caption) -> None:
    def workbook() -> bytes:
        from dashboard.exports.findings import workbook

        rows = cache.store().rows(findings.findings(scope, rules.name, sought, WHOLE, sort))
        return workbook(rows, f"{above.line}　{_list_of(sought, len(rows))}")

    name = above.file("审核清单", "xlsx")
    st.download_button("下载审核清单", workbook, name, key="findings-xlsx", on_click="ignore")


def _list_of(sought: FindingFilter, many: int) -> str:
    """Which findings stand in the list, and how many."""
    said = [f"规则 {sought.rule}"] if sought.rule else []
    said += [f"严重程度 {sought.severity}"] if sought.severity else []
    said += ["一个项目"] if sought.key else []
    said += {"aside": ["只有已搁置的"], "all": ["含已搁置的"]}.get(sought.state, [])
    most = f"，只列前 {WHOLE:,} 条" if many == WHOLE else ""
    return "　".join(filter(None, ("、".join(said), f"共 {many:,} 条{most}")))
