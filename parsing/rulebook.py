"""The rule book as a page: ``python -m parsing.rulebook > docs/rules.md``."""

from __future__ import annotations

import sys
from typing import Any

from parsing.finding import GRADES
from parsing.rules import BOOK
from parsing.rules.measured import Measured, measured
from parsing.rules.rule import Ground, Rule
from parsing.rules.standard import standards

FAMILIES = {
    "C": "完整性：该填的是否都填了",
    "M": "可衡量：指标值能不能核对",
    "R": "相关性：指标与目标、类别是否相符",
    "A": "资金匹配：数字之间是否相符",
    "F": "时间：起止、期限是否合理",
    "W": "权重：分值是否合理",
    "P": "组合：多个项目放在一起看",
    "X": "读取质量：读表过程的提示，不是填报单位的问题",
}


def share(value: float | None) -> str:
    return "—" if value is None else f"{value:.0%}"


def ground(said: Ground) -> str:
    """The basis in words, the document first where there is one."""
    return f"{said.document}：{said.words}" if said.document else said.words


def markdown() -> str:
    """The whole book."""
    figures, nothing = measured(), Measured()
    parts = [
        "# 审核规则手册",
        f"共 {len(BOOK)} 条规则。本页由程序生成（`python -m parsing.rulebook`），不要手工修改。",
        f"严重程度：{GRADES}。"
        "没有读到的内容记为“未检查”，不算通过。准确率和查全率由人工逐条判断的样本集算出"
        "（`python -m tests.precision`）；“—”表示样本集中没有出现。",
        "## 审核标准",
        *(f"- **{one.title}**（`{one.name}`）：{one.note}" for one in standards().values()),
    ]
    for letter, title in FAMILIES.items():
        family = [one for one in BOOK.values() if one.code.startswith(letter)]
        parts += [f"## {title}", *(_page(one, figures.get(one.code, nothing)) for one in family)]
    return "\n\n".join(parts) + "\n"


def _page(one: Rule[Any], figures: Measured) -> str:
    told = [
        f"### {one.code} {one.title}",
        f"{one.severity} · {one.dimension} · 样本集命中 {figures.hits} 处，"
        f"准确率 {share(figures.precision)}，查全率 {share(figures.recall)}",
        one.meaning,
        f"- 依据：{ground(one.ground)}\n- 建议：{one.advice}\n"
        f"- 好的写法：{one.good}\n- 需要修改的写法：{one.bad}",
    ]
    return "\n\n".join(told)


def main() -> int:
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a Windows console is GBK
    sys.stdout.write(markdown())
    return 0


if __name__ == "__main__":
    sys.exit(main())
