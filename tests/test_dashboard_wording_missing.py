"""What is missing, in words: the required gaps first, by number or by money."""

from dashboard.wording import missing
from parsing import DEFAULT, standard

WHOLE = {
    "projects": 6,
    "budget_fen": 1_000_000_000,
    "gaps": 18,
    "required": 7,
    "lacking": 4,
    "lacking_fen": 400_000_000,
    "full": 2,
    "complete": 1,
    "in_part": 0,
    "inapplicable": 0,
    "unread": 0,
}


def test_required_gaps_come_first_and_the_others_are_not_hidden():
    said = missing.headline(WHOLE, by_money=False)
    assert said.startswith("4 个项目") and "7 格" in said and "11 格" in said


def test_by_money_the_money_speaks():
    said = missing.headline(WHOLE, by_money=True)
    assert said.startswith("400.00 万元") and "40.0%" in said


def test_money_that_nobody_read_falls_back_to_numbers():
    assert "4 个项目" in missing.headline(WHOLE | {"lacking_fen": 0}, by_money=True)


def test_gaps_that_nobody_requires_are_no_fault():
    said = missing.headline(WHOLE | {"required": 0, "lacking": 0, "lacking_fen": 0}, by_money=True)
    assert "必填指标都已填写" in said and "18 格" in said


def test_what_could_not_be_read_is_not_called_complete():
    none = WHOLE | {"gaps": 0, "required": 0, "lacking": 0, "lacking_fen": 0}
    assert "齐全" in missing.headline(none, by_money=False)
    assert "3 格读不出" in missing.headline(none | {"unread": 3}, by_money=False)


def test_the_line_names_the_standard_and_the_cells_that_are_no_gaps():
    said = missing.line(WHOLE | {"inapplicable": 2, "unread": 1}, standard("strict"))
    assert standard("strict").title in said and "不适用 2 格" in said and "读不出 1 格" in said
    assert DEFAULT.title in missing.line(WHOLE, DEFAULT) and "不适用" not in missing.line(WHOLE, DEFAULT)


def test_what_was_read_in_part_is_said_and_never_among_the_complete():
    none = WHOLE | {"gaps": 0, "required": 0, "lacking": 0, "lacking_fen": 0, "in_part": 2, "complete": 4}
    said = missing.headline(none, by_money=False)
    assert said.startswith("4 个项目") and "2 个项目" in said
    said = missing.headline(none | {"gaps": 5, "full": 4}, by_money=False)
    assert said.startswith("4 个项目") and "2 个项目" in said
    assert "2 个项目" in missing.line(none, DEFAULT)
