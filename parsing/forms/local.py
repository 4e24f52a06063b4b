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
)
