import pytest

from dashboard.analysis.verdict import headline

NONE = {"high": 0, "middle": 0, "low": 0, "hint": 0, "projects_due": 0, "fen_due": 0}


def test_what_is_sent_back_comes_first_with_its_money_and_share():
    said = headline(
        NONE | {"high": 3, "middle": 29, "projects_due": 2, "fen_due": 100_000_000}, 6, 396_630_000
    )
    assert said.index("3 处") < said.index("29 处") < said.index("100.00 万元") < said.index("25.2%")


def test_all_the_money_is_called_all():
    said = headline(NONE | {"middle": 1, "projects_due": 6, "fen_due": 396_630_000}, 6, 396_630_000)
    assert "全部 396.63 万元" in said and "退回" not in said


def test_money_that_was_not_read_is_told_by_projects():
    assert "2 个项目" in headline(NONE | {"high": 2, "projects_due": 2}, 6, 396_630_000)


def test_where_projects_are_counted_no_money_is_told():
    tally = NONE | {"high": 3, "projects_due": 2, "fen_due": 100_000_000}
    some, every = (headline(tally, projects, 396_630_000, by_money=False) for projects in (6, 2))
    assert "2 个项目" in some and "全部" not in some and "万元" not in some
    assert "全部 2 个项目" in every


@pytest.mark.parametrize("more", [{}, {"low": 2, "hint": 1}])
def test_nothing_found_is_never_called_passed(more):
    said = headline(NONE | more, 6, 1)
    assert "通过" not in said and "退回" not in said
    assert ("3 处" in said) == bool(more)
