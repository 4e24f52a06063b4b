"""Whose the numbers are, in words: what stands over every page, slide, paper and list, and in their names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from dashboard.queries.scope import UNNAMED, Scope
from dashboard.wording.formatting import clip

Row = Mapping[str, Any]
SAMPLE = "示例数据"
TITLE = "项目绩效目标审核"
LONGEST = 60  # characters of a file's name before its ending
_COUNTS = "零一两三四五六七八九十"
_REFUSED = re.compile(r'[\\/:*?"<>|\x00-\x1f]')  # by one file system or another, in a name


class Caption(NamedTuple):
    """``sample``: the samples' mark, "" where there are none; ``owner``: the one unit or department that all
    is of, or ""; ``whose``: units and departments; ``when``: the years; ``kind``: what else was chosen, or
    ""; ``standard``: its title; ``made``: ISO date."""

    sample: str
    owner: str
    whose: str
    when: str
    kind: str
    standard: str
    made: str

    @property
    def scope(self) -> str:
        """Whose, of when and of what kind."""
        return "　".join(filter(None, (self.whose, self.when, self.kind)))

    @property
    def line(self) -> str:
        """All of it in one line."""
        return "　".join(filter(None, (self.sample, self.scope, self.standard, self.made)))

    @property
    def title(self) -> str:
        """What papers and slides are called."""
        when = self.when.removesuffix("合计") if "未注明" not in self.when else ""
        return f"{self.owner} {when}{TITLE}".strip() if when else f"{self.owner}{TITLE}"

    def file(self, what: str, ending: str) -> str:
        """The name of a file that is taken away."""
        whose = clip(self.owner, LONGEST // 2)
        kind = f"（{self.kind}）" if self.kind else ""
        sample = f"（{self.sample}）" if self.sample else ""
        name = f"{whose}{self.when.replace(' ', '')}{kind}{what}"
        name = f"{clip(name, LONGEST)}-{self.made.replace('-', '')}{sample}.{ending}"
        return _REFUSED.sub("_", name)


def caption(scope: Scope, row: Row, standard: str, day: date) -> Caption:
    """``whole``: as of ``queries.totals.whole`` for the scope; ``standard``: the title of the one in use."""
    owner, whose = _whose(row)
    return Caption(sample(row), owner, whose, summed(row), _kind(scope), standard, day.isoformat())


def of_project(unit: str | None, year: int | None, samples: int, standard: str, day: date) -> Caption:
    """The same for one project."""
    said = {"years": [year], "undated": int(not year), "units": [unit], "departments": [None]}
    return caption(Scope(), {**said, "projects": 1, "samples": samples}, standard, day)


def sample(row: Row) -> str:
    """The samples' mark, which says how many there are where others count, too."""
    if not row["samples"]:
        return ""
    return SAMPLE if row["samples"] == row["projects"] else f"含{SAMPLE} {row['samples']:,} 个项目"


def when(whole: Row) -> str:
    """The years: ``2024 年``, ``2023、2024 两年``, ``2022—2025 四年``, or nothing where no table says."""
    years = _known(whole, "years")
    if len(years) < 2:
        return f"{years[0]} 年" if years else ""
    count = _COUNTS[len(years)] if len(years) < len(_COUNTS) else f" {len(years)} "
    row = len(years) > 2 and years[-1] - years[0] < len(years)
    return f"{f'{years[0]}—{years[-1]}' if row else '、'.join(map(str, years))} {count}年"


def summed(row: Row) -> str:
    """The years whose sums are shown; that several are summed, and that some are not known, is said."""
    if not _known(row, "years"):
        return "年度未注明"
    undated = f"（另有 {row['undated']:,} 个未注明年度）" if row["undated"] else ""
    return f"{when(row)}{'合计' if mixed(row) else ''}{undated}"


def mixed(row: Row) -> bool:
    """Whether sums are of several years, or may be."""
    return len(row["years"]) > 1


def money_of(row: Row) -> str:
    """What the money is called: ``2024 年预算``, ``2022—2025 四年预算合计``."""
    undated = "和未注明年度的" if row["undated"] and mixed(row) else ""
    return f"{when(row) or '当年'}{undated}预算{'合计' if mixed(row) else ''}"


def _known(row: Row, field: str) -> list[Any]:
    return sorted(one for one in row[field] if one is not None)


def _whose(row: Row) -> tuple[str, str]:
    """The one owner, if there is one, and whose all is."""
    units, departments = _known(row, "units"), _known(row, "departments")
    if len(row["units"]) == len(units) == 1:
        return units[0], units[0]
    many = f"{len(units):,} 个用款单位" if units else ""
    blank = "未填写单位的项目" if len(units) < len(row["units"]) else ""
    said = "、".join(filter(None, (many, blank)))
    if len(row["departments"]) == len(departments) == 1:
        return departments[0], f"{departments[0]}（{said}）" if said else departments[0]
    above = f"{len(departments):,} 个主管部门、" if len(departments) > 1 else ""
    return "", f"{above}{said}"


def _kind(scope: Scope) -> str:
    types = [one for one in (scope.project_type, scope.sub_type) if one is not None]
    said = [f"类型{one}" if one == UNNAMED else one for one in types]
    if scope.end is not None:
        said.append("到期年度未填写" if scope.end == UNNAMED else f"{scope.end} 年到期")
    return "、".join(said)
