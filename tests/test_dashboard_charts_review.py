import json
from itertools import combinations

import plotly.graph_objects as go

from dashboard.charts import review
from dashboard.store import RANK_SEVERITIES


def row(key: str, fen: int | None, problems: int, rank: int = 3, name: str = "") -> dict:
    counts = {"high": 0, "middle": problems, "low": 0}
    return {"key": key, "name": name or key, "budget_fen": fen, "problems": problems, "rank": rank} | counts


MANY = [row(f"项目{k}", 10**7 * (k % 40 + 1), k % 12, k % 5, f"名称很长的项目之{k}") for k in range(300)]


def test_each_project_stands_at_its_problems_and_money_in_the_shape_of_its_worst():
    (dots,) = review.quadrant([row("甲", 40_000, 2, 4), row("乙", 10_000, 5, 0)], RANK_SEVERITIES, "元")[
        "data"
    ]
    assert (dots["x"], dots["y"]) == ([2, 5], [200, 100])
    assert dots["customdata"] == [["甲"], ["乙"]]
    assert dots["marker"]["symbol"] == ["square", "x-thin-open"]


def test_money_that_was_not_read_lies_at_the_bottom_and_says_so():
    (dots,) = review.quadrant([row("甲", None, 2), row("乙", 100, 1)], RANK_SEVERITIES, "万元")["data"]
    assert dots["y"][0] == 0 and "未读到" in dots["hovertext"][0]


def test_names_of_the_biggest_cover_neither_each_other_nor_a_mark():
    spots = [(40.0 + 70 * (k % 12), 30.0 + 50 * (k % 9)) for k in range(60)]
    names, money = [f"名称很长的项目之{k}" for k in range(60)], list(range(60))
    places = review.labels(names, spots, money)
    boxes = [review.boxes(names[k], spots[k])[place] for k, place in enumerate(places) if place]
    assert boxes
    assert not any(review.meet(one, other) for one, other in combinations(boxes, 2))
    assert not any(review.meet(box, (x, y, x, y)) for box in boxes for x, y in spots)


def test_the_biggest_of_few_are_all_named():
    few = [row(f"项目{k}", 10**8 * 4**k, 3 * k + 1) for k in range(5)]
    (dots,) = review.quadrant(few, RANK_SEVERITIES, "万元")["data"]
    assert [text.strip() for text in dots["text"]] == [f"项目{k}" for k in range(5)]


def test_ticks_are_round_and_apart():
    ticks = review.quadrant(MANY, RANK_SEVERITIES, "万元")["layout"]["yaxis"]
    assert ticks["tickvals"] == sorted(set(ticks["tickvals"])) and len(ticks["tickvals"]) >= 4
    assert ticks["ticktext"][0] == "0"


def test_the_figure_is_legal_plotly_and_plain_json():
    for rows in (MANY, MANY[:1], []):
        figure = review.quadrant(rows, RANK_SEVERITIES, "元")
        json.dumps(figure)
        go.Figure(figure)
        assert not {"width", "height"} & set(figure["layout"])
