from __future__ import annotations

from conftest import make_indicator, make_project

from dashboard.store.derive import project_row


def test_an_indicator_of_a_merged_category_counts_in_each_of_its_columns() -> None:
    merged = make_indicator("争议率", "社会效益", also=("经济效益", "生态效益"))
    row = project_row("key", make_project(indicators=(merged, make_indicator("增收", "经济效益"))))
    assert [row[f"s{k}"] for k in range(1, 10)] == [0, 0, 0, 0, 2, 1, 1, 0, 0]
