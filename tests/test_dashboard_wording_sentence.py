from dataclasses import replace

from dashboard.wording.sentence import Facts, Lack, headline, sentence
from dashboard.wording.sentence import facts as make

SLOTS = ("数量", "质量", "时效", "成本", "经济效益", "社会效益", "生态效益", "可持续影响", "满意度")
EMPTY = ("经济效益", "生态效益", "满意度")
TOTAL = 396_630_000
LARGEST = (
    ("“一网统管”试点专题项目", 186_000_000),
    ("综合工作经费（常）", 92_000_000),
    ("综合窗口服务外包", 79_740_000),
)
SIX = Facts(
    projects=6,
    budget_fen=TOTAL,
    unpriced=0,
    money="2024 年预算",
    largest=LARGEST,
    lacks=[Lack(slot, 6, TOTAL) if slot in EMPTY else Lack(slot, 0, 0) for slot in SLOTS],
)


def test_the_headline_names_what_nobody_has_and_the_money_that_is():
    assert headline(SIX) == "6 个项目都没有经济效益、生态效益和满意度指标，涉及全部 396.63 万元"


def test_the_sentence_names_the_largest_project_and_the_top_three():
    said = sentence(SIX)
    assert all(part in said for part in ("2024 年", "396.63 万元", "“一网统管”试点专题项目占 46.9%", "90.2%"))


def test_where_nobody_lacks_everything_the_headline_takes_the_most_money():
    lacks = [Lack("成本", 9, 100), Lack("满意度", 2, 90_000_000), Lack("时效", 0, 0)]
    said = headline(replace(SIX, projects=40, lacks=lacks))
    assert said == "2 个项目没有满意度指标，涉及 90.00 万元，占 22.7%"


def test_nothing_lacking_is_said_too():
    assert headline(replace(SIX, lacks=[Lack(slot, 0, 0) for slot in SLOTS])) == "6 个项目的九类指标都已填写"


def test_many_empty_kinds_are_counted_not_listed():
    assert "等 9 类" in headline(replace(SIX, lacks=[Lack(slot, 6, TOTAL) for slot in SLOTS]))


def test_money_that_was_not_read_is_told_and_never_taken_for_zero():
    said = sentence(replace(SIX, projects=8, unpriced=2))
    assert "2 个项目没有读到预算" in said


def test_a_portfolio_without_any_money_makes_no_shares():
    facts = replace(SIX, budget_fen=0, unpriced=6, largest=(), lacks=[Lack("满意度", 6, 0)])
    assert "涉及" not in headline(facts)
    assert "%" not in sentence(facts)


def test_one_project_is_not_compared_with_itself():
    one = replace(
        SIX, projects=1, budget_fen=100_000_000, largest=LARGEST[:1], lacks=[Lack("满意度", 1, 100_000_000)]
    )
    assert headline(one) == "这个项目没有满意度指标，涉及 100.00 万元"
    assert "%" not in sentence(one)
    assert "前" not in sentence(one)


def test_a_portfolio_of_three_does_not_sum_its_top_three():
    assert "前三" not in sentence(replace(SIX, projects=3))


REQUIRED = [
    replace(lack, required=lack.projects, required_fen=lack.budget_fen) if lack.slot == "满意度" else lack
    for lack in SIX.lacks
]


def test_what_the_standard_requires_comes_before_what_nobody_asks_for():
    facts = replace(SIX, lacks=REQUIRED, standard="通用标准")
    assert headline(facts) == "按通用标准，6 个项目都缺必填的满意度指标，涉及全部 396.63 万元"
    assert headline(facts, by_money=False) == "按通用标准，6 个项目都缺必填的满意度指标，必填空缺共 6 格"
    assert "经济效益和生态效益" in sentence(facts) and "经济" not in sentence(SIX)


def test_of_several_required_the_most_money_is_named():
    lacks = [Lack("成本", 6, TOTAL, 2, 90_000_000), Lack("满意度", 3, 80_000_000, 3, 80_000_000)]
    assert headline(replace(SIX, lacks=lacks)).startswith("2 个项目缺必填的成本指标，涉及 90.00 万元")


def test_by_number_no_money_is_said():
    assert "万元" not in headline(SIX, by_money=False)


def test_the_facts_are_those_of_the_rows():
    whole = {"projects": 2, "budget_fen": 5, "unpriced": 1, "years": [2025, 2024], "undated": 0}
    whole |= {"doubled": 3, "doubled_fen": 9, "short_fen": 4, "over_fen": 0}
    whole |= {"complete": 1, "in_part": 1}
    row = {"slot": "成本", "projects": 2, "budget_fen": 5, "required": 1, "required_fen": 5, "unread": 0}
    money = [{"name": name, "budget_fen": fen, "rest": rest} for name, fen, rest in MONEY]
    found = make(whole, [row], money, "从严标准")
    assert (found.money, found.largest) == ("2024、2025 两年预算合计", [("甲", 5)])
    assert found.standard == "从严标准"
    assert found.lacks == [Lack("成本", 2, 5, 1, 5)] and (found.doubled, found.doubled_fen) == (3, 9)
    assert (found.short_fen, found.over_fen) == (4, 0)
    assert (found.complete, found.partial) == (1, 1)


MONEY = (("甲", 5, 0), ("乙", None, 0), (None, 9, 1))


def test_money_of_several_years_is_never_summed_silently():
    said = sentence(replace(SIX, money="2022—2025 四年预算合计"))
    assert "2022—2025 四年预算合计 396.63 万元" in said and "合计合计" not in said


def test_what_is_left_out_lest_it_be_summed_twice_is_said_with_its_money():
    assert "2 个一级项目（7.00 万元）" in sentence(replace(SIX, doubled=2, doubled_fen=7_000_000))
    far = sentence(replace(SIX, doubled=2, doubled_fen=7_000_000, short_fen=3_000_000))
    assert "少 3.00 万元" in far and "3.00" not in sentence(replace(SIX, doubled=2, doubled_fen=7_000_000))
    assert "2 个一级项目" in sentence(replace(SIX, doubled=2)) and "一级" not in sentence(SIX)


def test_what_was_read_in_part_is_said_and_never_among_the_complete():
    none = replace(SIX, lacks=[replace(one, projects=0, required=0) for one in SIX.lacks])
    assert headline(none).startswith("6 个项目") and "读不全" not in headline(none) + sentence(none)
    some = replace(none, partial=2, complete=4)
    assert headline(some).startswith("4 个项目") and "2 个项目" in headline(some)
    assert "2 个项目" in sentence(some)
