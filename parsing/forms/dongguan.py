"""Dongguan, 2019: indicators of the whole period on the left, of the year on the right."""

from parsing.forms.form import Form

FORMS = (
    Form(
        code="dongguan-2019",
        title="东莞市财政项目支出绩效目标批复表",
        columns=("level1", "level2", "name", "annual", "level2", "name", "annual"),
        labels=frozenset({"name", "unit", "total", "budget", "period_goal", "annual_goal"}),
        means={"中期市财政预算": "total", "本年度申请市财政预算资金": "budget"},
        heads={"指标值(或计划水平)": "annual", "计划指标值(或计划水平)": "annual"},
        source="东莞市交通运输局 2019 年批复表，见 tests/cases/forms/README.md",
    ),
)
