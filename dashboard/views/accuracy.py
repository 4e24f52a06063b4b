"""自证: how well tables are read, by kind of file and by damage, and how often the rules are right."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from dashboard.charts import accuracy as accuracy_charts
from dashboard.components import widgets
from dashboard.components.filters import choose_standard, standard
from dashboard.components.markdown import escape_markdown
from dashboard.html import accuracy as accuracy_html
from dashboard.queries.scope import Scope
from dashboard.session import cache
from dashboard.session.pages import go
from dashboard.wording import accuracy as said
from parsing import BOOK, PARSER, measured
from parsing.accuracy import CAUTION, LIMITS, Accuracy, AccuracyPart, accuracy, grouped

ROW = 2.0  # rem
BY: dict[str, Callable[[AccuracyPart], str]] = {  # source → what its bars are of
    "cases": lambda part: part.kind,
    "generated": lambda part: part.variant,
}
MORE = {
    "cases": "按文件；每个字段和每条指标与人工所读的逐一核对",
    "generated": "按损坏；标签、顺序和内容随机拼成",
}


def page() -> None:
    with (
        st.container(horizontal=True, key="bar", vertical_alignment="center"),
        st.container(key="filters", horizontal=True, gap="small", width="content"),
    ):
        choose_standard()
    kept = accuracy()
    whole = cache.whole(Scope(), standard().name)
    widgets.headline(said.headline(kept), f"自证：{said.version(kept, PARSER)}{said.here(whole)}")
    left, right = st.columns([8, 4], border=True)
    with left:
        _reading(kept)
    with right:
        _rules()
        widgets.panel_title(CAUTION, LIMITS)


def _reading(kept: Accuracy) -> None:
    with st.container(horizontal=True, key="tools", vertical_alignment="center"):
        view = widgets.switch("怎样看", "view", {"图": "chart", "明细": "table"})
        if view == "图":
            st.html(accuracy_html.legend())
    if view == "明细":
        st.html(f'<div class="pane wide">{accuracy_html.table(kept)}</div>')
        return
    shown = {source: grouped(kept.of(source), by) for source, by in BY.items()}
    names = [name for groups in shown.values() for name in groups]
    for source, groups in shown.items():
        widgets.panel_title(said.conclusion(kept, source), MORE[source])
        alt = f"{said.conclusion(kept, source)}，{MORE[source]}"
        widgets.chart(
            accuracy_charts.bars(groups, names), source, ROW * (len(groups) + accuracy_charts.HEAD), alt
        )


def _rules() -> None:
    found = measured()
    widgets.panel_title(said.of_rules(found), "样本集由人工逐条判断；规则按它改过，所以偏高")
    st.html(
        f'{accuracy_html.rules(said.by_severity(found))}<p class="weakest">{escape(said.weakest(found))}</p>'
    )
    if st.button(escape_markdown(f"规则手册（{len(BOOK)} 条） ›"), key="book"):
        go("review", rule="all")
