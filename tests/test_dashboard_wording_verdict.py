import pytest

from dashboard.wording.verdict import headline

FIELDS = ("high", "middle", "low", "hint", "problems", "advice", "projects_high", "projects_due", "fen_due")
NONE = dict.fromkeys(FIELDS, 0)
FOUND = NONE | {"problems": 32, "projects_high": 1, "projects_due": 2, "fen_due": 100_000_000}


def test_what_has_to_be_corrected_is_told_with_its_money_and_share_and_what_would_be_sent_back():
    said = headline(FOUND, 6, 396_630_000)
    assert said == "2 个项目应当修改，涉及 100.00 万元，占 25.2%，其中 1 个项目会被退回"


def test_all_the_money_is_called_all():
    said = headline(FOUND | {"projects_due": 6, "fen_due": 396_630_000, "projects_high": 0}, 6, 396_630_000)
    assert said == "全部 6 个项目应当修改，涉及全部 396.63 万元"


def test_money_that_was_not_read_is_told_by_problems():
    assert "2 个项目应当修改，问题 32 条" in headline(FOUND | {"fen_due": 0}, 6, 396_630_000)


def test_where_projects_are_counted_no_money_is_told():
    some, every = (headline(FOUND, projects, 396_630_000, by_money=False) for projects in (6, 2))
    assert some == "2 个项目应当修改，问题 32 条，其中 1 个项目会被退回"
    assert every == f"全部 {some}"


@pytest.mark.parametrize("more", [{}, {"low": 2, "hint": 1, "advice": 3}])
def test_nothing_found_is_never_called_passed(more):
    said = headline(NONE | more, 6, 1)
    assert "通过" not in said and "退回" not in said
    assert ("建议 3 条" in said) == bool(more)
