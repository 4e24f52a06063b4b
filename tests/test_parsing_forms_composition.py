"""Labels that no list has are known by what they are made of; values and prose are not taken for them."""

from __future__ import annotations

import pytest

from parsing import values, vocabulary
from parsing.vocabulary import composition

LABELS = {
    "name": [
        "项目支出名称",
        "资金名称",
        "二级项目名称",
        "专项资金名称（全称）",
        "预算项目名称",
        "政策任务名称",
    ],
    "department": [
        "资金主管处室",
        "区级主管部门",
        "归口管理部门",
        "省级财政部门",
        "主管部门及预算编码",
        "业务主管科室",
    ],
    "unit": [
        "项目执行单位",
        "资金使用单位名称",
        "项目建设主体",
        "预算申报单位及代码",
        "项目承办单位",
        "单位信息",
    ],
    "start": ["预计开始时间", "项目计划开工日期", "起始时间（年月）", "预算执行期限开始"],
    "end": ["预计完成时间", "终止时间（年月）", "项目计划竣工日期", "工程完工时间"],
    "period": ["项目实施起止时间", "资金使用期限", "项目建设周期"],
    "annual_goal": ["年度阶段性目标", "年度目标(450字内)", "全年(调整)绩效目标", "2025年项目目标"],
    "period_goal": ["项目期目标", "长期目标(450字内)", "项目总体绩效目标", "项目整体绩效目标"],
    "budget": [
        "2021年金额",
        "本年核定预算",
        "当年申报经费",
        "计划安排资金（万元）",
        "年度安排资金数",
        "年度本级预算金额",
        "本年度申请市财政预算资金（万元）",
    ],
    "total": ["投资总额（万元）", "项目金额合计", "申请资金总额", "资金额度"],
    "source": [
        "旗县财政资金",
        "申报省级资金",
        "国有资本经营预算拨款",
        "项目用款单位自筹",
        "中央财政专项补助资金",
    ],
    "other": [
        "资金执行情况",
        "项目立项的依据",
        "工程负责人",
        "部门预算编码",
        "项目实施进度计划",
        "上年度预算安排资金",
    ],
}
VALUES = (
    *(
        "综合工作经费",
        "专项经费",
        "办公设备购置",
        "省教育厅",
        "某某区审计局",
        "2024年1月",
        "五年",
        "校舍维修项目",
    ),
    *(
        "完成年度任务",
        "提高服务水平",
        "基本公共卫生服务",
        "机关运行经费项目",
        "建设高标准农田面积",
        "其他特定目标类",
    ),
    *(
        "部门职能类",
        "按时完成项目建设",
        "资金支付及时率",
        "预算执行率",
        "培训人数",
        "项目验收合格率",
        "师生满意度",
    ),
)


@pytest.mark.parametrize(("field", "label"), [(field, one) for field, many in LABELS.items() for one in many])
def test_a_label_is_known_by_its_parts(field: str, label: str) -> None:
    found = vocabulary.label(label)
    assert found is not None and found.field == field


@pytest.mark.parametrize("text", VALUES)
def test_what_is_no_label_is_not_made_of_its_parts(text: str) -> None:
    assert vocabulary.label(text) is None


def test_the_year_and_the_unit_of_a_label_are_kept() -> None:
    found = vocabulary.label("2021年核定金额（万元）")
    assert found is not None and (found.field, found.year, found.unit) == ("budget", 2021, "万元")


def test_a_word_that_no_list_has_makes_no_label() -> None:
    assert composition.field("项目甲乙名称") is None


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("一、产出指标", "产出指标"),
        ("二、 效益指标", "效益指标"),
        ("项目完成指标", "产出指标"),
        ("项目效益", "效益指标"),
    ],
)
def test_a_word_of_level_1_is_known_with_its_number_and_under_its_older_names(text: str, level: str) -> None:
    assert vocabulary.level1(text) == level


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("（8）可持续影响指标", "可持续影响"),
        ("完成质量", "质量"),
        ("产出质量指标", "质量"),
        ("完成时效", "时效"),
    ],
)
def test_a_word_of_level_2_is_known_with_its_number_and_under_its_older_names(text: str, slot: str) -> None:
    assert vocabulary.slots(text) == (slot,)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("指标(目标)值", "annual"),
        ("本年度计划完成水平", "annual"),
        ("✶度量单位", "measure"),
        ("权重%", "weight"),
        ("指标满分值", "weight"),
        ("上年度 实际水平", "before"),
        ("参考指标值", "before"),
        ("全年 完成值", "done"),
        ("实际指标值", "done"),
        ("自评分数", "done"),
        ("未完成原因和 改进措施", "done"),
        ("单项指标完成情况", "done"),
    ],
)
def test_a_title_of_a_column_is_known_in_the_words_of_other_offices(text: str, role: str) -> None:
    assert vocabulary.role(text) == role


@pytest.mark.parametrize(
    "text", ["2023年项目支出绩效目标表公开", "《项目绩效目标表》", "项目支出绩效目标申报表.xls"]
)
def test_a_title_is_known_with_what_a_web_page_adds(text: str) -> None:
    assert vocabulary.title(text) == vocabulary.PROJECT_TABLE


def test_a_period_that_is_only_planned_is_one() -> None:
    assert values.when("计划：2019年7月") == ("2019-07", None)


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("1.总体目标", "period_goal"),
        ("（其中：上级财政资金：", "source"),
        ("已落实资金", "source"),
        ("事业基金弥补差额", "source"),
        ("资金投入情况（万元）", "money"),
        ("联络电话", "other"),
        ("编 报 时 间：", "other"),
    ],
)
def test_a_label_is_known_with_its_number_and_in_other_words(label: str, field: str) -> None:
    found = vocabulary.label(label)
    assert found is not None and found.field == field


@pytest.mark.parametrize("text", ["1.5万元", "2.5", "10.24", "1.5倍"])
def test_a_decimal_point_is_no_number_of_a_list(text: str) -> None:
    assert vocabulary.core(text)[0] == text and vocabulary.label(text) is None


@pytest.mark.parametrize(
    ("title", "role"),
    [("年度二级指标：", "level2"), ("中期三级指标：", "name"), ("评分细则（150字内）", "standard")],
)
def test_a_title_is_known_with_its_half_and_its_length(title: str, role: str) -> None:
    assert vocabulary.role(title) == role


def test_what_is_put_together_with_or_is_each_of_the_two() -> None:
    assert vocabulary.slots("经济或社会效益") == ("经济效益", "社会效益")
