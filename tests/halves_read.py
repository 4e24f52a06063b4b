"""Tables of which only a part was read, one for each reason, as texts; and one that was read whole."""

from __future__ import annotations

HEAD = (
    "项目绩效目标表\n项目名称\t{name}\n用款单位\t第一中学\n主管部门\t教育局\n项目类型\t货物购置类（设备）\n"
    "起始年度\t2024\t到期年度\t2024\n2024年预算金额（元）\t{money}\n"
    "年度目标\t为群众和企业购置设备30台，培训200人。\n"
)
TITLES = "一级指标\t二级指标\t三级指标\t实施周期指标值\t当年度指标值\n"
ROWS = "产出指标\t数量指标\t购置设备数量\t30台\t30台\n\t质量指标\t验收合格率\t≥98%\t≥98%\n"
REST = (
    "\t时效指标\t按期完成率\t100%\t100%\n\t成本指标\t设备单价\t≤2万元/台\t≤2万元/台\n"
    "效益指标\t经济效益指标\t节约资金\t≥3万元\t≥3万元\n\t社会效益指标\t惠及人数\t200人\t200人\n"
    "\t生态效益指标\t能耗下降率\t≥5%\t≥5%\n\t可持续影响指标\t设备使用年限\t≥8年\t≥8年\n"
    "满意度指标\t服务对象满意度指标\t师生满意度\t≥90%\t≥90%\n"
)
MONEY = "600000"


def table(name: str = "设备购置", money: str = MONEY, body: str = TITLES + ROWS) -> str:
    return HEAD.format(name=name, money=money) + body


WHOLE = table(body=TITLES + ROWS + REST)
VALUELESS = (
    "一级指标\t二级指标\t三级指标\t备注\n产出指标\t数量指标\t购置设备数量\t甲\n\t质量指标\t验收合格率\t乙\n"
)
REASONS = {  # reason → a table that has it and no other
    "no-indicators": table(body=""),
    "cut": table()
    + "\n项目绩效目标表\n"
    + TITLES
    + "满意度指标\t服务对象满意度指标\t师生满意度\t≥90%\t≥90%\n",
    "unheaded": table(body="产出指标\t时效指标\t按期完成率\t100%\t100%\n" + TITLES + ROWS),
    "stray": table() + "甲\t乙\t丙\t丁\t戊\t己\t庚\n",
    "valueless": table(body=VALUELESS),
    "no-money": table(money="约六十", body=TITLES + ROWS + REST),
}
