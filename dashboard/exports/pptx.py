"""The slides as a .pptx whose charts and tables are native: they can be edited, and their notes read."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import theme
from dashboard.exports.cells import states
from dashboard.exports.chart import Bars, Series, bars
from dashboard.exports.pptx_page import ABOVE, LEFT, SIDE, Cell, Face, PptxDeck
from dashboard.slides import correct, cover, matrix, method, missing, money, opening, project
from dashboard.slides.measure import WIDTH, fit, height, room
from dashboard.slides.slide import joined, of_many
from dashboard.snapshot.snapshot import Case, Row, Snapshot
from dashboard.store import RANK_SEVERITIES
from dashboard.wording.caption import money_of
from dashboard.wording.formatting import Scale, choose_scale, clip, format_amount
from dashboard.wording.text_width import text_width
from parsing import SLOTS, Question

BARS, FEW = 12, 8  # beyond, one bar for all others; where names are long
LONGEST = 48  # characters of a name beside a bar
HEAD = 5.6  # height of a table's head
SLOT = 13.4  # width of a category's column
QUESTIONS = (4.0, 3.6, 3.2, 2.8)
SIZES = (3.4, 3.0, 2.7)
GLANCE = 20.0  # height of the row of cells, and of the heading under it
BADGE = 10.0
BARRED = {"first": theme.STRONG, "less": theme.MUTED, "rest": theme.REST}
NUMBERS = "#,##0.00;-#,##0.00;"  # nothing where there is nothing


def pptx(snapshot: Snapshot) -> bytes:
    """Cover, state, money, gaps, matrix, corrections, a slide for each project, method."""
    show = PptxDeck(snapshot)
    _cover(show, snapshot)
    _opening(show, snapshot)
    if snapshot.money:
        _money(show, snapshot)
    _missing(show, snapshot)
    _matrix(show, snapshot)
    _correct(show, snapshot)
    for case in snapshot.cases:
        _project(show, case)
    _method(show, snapshot)
    return show.bytes()


def _cover(show: PptxDeck, snapshot: Snapshot) -> None:
    (told,) = cover.slides(snapshot)
    _pairs(show, told.title, cover.items(snapshot), cover.SIZES, cover.HEAD)


def _opening(show: PptxDeck, snapshot: Snapshot) -> None:
    (told,) = opening.slides(snapshot)
    show.page(told.title, told.below, told.notes)
    tiles = opening.tiles(snapshot)
    quarter, quiet = [WIDTH / 4] * 4, theme.QUIET
    size = min(9.0, *((WIDTH / 4 - 3) / text_width(value) for _, value, _ in tiles))
    rows = [
        [(name, Face(2.9)) for name, _, _ in tiles],
        [(value, Face(size, bold=True, colour=theme.STRONG)) for _, value, _ in tiles],
        [(note, Face(2.5, colour=quiet)) for _, _, note in tiles],
    ]
    show.table(rows, quarter, (5.0, 14.0, 5.0), show.body)
    said, top = opening.summary(snapshot), show.body + 28
    show.text(said, Face(3.6), LEFT, top, WIDTH)
    counts = opening.counts(snapshot)
    rows = [
        [(one.word, Face(2.9, bold=True)) for one, _ in counts],
        [(f"{snapshot.tally[one.field]:,} {one.unit}", Face(6, bold=True)) for one, _ in counts],
        [(note, Face(2.5, colour=quiet)) for _, note in counts],
    ]
    show.table(rows, quarter, (5.0, 9.5, 5.0), top + max(22, height(said, 3.6, WIDTH) + 2))


def _money(show: PptxDeck, snapshot: Snapshot) -> None:
    priced = [row for row in snapshot.money if row["budget_fen"] is not None]
    long = max((text_width(row["name"]) for row in priced[:BARS]), default=0) > money.LONG
    rows = money.shown(priced, FEW if long else BARS)
    unit, whole = money.scale(rows), snapshot.facts.budget_fen
    below = f"{money_of(snapshot.whole)}，{unit.unit}；合计 {unit.text(whole)} {unit.unit}"
    notes = joined(f"{row['name']} {format_amount(row['budget_fen'])}" for row in rows)
    show.page(money.conclusion(snapshot), below, notes)
    if not rows:
        show.text("没有读到预算。", Face(3.6), LEFT, show.body, WIDTH)
        return
    place = Bars(LEFT, WIDTH, money.LABELS[long], 2.6 if long else 3.0)
    values = [unit.number(row["budget_fen"]) for row in rows]
    names = [clip(row["name"], LONGEST) for row in rows]
    colours = [BARRED[row["kind"]] for row in rows]
    bars(
        show,
        names,
        [Series(f"{money_of(snapshot.whole)}（{unit.unit}）", values, theme.STRONG, colours)],
        "#,##0.00",
        place,
    )


def _missing(show: PptxDeck, snapshot: Snapshot) -> None:
    (told,) = missing.slides(snapshot)
    rows, half, unit = snapshot.lacks, WIDTH / 2, missing.scale(snapshot)
    sides = f"左为没有这类指标的项目，右为这些项目的预算（{unit.unit}）"
    below = f"{sides}；必填为{snapshot.standard.title}要求填写而空缺的"
    show.page(told.title, below, told.notes)
    if not rows:
        return
    fields = (
        ("空缺", "projects", "budget_fen", theme.MUTED),
        ("其中必填", "required", "required_fen", theme.GAP),
    )
    counts = [Series(title, [row[field] for row in rows], colour) for title, field, _, colour in fields]
    money = [
        Series(f"{title}（{unit.unit}）", [unit.number(row[fen]) for row in rows], colour)
        for title, _, fen, colour in fields
    ]
    slots = [row["slot"] for row in rows]
    for left, series, shown in ((LEFT, counts, "#,##0;-#,##0;"), (LEFT + half, money, NUMBERS)):
        bars(show, slots, series, shown, Bars(left, half, 21, 2.6))


def _matrix(show: PptxDeck, snapshot: Snapshot) -> None:
    if not snapshot.cases:
        return
    title, label = matrix.conclusion(snapshot), WIDTH - SLOT * len(SLOTS)

    def high(case: Case, size: float) -> float:
        return max(5.4, height(case.named, size, label - 2 * SIDE) + 2 * ABOVE + 0.4)

    size, groups = fit(snapshot.cases, high, SIZES, room(title, matrix.BELOW, taken=HEAD))
    for number, group in enumerate(groups, 1):
        show.page(of_many(title, number, len(groups)), matrix.BELOW, matrix.notes(group))
        rows = [[(case.named, Face(size)), *states(case.matrix)] for case in group]
        heads = _heads(("项目", "left"), *((slot, "centre") for slot in SLOTS))
        _table(show, [heads, *rows], [label, *(SLOT for _ in SLOTS)], [high(case, size) for case in group])


def _correct(show: PptxDeck, snapshot: Snapshot) -> None:
    rows, title = correct.first(snapshot), correct.conclusion(snapshot)
    below, unit = f"按严重程度和涉及金额排列；审核标准：{snapshot.standard.title}", correct.scale(rows)
    across = (12.0, 92.0, 20.0, 20.0, 34.0)

    def high(row: Row, size: float) -> float:
        return max(5.0, height(correct.named(row), size, across[1] - 2 * SIDE) + 2 * ABOVE + 0.4)

    size, groups = fit(rows, high, SIZES, room(title, below, taken=HEAD))
    for number, group in enumerate(groups, 1):
        notes = joined(f"{correct.named(row)} {row['findings']:,} 条" for row in group)
        show.page(of_many(title, number, len(groups)), below, notes)
        heads = _heads(
            *zip(correct.HEADS, ("centre", "left", "right", "right"), strict=True),
            (f"预算（{unit.unit}）", "right"),
        )
        lines = [_rule(row, size, unit) for row in group]
        if lines:
            _table(show, [heads, *lines], across, [high(row, size) for row in group])


def _project(show: PptxDeck, case: Case) -> None:
    title, below = project.conclusion(case), project.head(case)
    kept, mark, notes = project.kept(case), _mark(case), project.notes(case)
    size, groups = fit(case.questions, _high, QUESTIONS, room(title, below, kept, GLANCE))
    for number, group in enumerate(groups, 1):
        show.page(of_many(title, number, len(groups)), below, notes, mark, kept)
        unit = choose_scale(case.matrix["budget_fen"])
        budget = unit.text(case.matrix["budget_fen"])
        first = WIDTH - 16.4 * len(SLOTS)
        heads = _heads((f"预算（{unit.unit}）", "right"), *((slot, "centre") for slot in SLOTS))
        amount = (budget, Face(min(3.4, (first - 3) / text_width(budget)), "right", bold=True))
        glance = [heads, [amount, *states(case.matrix)]]
        show.table(glance, [first, *(16.4 for _ in SLOTS)], (5.0, 7.4), show.body)
        show.body += 14.0
        if not group:
            show.text(project.unasked(case), Face(3.6), LEFT, show.body, WIDTH)
            continue
        show.text("质询卡", Face(3.2, bold=True), LEFT, show.body, WIDTH)
        show.body, show.left = show.body + 5.6, show.left - 19.6
        rows = [
            [(one.severity, Face(3.0, "centre", theme.GAP, bold=True)), (_asked(one), Face(size, under=2.5))]
            for one in group
        ]
        _table(show, rows, (BADGE, WIDTH - BADGE), [_high(one, size) for one in group], head=0)


def _mark(case: Case) -> Cell | None:
    if not case.verdict:
        return None
    return project.mark(case.verdict), Face(3.4, "right", theme.VERDICTS[case.verdict.verdict][1], bold=True)


def _method(show: PptxDeck, snapshot: Snapshot) -> None:
    _pairs(show, method.conclusion(snapshot), method.items(snapshot), SIZES, 24)


def _pairs(
    show: PptxDeck, title: str, items: Sequence[tuple[str, str]], sizes: Sequence[float], head: float
) -> None:
    """Heads ``head`` wide, and a text beside each."""

    def high(item: tuple[str, str], size: float) -> float:
        return height(item[1], size, WIDTH - head - 2 * SIDE) + 2 * ABOVE + 1.8

    size, groups = fit(items, high, sizes, room(title))
    for number, group in enumerate(groups, 1):
        show.page(of_many(title, number, len(groups)), notes="\n".join(map("：".join, group)))
        rows = [[(name, Face(size, colour=theme.QUIET)), (text, Face(size))] for name, text in group]
        _table(show, rows, (head, WIDTH - head), [high(item, size) for item in group], head=0)


def _table(
    show: PptxDeck,
    rows: Sequence[Sequence[Cell]],
    across: Sequence[float],
    high: Sequence[float],
    head: float = HEAD,
) -> None:
    """In the body of the slide, its rows drawn apart a little where there is room."""
    more = min(4.0, max(0.0, show.left - head - sum(high)) / len(high))
    show.table(rows, across, [*([head] if head else []), *(one + more for one in high)], show.body)


def _heads(*heads: tuple[str, str]) -> list[Cell]:
    return [(text, Face(2.4, align, "#FFFFFF", theme.STRONG, True)) for text, align in heads]


def _rule(row: Row, size: float, unit: Scale) -> list[Cell]:
    face = Face(size, "right")
    severity = Face(size, "centre", theme.GAP if row["rank"] > 2 else theme.INK, bold=True)
    counts = (f"{row['findings']:,}", f"{row['projects']:,}", unit.text(row["budget_fen"]))
    return [
        (RANK_SEVERITIES[row["rank"]], severity),
        (correct.named(row), Face(size)),
        *((text, face) for text in counts),
    ]


def _asked(question: Question) -> str:
    return f"{question.text}\n{project.where(question)}"


def _high(question: Question, size: float) -> float:
    across = WIDTH - BADGE - 2 * SIDE
    return (
        height(question.text, size, across) + height(project.where(question), 2.5, across) + 2 * ABOVE + 1.6
    )
