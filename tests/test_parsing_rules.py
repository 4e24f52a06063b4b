"""Every rule: its page, its cases, and nothing found in what is right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from parsing.finding import Finding
from parsing.rules import BOOK, PORTFOLIO, RULES, compare, review
from parsing.rules.outline import outline
from parsing.rules.standard import standard
from parsing.rules.subject import NEEDS
from tests.making import project

FOLDER = Path(__file__).parent / "cases" / "rules"
CASES: dict[str, dict[str, list[dict[str, Any]]]] = {
    code: cases
    for file in sorted(FOLDER.glob("*.yml"))
    for code, cases in yaml.safe_load(file.read_text("utf-8")).items()
}
MEANT = ("says", "standard", "at", "severity", "projects")
GROUPED = {one.code for one in PORTFOLIO}


def every(kind: str) -> list[Any]:
    return [
        pytest.param(code, case, id=f"{code}-{case.get('says', number)}")
        for code, cases in CASES.items()
        for number, case in enumerate(cases.get(kind, ()))
    ]


def found(code: str, case: dict[str, Any]) -> list[tuple[int, Finding]]:
    said = standard(case.get("standard", "default"))
    given = case.get("projects") or [{key: value for key, value in case.items() if key not in MEANT}]
    projects = [project(one) for one in given]
    if code in GROUPED:  # each as it stands: a project that is there twice would be compared once
        hits = sorted(compare([*map(outline, projects)], said), key=lambda hit: hit[0])
    else:
        hits = [(n, one) for n, each in enumerate(projects) for one in review(each, said).findings]
    return [(n, one) for n, one in hits if one.rule == code]


@pytest.mark.parametrize(("code", "case"), every("fails"))
def test_a_rule_finds_what_it_is_for(code: str, case: dict[str, Any]) -> None:
    hits = found(code, case)
    assert [[n, one.path] if "projects" in case else one.path for n, one in hits] == case["at"]
    assert {one.severity for _, one in hits} == {case.get("severity", BOOK[code].severity)}
    assert all(one.message and one.place for _, one in hits)


@pytest.mark.parametrize(("code", "case"), every("passes"))
def test_a_rule_leaves_alone_what_is_right(code: str, case: dict[str, Any]) -> None:
    assert found(code, case) == []
    if code not in GROUPED:  # passed, not merely unchecked
        given = {key: value for key, value in case.items() if key not in MEANT}
        unchecked = {
            one.rule for one in review(project(given), standard(case.get("standard", "default"))).unchecked
        }
        assert code not in unchecked


@pytest.mark.parametrize(("code", "case"), every("unchecked"))
def test_what_was_not_read_is_not_checked(code: str, case: dict[str, Any]) -> None:
    given = {key: value for key, value in case.items() if key not in MEANT}
    said = review(project(given), standard(case.get("standard", "default")))
    assert code in {one.rule for one in said.unchecked}
    assert code not in {one.rule for one in said.findings}


@pytest.mark.parametrize("code", sorted(BOOK))
def test_every_rule_has_its_page_and_its_cases(code: str) -> None:
    one = BOOK[code]
    texts = (one.title, one.meaning, one.advice, one.good, one.bad, one.ground.words)
    assert all(text.strip() for text in texts)
    assert "违规" not in "".join(texts)
    assert set(one.needs) <= set(NEEDS)
    assert len(CASES[code]["fails"]) >= 2
    assert len(CASES[code]["passes"]) >= 2
    if one.ground.document and not one.ground.verified:
        assert "建议" in one.ground.words


def test_codes_are_not_used_twice() -> None:
    codes = [one.code for one in (*RULES, *PORTFOLIO)]
    assert len(codes) == len(set(codes))


def test_every_case_belongs_to_a_rule() -> None:
    assert set(CASES) <= set(BOOK)
