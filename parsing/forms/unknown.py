"""Labels of a head that nobody knows, where a field that nearly every form prints was not found.

The kind of the value says which field it may be, the label's own words whether it is. A body, a span of dates
and the name above all other labels are told by their value and their place alone, where no other label may be
theirs. What was so read is asked about. Else it is only said what may be it, and no value is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsing import amounts, values, vocabulary
from parsing.forms.captioned import named_in_heading
from parsing.forms.doubt import Doubt, Pair
from parsing.forms.heading import Head
from parsing.forms.parting import GOALS, is_label
from parsing.forms.stacked import MONEY
from parsing.forms.tables import Table
from parsing.forms.times import year
from parsing.printable import quoted
from parsing.vocabulary import Label, composition

SHOWN = 3  # labels that a doubt names
LONGEST_NAME, QUOTED = 60, 20  # characters of a project's name, and of a value that a doubt shows
PROSE, PLAIN = 8, 10  # characters of a goal, at least, and of one without a full stop
LONGEST_LABEL = 8  # characters of a label that may have got into the text of a goal
READ = 0.5  # how sure a field is that was taken by its value and by words of its label
SOLE = 0.3  # and one by its value alone
NEAR = 2  # rows between the labels of two goals that stand together
_HAN = re.compile("[\u4e00-\u9fff]")
_TIMES = ("period", "start", "end", "year")
_BODIES = ("department", "unit")
_YEAR = re.compile(r"20\d\d年?度?")
_SENTENCE = re.compile("[，。；,;！!]")
_NO_MONEY = re.compile(r"0\d.*|1\d{10}|20\d\d|.*%|\d{3,4}-\d+")  # codes, telephones, years


def settle(head: Head, table: Table) -> None:
    """Read the fields that were not found from labels that nobody knows, or doubt what they may be."""
    head.doubts += _swallowed(head)
    if pair := _goal_of_year(head, table):
        del head.cells["year"], head.labels["year"]
        _take("annual_goal", pair, head, READ)
    _sentence(head, table)
    pairs = [pair for pair in head.unknown if _is_candidate(pair, table)]
    for field in _lacking(head, table):
        suiting = [pair for pair in pairs if _suits(field, pair, head)]
        leaning = [pair for pair in suiting if _leans(field, pair)]
        if len(leaning) > 1:
            told = [pair for pair in leaning if _speaks(field, vocabulary.words(pair.label.text))]
            leaning = told if len(told) == 1 else leaning
        sole = _sole(field, suiting, head)
        if len(leaning) == 1 and _is_told(field, leaning[0], head):
            pairs.remove(leaning[0])
            _take(field, leaning[0], head, READ)
        elif sole:
            pairs.remove(sole)
            _take(field, sole, head, SOLE)
        elif field == "name" and (heading := named_in_heading(table)):
            _take(field, heading, head, SOLE)
        elif field == "name":
            head.doubts.append(_unnamed(suiting, table))
        elif suiting:
            some = leaning or suiting
            head.doubts.append(Doubt("unlabelled", some[0].value, field, _listed(some), confidence=0.0))
            pairs = [pair for pair in pairs if field not in _BODIES or pair not in some]


def _sentence(head: Head, table: Table) -> None:
    """Take the money that a sentence of several amounts tells beside a label about money where no label names
    a field of it: 经费说明 | 总经费580万元，2025年下达210万元."""
    if not head.labels.keys().isdisjoint(MONEY):
        return
    sentences = (
        (pair, money)
        for pair in head.unknown
        if composition.is_about_money(pair.label.text) and (money := amounts.in_sentence(pair.value.text))
    )
    for pair, money in sentences:
        own = year(head, table) or (next(iter(money.years)) if len(money.years) == 1 else None)
        for field in () if money.sole is not None else MONEY:
            if money.of(field, own) is not None:
                head.cells[field] = Label(field, own or None), [pair.value]
                head.labels[field] = pair.label.place
        return


def _goal_of_year(head: Head, table: Table) -> Pair | None:
    """年度 and the text of a goal beside it: what is left of 年度目标 where the rest was lost."""
    _, cells = head.cells.get("year", (None, []))
    if len(cells) != 1 or not {"annual_goal", "goals"}.isdisjoint(head.labels):
        return None
    printed = (cell for row in table.top for cell in row if cell.place == head.labels["year"])
    label = next(printed, None)
    prose = len(cells[0].text) >= PROSE and _SENTENCE.search(cells[0].text)
    return Pair(label, cells[0]) if label and prose else None


def _swallowed(head: Head) -> Iterator[Doubt]:
    """That a text of several cells, read as a goal, may hold a label that nobody knows, and its own text."""
    goals = {name: head.cells[name][1] for name in GOALS if name in head.cells}
    if any(len(cells) > 1 for cells in goals.values()):
        for name, cells in goals.items():
            short = [cell for cell in cells if len(cell.text) <= LONGEST_LABEL and is_label(cell.text)]
            yield from (Doubt("swallowed", cell, name, cell.text, cell.text) for cell in short[:1])


def _is_candidate(pair: Pair, table: Table) -> bool:
    """Whether an unknown label stands in the table itself, and is not the name of something else."""
    words, row = pair.label.text, pair.label.place.row
    role = vocabulary.role(words)
    body = role == "measure" and composition.is_body(pair.value.text)  # 单位, of a target or of a project
    known = (role and not body) or vocabulary.is_block(words) or vocabulary.is_subtotal(words)
    aside = known or vocabulary.is_note(words) or vocabulary.level1(words) or vocabulary.slot(words)
    inside = any(row == each[0].place.row for each in table.rows)
    bare = _YEAR.sub("", vocabulary.words(words))  # of what year the money is
    return inside and not aside and is_label(bare) and "none" not in composition.leans(words)


def _lacking(head: Head, table: Table) -> Iterator[str]:
    """The fields that nearly every form prints, and this one does not; those that say most by their value
    first. Where neither a unit nor a department is found, the words of a label have to tell the two apart."""
    known = head.labels.keys() | {field for field, (_, cells) in head.cells.items() if cells}
    if "budget" not in known:
        yield "budget"
    if known.isdisjoint(_TIMES[:3]):
        yield "period"
    elif "period" not in known:  # one of the two ends
        yield from (field for field in ("start", "end") if field not in known)
    if "annual_goal" not in known and "goals" not in known:
        yield "annual_goal"
    elif "annual_goal" in head.labels and "period_goal" not in known:
        yield "period_goal"
    yield from (field for field in _BODIES if field not in known)
    if not table.named:
        yield "name"


def _suits(field: str, pair: Pair, head: Head) -> bool:
    """Whether a value is of the kind that a field has."""
    text = pair.value.text.strip()
    if field == "budget":
        if amounts.is_aside(pair.label.text):
            return False
        late = "total" not in head.labels or "年" in pair.label.text
        return late and bool(values.is_bare(text) or _is_amount(pair, head)) and not _NO_MONEY.fullmatch(text)
    if field == "period":
        return None not in values.when(text)
    if field in ("start", "end"):
        return values.understand(text).kind == "date"
    if field in GOALS:
        place, own = head.labels.get("annual_goal"), pair.label.place
        apart = place and (place.column != own.column or abs(place.row - own.row) > NEAR)
        if (field == "period_goal" and apart) or len(_HAN.findall(text)) < PROSE - 2:
            return False
        prose = len(text) >= PROSE and _SENTENCE.search(text)
        plain = (
            len(text) >= PLAIN and values.understand(text).kind == "words" and not composition.is_body(text)
        )
        return bool(prose or plain)
    if field in _BODIES:
        other = "unit" if field == "department" else "department"
        leaning = composition.leans(pair.label.text)
        apart = field in leaning or (field == "unit" and other not in leaning) or other in head.labels
        return composition.is_body(text) and apart
    short = 1 < len(text) <= LONGEST_NAME and not _SENTENCE.search(text)
    short = short and not any(composition.ends(text, label) for label in ("name", *_BODIES))  # a label, too
    return short and values.understand(text).kind == "words"


def _leans(field: str, pair: Pair) -> bool:
    """Whether the words of a label, or the unit of money in it, speak for a field."""
    words, unit, _ = vocabulary.core(pair.label.text)
    return field in composition.leans(words) or (field == "budget" and unit is not None)


def _speaks(field: str, words: str) -> bool:
    """Whether the word at the end of a label says what it is; of money also, that it is of a year."""
    return composition.ends(words, field) and (field != "budget" or "年" in words)


def _is_told(field: str, pair: Pair, head: Head) -> bool:
    """Whether a label that leans to a field tells that the value is its."""
    return (
        _is_first(pair, head, (*_BODIES, "year"))
        if field == "name"
        else field != "budget" or _is_amount(pair, head)
    )


def _sole(field: str, suiting: list[Pair], head: Head) -> Pair | None:
    """The only label that may be that of a field, where the field is known by its value and place alone."""
    if len(suiting) != 1 or not (field in _BODIES or field == "period" or field == "name"):
        return None
    return suiting[0] if field != "name" or _is_first(suiting[0], head) else None


def _is_first(pair: Pair, head: Head, but: tuple[str, ...] = ("year",)) -> bool:
    """Whether a label stands above all others of the table, as that of the name does; ``but``: fields that
    may stand above it."""
    place = (pair.label.place.row, pair.label.place.column)
    labels = (label for field, label in head.labels.items() if field not in but)
    return all(place < (label.row, label.column) for label in labels)


def _is_amount(pair: Pair, head: Head) -> bool:
    unit = vocabulary.core(pair.label.text)[1] or head.unit
    return amounts.read(pair.value.text, unit).yuan is not None


def _take(field: str, pair: Pair, head: Head, confidence: float) -> None:
    words, unit, _ = vocabulary.core(pair.label.text)
    year = next(iter(values.years(words)), None)
    head.cells[field] = Label(field, year, unit), [pair.value]
    head.labels[field] = pair.label.place
    head.extras.pop(pair.label.text, None)
    detail = f"“{pair.label.text}”"
    head.doubts.append(
        Doubt("inferred", pair.value, field, detail, quoted(pair.value.text, QUOTED), confidence)
    )


def _unnamed(pairs: list[Pair], table: Table) -> Doubt:
    what = f"，可能是{_listed(pairs)}" if pairs else ""
    return Doubt("unnamed", pairs[0].value if pairs else table.first, "name", what, confidence=0.0)


def _listed(pairs: list[Pair]) -> str:
    return "、".join(f"“{pair.label.text}：{quoted(pair.value.text, QUOTED)}”" for pair in pairs[:SHOWN])
