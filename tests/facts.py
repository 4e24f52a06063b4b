"""What the numbers of a portfolio may be: made from what ``python -m parsing`` says of its files and from
nothing of the dashboard's, for each thing that a sentence or a row can be about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate, pairwise
from typing import Any

from parsing import SEVERITIES, SLOTS

Entry = dict[str, Any]  # a project of the JSON
Numbers = set[str]  # as they are printed, without commas
BANDS = (0, 10, 50, 100, 500, 1000, 0)  # 万元, of the sizes of projects
READING = "读取质量"  # the dimension of what is no fault of who filled the table in
DUE = SEVERITIES[:2]


def rounded(value: Decimal, places: int) -> str:
    return str(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def share(part: Decimal | int, whole: Decimal | int) -> Numbers:
    percent = Decimal(part) * 100 / Decimal(whole or 1)
    return {f"{rounded(percent, 1)}%", rounded(percent, 1), f"{Decimal(rounded(percent, 1)).normalize():f}"}


def money(yuan: Decimal) -> Numbers:
    """In 元, 万元 and 分, as cells and charts have them."""
    wan = yuan / 10_000
    return {
        *(rounded(yuan, 0), rounded(wan, 2), rounded(yuan * 100, 0)),
        *{f"{value.normalize():f}" for value in (yuan, wan)},
    }


class Facts:
    """``projects``: those of the JSON that count, each with ``lacks`` (slot → required, advised or plain) and
    ``unread`` slots; ``left``: those that do not, whose money is told; ``dimensions``: of every rule."""

    def __init__(self, projects: list[Entry], left: list[Entry], dimensions: dict[str, str]) -> None:
        self.projects = projects
        self.dimensions = dimensions
        self._money = self._sum(projects)
        self._of: dict[str, Numbers] = {}
        self.whole = (
            self._of_all() | {number for entry in left for number in money(_budget(entry))} | {str(len(left))}
        )
        self._add_groups()
        self.whole |= self.about("".join(SLOTS))

    def about(self, text: str) -> Numbers:
        """Of all that the text names; nothing where it names nothing."""
        return set().union(*(numbers for name, numbers in self._of.items() if name in text))

    def names(self, text: str) -> bool:
        """Whether it names a project."""
        return any(entry["name"] in text for entry in self.projects)

    def _add(self, name: str | None, numbers: Numbers) -> None:
        if name:
            self._of.setdefault(name, set()).update(numbers)

    def _add_groups(self) -> None:
        for entry in self.projects:
            self._add(entry["name"], self._of_one(entry))
            base, _, sub = (entry["project_type"] or "").rstrip("）").partition("（")
            for name in {entry["unit"], entry["department"], base, sub, f"{base}（{sub}）"} - {
                "",
                "（）",
                None,
            }:
                self._add(name, set())
        for name in list(self._of):
            self._add(name, self._of_group([entry for entry in self.projects if name in _groups(entry)]))
        self._add(
            "未填写",
            set().union(
                *(
                    self._of_group([e for e in self.projects if not e[f]])
                    for f in ("project_type", "department", "unit")
                )
            ),
        )
        for slot in SLOTS:
            for kinds in (("required",), ("required", "advised", "plain")):
                self._add(slot, self._of_group([e for e in self.projects if e["lacks"].get(slot) in kinds]))
            self._add(slot, self._of_group([]))  # nobody says that it does not apply
            for holds in (_fills, _leaves):
                self._add(slot, self._of_group([e for e in self.projects if holds(e, slot)]))
        titles = {finding["rule"]: finding["title"] for e in self.projects for finding in e["findings"]}
        groups = (*((severity,) for severity in SEVERITIES), DUE, SEVERITIES[2:], SEVERITIES)
        for rule, title in titles.items():
            for severities in groups:
                self._add(title, self._of_findings({rule}, severities))
        faults = {rule for rule, dimension in self.dimensions.items() if dimension != READING}
        for severities in groups:
            self.whole |= self._of_findings(faults, severities)
        for low, high in pairwise(BANDS):
            self._add(
                f"{low}—{high} 万元" if low and high else f"不到 {high} 万元" if high else f"{low} 万元以上",
                self._of_group(
                    [e for e in self.projects if low * 10_000 <= _budget(e) < (high or 10**9) * 10_000]
                ),
            )

    def _of_findings(self, rules: set[str], severities: Collection[str]) -> Numbers:
        hits = [
            (entry, finding)
            for entry in self.projects
            for finding in entry["findings"]
            if finding["rule"] in rules and finding["severity"] in severities
        ]
        entries = [entry for entry in self.projects if any(entry is hit for hit, _ in hits)]
        return self._of_group(entries) | {str(len(hits))}

    def _of_group(self, entries: list[Entry]) -> Numbers:
        """How many, their money, and the share of both."""
        total = self._sum(entries)
        return {
            str(len(entries)),
            *money(total),
            *share(total, self._money),
            *share(len(entries), len(self.projects)),
        }

    def _of_one(self, entry: Entry) -> Numbers:
        slots = Counter(
            slot for indicator in entry["indicators"] for slot in indicator["slot"].split("、") if slot
        )
        by = Counter(finding["severity"] for finding in entry["findings"] if self._is_fault(finding))
        counts = [
            len(entry["indicators"]),
            len(entry["repairs"]),
            entry["year"],
            *slots.values(),
            *by.values(),
        ]
        counts += [
            sum(by[severity] for severity in DUE),
            sum(by.values()) - sum(by[severity] for severity in DUE),
        ]
        counts += [sum(kind == "required" for kind in entry["lacks"].values()), len(entry["lacks"]), 0]
        counts += [
            len(entry[said]) for said in ("findings", "unchecked", "equations", "promises", "unpromised")
        ]
        due = self._due([entry])
        return {
            *money(_budget(entry)),
            *share(_budget(entry), self._money),
            *share(due, self._due(self.projects)),
            *(str(count) for count in counts),
            *(f"{repair['confidence']:.0%}" for repair in entry["repairs"]),
        }

    def _due(self, entries: list[Entry]) -> int:
        """How many problems."""
        findings = [finding for entry in entries for finding in entry["findings"]]
        return sum(finding["severity"] in DUE and self._is_fault(finding) for finding in findings)

    def _of_all(self) -> Numbers:
        every, cells = self.projects, len(self.projects) * len(SLOTS)
        indicators = sum(len(entry["indicators"]) for entry in every)
        lacks = Counter(kind for entry in every for kind in entry["lacks"].values())
        unread = sum(len(entry["unread"]) for entry in every)
        gaps = lacks.total()
        repaired = [entry for entry in every if entry["repairs"]]
        faults = {one["rule"] for entry in every for one in entry["findings"] if self._is_fault(one)}
        counts = [
            *(len(every), indicators, cells, gaps, lacks["required"], gaps - lacks["required"], unread),
            *(
                cells - gaps - unread,
                len(repaired),
                sum(len(entry["repairs"]) for entry in repaired),
                len(faults),
            ),
            sum(one["confidence"] < 0.8 for entry in repaired for one in entry["repairs"]),
            sum(bool(entry["partial"]) for entry in every),
            len(self.dimensions),
            sum("required" not in entry["lacks"].values() and not entry["partial"] for entry in every),
            sum(entry["sample"] for entry in every),
            *(
                len({entry[field] for entry in every if entry[field]})
                for field in ("department", "unit", "year")
            ),
        ]
        numbers = {str(count) for count in counts} | {rounded(Decimal(indicators) / len(every), 1)}
        for group in (
            every,
            [entry for entry in every if "required" in entry["lacks"].values()],
            *(
                [entry for entry in every if entry["year"] == year]
                for year in {entry["year"] for entry in every}
            ),
        ):
            numbers |= self._of_group(group)
        ranked = sorted(every, key=_budget, reverse=True)
        for number, top in enumerate(accumulate(map(_budget, ranked))):  # the first so many, and the others
            rest = self._money - top
            numbers |= {*money(top), *share(top, self._money), *money(rest), *share(rest, self._money)}
            for entry in every:  # in any order of those that are of one size
                if _budget(entry) == _budget(ranked[number]):
                    self._add(entry["name"], share(top, self._money))
        return numbers

    def _is_fault(self, finding: Entry) -> bool:
        return self.dimensions[finding["rule"]] != READING

    @staticmethod
    def _sum(entries: Iterable[Entry]) -> Decimal:
        return sum(map(_budget, entries), Decimal(0))


def _budget(entry: Entry) -> Decimal:
    return Decimal(str(entry["budget_yuan"] or 0))


def _groups(entry: Entry) -> set[str | None]:
    base, _, sub = (entry["project_type"] or "").rstrip("）").partition("（")
    return {entry["unit"], entry["department"], base, sub if len(sub) > 2 else None, f"{base}（{sub}）"}


def _fills(entry: Entry, slot: str) -> bool:
    return slot not in entry["lacks"] and slot not in entry["unread"]


def _leaves(entry: Entry, slot: str) -> bool:
    return slot in entry["unread"]
