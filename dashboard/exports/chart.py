"""A native bar chart on a slide of a .pptx."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from dashboard.exports.pptx_page import Face, PptxDeck, box, letters, rgb
from parsing import printable


class Bars(NamedTuple):
    """Where a chart stands: its names take ``label`` of its width, its letters are of ``size``."""

    left: float
    wide: float
    label: float
    size: float


class Series(NamedTuple):
    """``colours``: of its bars, where they are not all of one ``colour``."""

    title: str
    values: Sequence[float | None]
    colour: str
    colours: Sequence[str] = ()


def bars(show: PptxDeck, names: Sequence[str], series: Sequence[Series], shown: str, place: Bars) -> None:
    """A native bar chart, the first bar on top; its numbers written ``shown``. Several series stand under
    each other, and a legend tells them apart."""
    data = CategoryChartData(number_format=shown)
    data.categories = [printable(name) for name in names]
    for one in series:
        data.add_series(one.title, one.values)
    where = box(place.left, show.body, place.wide, show.left)
    chart = show.slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *where, data).chart
    chart.has_title, chart.has_legend = False, len(series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    letters(chart.font, Face(place.size))
    plot = chart.plots[0]
    plot.gap_width, plot.overlap, plot.has_data_labels = 45, 0, True
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = shown, False
    plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    letters(plot.data_labels.font, Face(place.size, bold=True))
    for drawn, one in zip(plot.series, series, strict=True):
        _paint(drawn, one.colour)
        for number, colour in enumerate(one.colours):
            if colour != one.colour:
                _paint(drawn.points[number], colour)
    chart.value_axis.visible = chart.value_axis.has_major_gridlines = False
    chart.value_axis.minimum_scale = 0
    chart.category_axis.reverse_order = True  # the biggest on top
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.category_axis.format.line.fill.background()
    _inner(chart, place.label / place.wide, 0.9 if chart.has_legend else 0.98)
    skip = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>')  # no name is left out
    chart.category_axis._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def _paint(drawn: Any, colour: str) -> None:
    drawn.format.fill.solid()
    drawn.format.fill.fore_color.rgb = rgb(colour)


def _inner(chart: Any, label: float, high: float) -> None:
    """Keep the part ``label`` of the width for the names, so that every program breaks them there; the bars
    take the part ``high`` of the height."""
    part = "".join(
        f'<c:{name} val="{value:.3f}"/>'
        for name, value in (("x", label), ("y", 0.01), ("w", 0.97 - label), ("h", high))
    )
    layout = parse_xml(
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/>{part}</c:manualLayout></c:layout>'
    )
    area = chart._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    area.insert(0, layout)
