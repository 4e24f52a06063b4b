"""The words of generated tables. Those of ``UNSEEN`` stand in no data of the program (tests/test_recall.py):
each label that is made of them has one word at least that the program never saw, as the labels of a county
that nobody asked. The word that a label ends with is its kind, and known."""

from __future__ import annotations

from random import Random

UNSEEN: dict[str, tuple[str, ...]] = {
    "name": ("惠民事项", "攻坚行动", "兴办事业", "民心实事", "提升计划书", "本次拟办"),
    "department": ("对口", "条线", "统揽", "挂帅", "督办"),
    "unit": ("落地", "操办", "经手", "领办", "牵办"),
    "budget_yuan": ("盘子", "拟花", "所需", "打算用", "开列"),
    "annual_goal": ("奋斗", "攻坚", "预设", "要抵达的", "冲刺"),
    "other": ("手持", "卷宗", "联办", "台账", "档案室"),
    "column": ("留痕", "溯源", "凭信", "把关", "口径"),
}
SEEN: dict[str, tuple[str, ...]] = {
    "name": ("项目", "专项", "资金", "课题", "工程", "任务"),
    "department": ("业务", "资金", "预算", "归口", "行业"),
    "unit": ("实施", "承担", "执行", "使用", "申报"),
    "budget_yuan": ("预算", "资金", "经费"),
    "annual_goal": ("", "绩效", "总体"),
    "other": ("联系", "项目", "立项"),
    "column": ("备注", "指标", "责任"),
}
# What stands before and behind the word that was drawn.
BEFORE: dict[str, tuple[str, ...]] = {
    "name": ("",),
    "department": ("", "", "业务"),
    "unit": ("", "项目", "资金"),
    "budget_yuan": ("当年", "本年度", "年度"),
    "annual_goal": ("年度", "当年", "本年度"),
    "other": ("",),
    "column": ("",),
}
BEHIND: dict[str, tuple[str, ...]] = {
    "name": ("名称", "全称"),
    "department": ("主管部门", "主管单位", "主管处室", "主管部门及代码"),
    "unit": ("单位", "单位", "单位名称"),
    "budget_yuan": ("金额", "总额"),
    "annual_goal": ("目标",),
    "other": ("电话", "编码", "依据"),
    "column": ("说明", "科室", "来源"),
}
WHOLE = ("事由", "款项去处", "经办股", "钱数")  # labels no part of which is known


def label(dice: Random, field: str, words: dict[str, tuple[str, ...]] = UNSEEN) -> str:
    return dice.choice(BEFORE[field]) + dice.choice(words[field]) + dice.choice(BEHIND[field])
