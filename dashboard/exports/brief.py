"""审核简报: one to two pages for leaders, and the opinion that reviewers may start from."""

from __future__ import annotations

from dashboard import look
from dashboard.dossier import Case, Dossier
from dashboard.exports.paper import Paper
from dashboard.speech import speech
from parsing import BOOK, SLOTS

PROJECTS = 15
RULES = 10
SHORT = ("数量", "质量", "时效", "成本", "经济", "社会", "生态", "可持续", "满意度")
DIMENSIONS = ("完整性", "相关性", "适当性", "可行性")


def brief(dossier: Dossier) -> bytes:
    """Summary, budget, coverage matrix, and what was found by priority."""
    paper = Paper(dossier, f"{dossier.title}简报")
    for line in speech(dossier):
        paper.text(line.text)
    cases, whole = dossier.cases[:PROJECTS], dossier.facts.budget_fen
    paper.heading("一、预算和指标")
    paper.table(
        ("项目", "预算（万元）", "占比", *SHORT),
        [
            (
                case.project.name,
                look.wan(case.matrix["budget_fen"]),
                look.share(case.matrix["budget_fen"], whole),
                *(_cell(case, k) for k in range(1, len(SLOTS) + 1)),
            )
            for case in cases
        ],
        (4.6, 2.4, 2.1, *(1.5 for _ in SLOTS)),
    )
    _left_out(paper, dossier, len(cases))
    paper.heading("二、先改什么")
    rows = [row for row in dossier.rules if row["rank"] > 1][:RULES]
    paper.table(
        ("程度", "问题", "处", "项目", "涉及预算（万元）", "建议"),
        [
            (
                _severity(row["rank"]),
                row["title"],
                f"{row['findings']:,}",
                f"{row['projects']:,}",
                look.wan(row["budget_fen"]),
                BOOK[row["rule"]].advice,
            )
            for row in rows
        ],
        (1.2, 4.2, 1.2, 1.4, 2.6, 7),
    )
    return paper.bytes()


def opinion(dossier: Dossier) -> bytes:
    """审核意见 (draft, unsigned), by the four official dimensions."""
    paper = Paper(dossier, f"{dossier.title}意见（草稿）")
    paper.text(speech(dossier)[0].text)
    for number, dimension in enumerate(DIMENSIONS):
        paper.heading(f"{'一二三四'[number]}、{dimension}")
        rules = [row for row in dossier.rules if row["dimension"] == dimension and row["rank"] > 1]
        if not rules:
            paper.text("按现有规则没有发现需要修改的问题；没有读到的内容未作检查。")
        for row in rules:
            money = look.spoken(row["budget_fen"])
            said = f"{row['title']}：{row['findings']:,} 处，{row['projects']:,} 个项目，涉及 {money}。"
            paper.text(said + BOOK[row["rule"]].advice)
            for one in [one for one in dossier.findings if one["rule"] == row["rule"]][:3]:
                paper.text(f"· {one['name']}：{one['message']}", size=10)
    paper.heading("五、审核结论")
    paper.text("□ 通过　　□ 有条件通过　　□ 退回修改")
    paper.sign("审核人", "负责人")
    return paper.bytes()


def _cell(case: Case, k: int) -> str:
    row = case.matrix
    if row[f"s{k}"]:
        return str(row[f"s{k}"])
    if row[f"a{k}"]:
        return "不适用"
    return "？" if row[f"u{k}"] else "✕必填" if row[f"r{k}"] == 2 else "✕"


def _left_out(paper: Paper, dossier: Dossier, shown: int) -> None:
    note = "格内为三级指标条数；✕ 空缺，✕必填 为标准要求而空缺，？没有读出。"
    if (more := dossier.facts.projects - shown) > 0:
        note += f"只列预算最大的 {shown} 个项目，另有 {more:,} 个在合计之内。"
    paper.text(note, indent=False, size=9.5)


def _severity(rank: int) -> str:
    return {4: "高", 3: "中", 2: "低"}.get(rank, "提示")
