"""What the rules rest on. None of the documents' official texts was compared: none is quoted."""

from parsing.rules.rule import Ground

GUIDE_2021 = Ground(
    "成本、产出、效益、满意度指标的设置要求（未核对官方原文，按建议掌握）",
    "财预〔2021〕101号《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》",
)
OPINION_2018 = Ground(
    "预算绩效管理要求绩效目标覆盖成本与服务对象满意度（未核对官方原文，按建议掌握）",
    "中发〔2018〕34号《中共中央 国务院关于全面实施预算绩效管理的意见》",
)
TARGETS_2015 = Ground(
    "绩效目标应当指向明确、细化量化、合理可行、相应匹配（未核对官方原文，按建议掌握）",
    "财预〔2015〕88号《中央部门预算绩效目标管理办法》",
)
FORM = Ground("表样自带的填报项和填写说明")
ARITHMETIC = Ground("算术：表内数字应当彼此相符")
EXPERIENCE = Ground("经验：评审中反复提出的问题")
READING = Ground("读表过程的记录，不是填报单位的问题")
