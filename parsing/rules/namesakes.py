"""Whether two tables are of one project, where nobody can say: asked of who knows; both count till then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parsing.levels import bare
from parsing.rules.grounds import READING
from parsing.rules.outline import Outline
from parsing.rules.rule import rule
from parsing.rules.shared import FEW, Shared, blocks

CODE = "X09"


@rule(
    CODE,
    "同名的表都没有写用款单位",
    "中",
    "读取质量",
    ground=READING,
    meaning="同一年度（或都没有年度）有几张同名的表，都没有写用款单位，内容又不相同：说不清是同一个项目填了几次，还是几个单位各有"
    "一个同名项目。答复之前几张都计入合计，可能多计。名称前的编码、空格和全角半角不算不同。",
    advice="建议核对是不是同一个项目：不是的，写明理由搁置这一条；是的，在导入页撤销多余的那份文件，或请填报单位写明用款单位后重新导入",
    good="两张“办公经费”各写明用款单位：第一中学、第二中学",
    bad="两张“办公经费”都没有用款单位，预算一张10万元，一张20万元",
)
def unowned(outlines: Sequence[Outline]) -> Iterator[tuple[int, Shared]]:
    named = (
        ((bare(one.name), one.year), number)
        for number, one in enumerate(outlines)
        if not bare(one.unit) and bare(one.name)
    )
    for group in blocks(named).values():
        for number in group:
            others = [other for other in group[: FEW + 1] if other != number][:FEW]
            places = "、".join(outlines[other].place for other in others)
            more = "等" if len(group) - 1 > len(others) else ""
            yield (
                number,
                Shared(
                    path="",
                    message=f"另有{len(group) - 1}张同名的表也没有写用款单位（{places}{more}），说不清是不是"
                    "同一个项目，现在都计入合计，请核对",
                    quote=outlines[number].name,
                    also=tuple((other, "") for other in others),
                ),
            )


RULES = (unowned,)
