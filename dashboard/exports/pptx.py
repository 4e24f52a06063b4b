"""The slides as a .pptx whose charts and tables are native: they can be edited, and their notes read."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from dashboard import look
from dashboard.analysis.sentence import headline, sentence
from dashboard.dossier import Case, Dossier, Row
from dashboard.exports.paper import clean
from dashboard.exports.sheet import breadth
from dashboard.slides.slide import of_many, parts
from parsing import SLOTS

FONT = "微软雅黑"
WIDE, TALL = Inches(13.333), Inches(7.5)
LEFT, TOP = Inches(0.55), Inches(1.55)
WIDTH, HEIGHT = WIDE - 2 * LEFT, Inches(5.1)
BARS, ROWS, RULES = 12, 10, 10
ONE_LINE = 54  # half characters of a title at 30 pt
INK, QUIET, STRONG, GAP = (RGBColor.from_string(c[1:]) for c in (look.INK, look.QUIET, look.STRONG, look.GAP))


def pptx(dossier: Dossier) -> bytes:
    """State, money, gaps by number and money, matrix, corrections, a slide for each project, method."""
    show = _Show(dossier)
    show.opening()
    show.money()
    show.missing()
    show.matrix()
    show.correct()
    for case in dossier.cases:
        show.project(case)
    show.method()
    return show.bytes()


class _Show:
    def __init__(self, dossier: Dossier) -> None:
        self.dossier, self.deck = dossier, Presentation()
        self.deck.slide_width, self.deck.slide_height = WIDE, TALL
        self.deck.core_properties.title, self.deck.core_properties.author = dossier.title, ""

    def opening(self) -> None:
        whole, tally, facts = self.dossier.whole, self.dossier.tally, self.dossier.facts
        slide = self._slide(headline(facts), f"审核标准：{self.dossier.standard.title}", sentence(facts))
        rows = (
            ("项目", f"{facts.projects:,} 个"),
            ("当年预算", f"{look.wan(facts.budget_fen)} 万元"),
            ("必填类别空缺", f"{whole['required']:,} 格，{whole['lacking']:,} 个项目"),
            (
                "应当修改的问题",
                f"{tally['high'] + tally['middle']:,} 处，其中会被退回的 {tally['high']:,} 处",
            ),
            ("尚未通过的金额", look.spoken(self.dossier.at_risk)),
        )
        self._table(slide, rows, (3, 7), size=24, head=False)

    def money(self) -> None:
        rows = [row for row in self.dossier.money if row["budget_fen"] is not None][:BARS]
        top = sum(row["budget_fen"] for row in rows[:3])
        title = (
            f"前三个项目占预算 {look.share(top, self.dossier.facts.budget_fen)}"
            if len(rows) > 3
            else "预算分布"
        )
        slide = self._slide(title, f"当年预算，万元；合计 {look.wan(self.dossier.facts.budget_fen)} 万元")
        self._bars(
            slide, [row["name"] for row in rows], {"当年预算": [_wan(row["budget_fen"]) for row in rows]}
        )

    def missing(self) -> None:
        rows = self.dossier.lacks
        slide = self._slide("各类指标空缺：多少项目，多少预算", "左：项目数；右：预算（万元）")
        slots = [row["slot"] for row in rows]
        half = WIDTH // 2
        self._bars(slide, slots, {"空缺的项目": [row["projects"] for row in rows]}, LEFT, half, "#,##0", GAP)
        money = {"这些项目的预算": [_wan(row["budget_fen"]) for row in rows]}
        self._bars(slide, slots, money, LEFT + half, half, "#,##0.00", GAP)

    def matrix(self) -> None:
        whole = self.dossier.whole
        title = f"{whole['cells']:,} 格填了 {whole['filled']:,} 格，必填的还缺 {whole['required']:,} 格"
        groups = parts(self.dossier.cases, ROWS)
        for number, group in enumerate(groups, 1):
            slide = self._slide(of_many(title, number, len(groups)), "格内为三级指标条数")
            rows = [("项目", *SLOTS), *((case.project.name, *_states(case.matrix)) for case in group)]
            self._table(slide, rows, (4, *(1.4 for _ in SLOTS)), size=13)

    def correct(self) -> None:
        rows = [row for row in self.dossier.rules if row["rank"] > 1]
        groups = parts(rows, RULES)
        for number, group in enumerate(groups, 1):
            title = of_many("先改什么" if rows else "没有发现需要修改的问题", number, len(groups))
            slide = self._slide(title, f"按严重程度和涉及金额排列；{self.dossier.standard.title}")
            lines: list[tuple[str, ...]] = [("程度", "问题", "处", "项目", "涉及预算（万元）")]
            lines += [_rule(row) for row in group]
            self._table(slide, lines, (1, 7, 1.2, 1.2, 2.6), size=16)

    def project(self, case: Case) -> None:
        grave = case.figures["high"] + case.figures["middle"]
        found = f"{grave} 处应当修改" if grave else "没有应当修改的问题"
        verdict = f"　【{case.verdict.verdict}】" if case.verdict else ""
        title = f"{case.project.name}：{look.spoken(case.matrix['budget_fen'])}，{found}{verdict}"
        notes = "\n".join(f"{one.text}（{one.place}）" for one in case.questions)
        slide = self._slide(title, case.project.unit or "", notes)
        self._table(slide, [SLOTS, _states(case.matrix)], [1] * len(SLOTS), size=14)
        asked = [f"{n}. {one.text}\n    {one.figure}　{one.place}" for n, one in enumerate(case.questions, 1)]
        self._text(slide, TOP + Inches(1.2), "\n".join(asked) or "规则没有发现要问的问题。", 20, INK)

    def method(self) -> None:
        unread = self.dossier.unread
        slide = self._slide(f"{len(unread)} 处没有读出或不是项目表" if unread else "送来的表都已读出", "")
        lines = [f"审核标准：{self.dossier.standard.title}。{self.dossier.standard.note}。"]
        lines += [f"{row['file']}：{row['reason']}" for row in unread[:12]]
        if self.dossier.beyond:
            lines.append(
                f"逐项目页只列预算最大的 {len(self.dossier.cases)} 个，另有 {self.dossier.beyond:,} 个。"
            )
        self._text(slide, TOP, "\n".join(lines), 18, INK)

    def bytes(self) -> bytes:
        out = io.BytesIO()
        self.deck.save(out)
        return out.getvalue()

    def _slide(self, title: str, below: str, notes: str = "") -> Any:
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[5])  # a title and nothing else
        slide.shapes.title.left, slide.shapes.title.top = LEFT, Inches(0.3)
        slide.shapes.title.width, slide.shapes.title.height = WIDTH, Inches(0.85)
        size = 30 if breadth(title) <= ONE_LINE else 22  # two lines still end above what is below
        _write(slide.shapes.title.text_frame, title, size, INK, bold=True)
        self._text(slide, Inches(1.1), below, 16, QUIET)
        said = self.dossier
        foot = (
            f"{said.made.isoformat()}　{said.standard.title}　内容校验 {said.mark}　{len(self.deck.slides)}"
        )
        self._text(slide, Inches(6.95), foot, 12, QUIET)
        if notes:
            slide.notes_slide.notes_text_frame.text = clean(notes)
        return slide

    def _text(self, slide: Any, top: int, text: str, size: int, colour: RGBColor) -> None:
        _write(slide.shapes.add_textbox(LEFT, top, WIDTH, Inches(0.4)).text_frame, text, size, colour)

    def _table(
        self, slide: Any, rows: Sequence[Sequence[str]], shares: Sequence[float], size: int, head: bool = True
    ) -> None:
        shape = slide.shapes.add_table(len(rows), len(shares), LEFT, TOP, WIDTH, Inches(0.42) * len(rows))
        table = shape.table
        table.first_row = head
        for column, share in zip(table.columns, shares, strict=True):
            column.width = int(WIDTH * share / sum(shares))
        for at, row in enumerate(rows):
            for cell, text in zip(table.rows[at].cells, row, strict=True):
                cell.margin_left = cell.margin_right = Inches(0.06)
                colour = GAP if text.startswith("✕") else INK
                white = RGBColor(255, 255, 255)
                _write(
                    cell.text_frame, text, size, white if head and not at else colour, bold=head and not at
                )

    def _bars(
        self,
        slide: Any,
        names: Sequence[str],
        series: dict[str, list[float]],
        left: int = LEFT,
        width: int = WIDTH,
        shown: str = "#,##0.00",
        colour: RGBColor = STRONG,
    ) -> None:
        if not names:
            self._text(slide, TOP, "没有可以列出的数。", 20, INK)
            return
        data = CategoryChartData(number_format=shown)
        data.categories = [clean(name) for name in names]
        for name, values in series.items():
            data.add_series(name, values)
        frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, left, TOP, width, HEIGHT, data)
        chart = frame.chart
        chart.has_legend, chart.has_title, chart.font.size, chart.font.name = False, False, Pt(14), FONT
        plot = chart.plots[0]
        plot.gap_width, plot.has_data_labels = 45, True
        plot.data_labels.number_format, plot.data_labels.number_format_is_linked = shown, False
        plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
        plot.series[0].format.fill.solid()
        plot.series[0].format.fill.fore_color.rgb = colour
        chart.value_axis.visible = chart.value_axis.has_major_gridlines = False
        chart.category_axis.reverse_order = True  # the biggest on top
        chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW


def _write(frame: Any, text: str, size: int, colour: RGBColor, bold: bool = False) -> None:
    frame.word_wrap = True
    frame.text = clean(text)
    for line in frame.paragraphs:
        line.alignment = PP_ALIGN.LEFT
        for run in line.runs:
            run.font.size, run.font.bold, run.font.name, run.font.color.rgb = Pt(size), bold, FONT, colour
            run._r.get_or_add_rPr().set("lang", "zh-CN")
            east = run._r.rPr.makeelement(qn("a:ea"), {"typeface": FONT})
            run._r.rPr.append(east)


def _states(row: Row) -> tuple[str, ...]:
    def one(k: int) -> str:
        if row[f"s{k}"]:
            return str(row[f"s{k}"])
        if row[f"a{k}"]:
            return "不适用"
        return "？" if row[f"u{k}"] else "✕ 必填" if row[f"r{k}"] == 2 else "✕ 缺"

    return tuple(one(k) for k in range(1, len(SLOTS) + 1))


def _rule(row: Row) -> tuple[str, ...]:
    severity = {4: "高", 3: "中", 2: "低"}[row["rank"]]
    counts = (f"{row['findings']:,}", f"{row['projects']:,}", look.wan(row["budget_fen"]))
    return (severity, row["title"], *counts)


def _wan(fen: int | None) -> float:
    return (fen or 0) / 1_000_000
