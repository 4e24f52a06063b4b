"""Forms of provinces that print more columns: sign, number and unit apart, lists, standards."""

from parsing.forms.form import Form

FORMS = (
    Form(
        code="sign-number-unit",
        title="项目绩效目标表（符号、数值、单位分列）",
        columns=("level1", "level2", "name", "sign", "annual", "measure", "weight"),
        labels=frozenset({"name", "department", "unit", "budget", "annual_goal"}),
        source="内蒙古、四川等地的表：指标性质、指标值、度量单位、权重各占一列",
    ),
    Form(
        code="ledger",
        title="部门预算项目绩效目标申报表（一表多项目）",
        columns=(
            *("project.unit", "project.name", "project.budget", "project.annual_goal"),
            *("level1", "level2", "name", "sign", "annual", "measure", "weight"),
        ),
        labels=frozenset({"unit", "name", "budget", "annual_goal"}),
        source="四川省井研县马踏镇 2023 年申报表，见 tests/cases/forms/README.md",
    ),
    Form(
        code="hunan",
        title="项目支出绩效目标表（绩效标准）",
        columns=("level1", "level2", "name", "annual", "standard"),
        labels=frozenset({"unit", "name", "budget", "annual_goal", "period"}),
        source="湖南、湖北的表：指标值及单位，旁列绩效标准；另有项目预算成本构成",
    ),
    Form(
        code="sign-number-unit-2023",
        title="项目支出绩效目标申报表（性质、数值、单位分列）",
        columns=("level1", "level2", "name", "sign", "annual", "measure"),
        labels=frozenset({"name", "department", "unit", "period", "budget", "annual_goal"}),
        cost="level1",
        source="北京等地 2022 年后的表：绩效指标性质、绩效指标值、绩效度量单位各占一列，成本为一级指标",
    ),
    Form(
        code="hebei",
        title="项目绩效目标表（指标描述、确定依据）",
        columns=("level1", "level2", "name", "annual"),
        labels=frozenset({"name", "budget", "annual_goal"}),
        cost="level2",
        source="河北的表：预算规模及资金用途、资金支出计划，三级指标旁有绩效指标描述和指标值确定依据",
    ),
    Form(
        code="hubei-2024",
        title="项目支出绩效目标表（近年实际与预计）",
        columns=("level1", "level2", "name", "before", "before", "annual"),
        labels=frozenset(
            {"name", "department", "unit", "project_type", "total", "budget", "period_goal", "annual_goal"}
        ),
        source="湖北的表：指标值之下分前年、上年、预计当年实现三列",
    ),
    Form(
        code="yunnan-list",
        title="项目支出绩效目标表（单位名称、项目名称一列）",
        columns=(
            *("project.name", "project.annual_goal"),
            *("level1", "level2", "name", "sign", "annual", "measure"),
        ),
        labels=frozenset({"unit", "name", "annual_goal"}),
        source="云南的表：一表多项目，单位与项目同列，表上没有金额",
    ),
)
