"""Forms after the Ministry of Finance: 2011 (two blocks), 2015 (two halves), 2021 (成本 as level 1)."""

from parsing.forms.form import Form

_BASE = frozenset({"name", "department", "unit"})

FORMS = (
    Form(
        code="central-2011",
        title="财政支出绩效目标申报表",
        columns=("level1", "level2", "name", "annual"),
        labels=_BASE | {"period", "budget", "period_goal", "annual_goal"},
        stacked=True,
        cost="level2",
        means={"资金总额": "budget", "财政拨款": "source", "其他": "source"},
        source="财预〔2011〕285号所附申报表的公开转载：长期绩效指标在上，年度绩效指标在下",
    ),
    Form(
        code="central-2015",
        title="项目支出绩效目标申报表",
        columns=("level1", "level2", "name", "annual", "level2", "name", "annual"),
        labels=_BASE | {"period", "total", "budget", "period_goal", "annual_goal"},
        cost="level2",
        source="财预〔2015〕88号所附申报表的公开转载：中期与年度两半并列，资金分财政拨款、其他资金",
    ),
    Form(
        code="central-period",
        title="项目支出绩效目标申报表（实施期、年度）",
        columns=("level1", "level2", "name", "annual"),
        labels=_BASE | {"period", "total", "budget", "period_goal", "annual_goal"},
        source="2016 年后各地沿用的申报表：资金与目标分实施期、年度两栏，指标只有一栏",
    ),
    Form(
        code="central-year",
        title="项目支出绩效目标表（年度）",
        columns=("level1", "level2", "name", "annual"),
        labels=_BASE | {"budget", "annual_goal"},
        source="2019 年后各地沿用的单年度表",
    ),
    Form(
        code="core-2021",
        title="项目支出绩效目标申报表（核心指标）",
        columns=("level1", "level2", "name", "annual", "weight"),
        labels=_BASE | {"period", "total", "budget", "period_goal", "annual_goal"},
        cost="level1",
        source="财预〔2021〕101号核心绩效指标之后各地沿用的表：成本为一级指标，带分值和说明",
    ),
    Form(
        code="shanghai-2026",
        title="财政项目支出绩效目标申报表",
        columns=("level1", "level2", "name", "annual"),
        labels=_BASE | {"project_type", "start", "end", "total", "budget", "period_goal", "annual_goal"},
        cost="level1",
        source="上海市普陀区 2026 年申报表，见 tests/cases/forms/README.md",
    ),
)
