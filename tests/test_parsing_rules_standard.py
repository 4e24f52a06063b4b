"""What is required of a project: our two standards, and those that somebody writes."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from parsing.errors import StandardError
from parsing.model import SLOTS
from parsing.rules import BOOK, RULES, review, reviews
from parsing.rules.standard import DEFAULT, FAMILIES, Standard, standard, standards
from tests import precision
from tests.making import project
from tests.portfolio import generate

DEEP = Path(__file__).parent / "cases/hostile/deep_standard.toml"
OWN = """
title = "某市标准"
note = "采购类须有成本指标"
off = ["C07"]

[required]
"产出" = "always"
"成本" = ["purchase"]
"生态效益" = "advised"
"""


def written(folder: Path, text: str | bytes, name: str = "own.toml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_the_two_standards_come_with_the_default_first():
    known = standards()
    assert list(known) == ["default", "strict"]
    assert known["default"] == DEFAULT
    for one in known.values():
        assert one.title and one.note
        assert set(one.required) == {*SLOTS, *FAMILIES}
        assert set(one.off) <= set(BOOK)


@pytest.mark.parametrize("text", [OWN, "\ufeff" + OWN, OWN.replace("\n", "\r\n")])
def test_a_file_is_a_standard_by_its_name(tmp_path: Path, text: str):
    own = standard(written(tmp_path, text))
    assert (own.name, own.title, own.off) == ("own", "某市标准", ("C07",))
    assert own.asks("成本", {"purchase"}) == "required"
    assert own.asks("成本", {"public"}) == "advised"
    assert own.asks("生态效益", ()) == "advised"
    assert own.asks("满意度", {"public"}) is None


def test_a_standard_says_what_it_asks_of_the_other_projects(tmp_path: Path):
    cost = '"成本" = {when = ["purchase"], otherwise = "advised"}'
    public = '"满意度" = {when = ["public"], otherwise = "never"}'
    own = standard(written(tmp_path, f'title = "甲"\n[required]\n{cost}\n{public}'))
    assert [own.asks("成本", said) for said in ({"purchase"}, {"public"})] == ["required", "advised"]
    assert [own.asks("满意度", said) for said in ({"public"}, {"purchase"})] == ["required", None]
    assert "满意度" not in own.lacks({}, {"purchase"})


def test_the_standards_of_a_folder_are_read_together(tmp_path: Path):
    written(tmp_path, OWN, "b.toml")
    written(tmp_path, OWN, "default.toml")
    written(tmp_path, OWN, "a.toml")
    assert list(standards(tmp_path)) == ["default", "a", "b"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("title = \nnote = 3", "第 1 行"),
        ('title = "甲"\n[required\n', "第 2 行"),
        (b'title = "\xb1\xea\xd7\xbc"', "TOML"),
        ('note = "没有名称"', "title"),
        ('title = "甲"\nstrict = true', "strict"),
        ('title = "甲"\n[required]\n"效果" = "always"', "效果"),
        ('title = "甲"\n[required]\n"成本" = "often"', "required.成本"),
        ('title = "甲"\n[required]\n"成本" = ["buying"]', "buying"),
        ('title = "甲"\n[required]\n"成本" = 3', "required.成本"),
        ('title = "甲"\noff = ["成本"]', "成本"),
        ('title = "甲"\noff = ["C99"]', "C99"),
        ('title = "甲"\n[required]\n"成本" = {when = ["buying"]}', "buying"),
        ('title = "甲"\n[required]\n"成本" = {when = ["purchase"], otherwise = "often"}', "required.成本"),
        ("title = 3", "title"),
        ("title = nan", "title"),
        ('title = "甲"\n[required]\n"成本" = -inf', "required.成本"),
        (f"title = {'9' * 5000}", "TOML"),
        ('title = " "', "空"),
        (f'title = "{"长" * 61}"', "60"),
        (f'title = "甲"\nnote = "{"长" * 501}"', "500"),
        ('title = "甲"\nname = "乙"', "name"),
        ('title = "甲"\ntitle = "乙"\n', "第 2 行"),
        ('title = "甲"\n' + "\n".join(f"key{n} = 1" for n in range(900)), "900 处"),
        (f'title = "甲"\n{"k" * 9000} = 1', "kkk…"),
        ("", "空"),
        (b"\xef\xbb\xbf \r\n", "空"),
        (f"a = {'[' * 8000}", "套得太深"),
        (f"a = {'{a = ' * 2000}", "套得太深"),
    ],
)
def test_a_bad_file_is_refused_with_the_words_to_mend(tmp_path: Path, text: str | bytes, names: str):
    with pytest.raises(StandardError) as caught:
        standard(written(tmp_path, text))
    said = caught.value
    assert said.place.endswith("own.toml")
    assert names in said.reason and len(said.reason) < 200
    assert said.reason[0] == "审" and said.remedy[0] == "请"


def folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (folder, "文件夹"),
        (os.mkfifo, "管道"),  # would be waited for without end
        (lambda path: path.symlink_to("/dev/zero"), "设备"),
        (lambda path: path.symlink_to("nowhere"), "不存在"),
        (lambda path: path.symlink_to(path), "不存在"),
        (lambda path: shutil.copy(DEEP, path), "16 千字节"),
    ],
)
def test_what_cannot_be_opened_as_a_standard_is_refused(
    tmp_path: Path, make: Callable[[Path], object], says: str
):
    make(tmp_path / "own.toml")
    with pytest.raises(StandardError) as caught:
        standard(tmp_path / "own.toml")
    assert caught.value.place.endswith("own.toml") and says in caught.value.reason


@pytest.mark.parametrize("name", ["标" * 61, os.fsdecode(b"\xb1\xea\xff"), "a\x07b"])
def test_a_name_that_no_page_can_show_is_refused(tmp_path: Path, name: str):
    with pytest.raises(StandardError) as caught:
        standard(written(tmp_path, OWN, f"{name}.toml"))
    assert "文件名" in caught.value.reason
    caught.value.place.encode()


def test_what_a_standard_says_can_stand_in_every_document(tmp_path: Path):
    own = standard(written(tmp_path, 'title = "甲\\u0000\\n标准"\nnote = "a\\uFFFEb"'))
    assert (own.title, own.note) == ("甲 标准", "ab")


@pytest.mark.parametrize("source", ["nobody", "nobody.toml", ""])
def test_a_standard_that_is_not_there_is_refused(tmp_path: Path, source: str):
    with pytest.raises(StandardError):
        standard(tmp_path / source if source else tmp_path)


def found(case: dict[str, object], given: Standard) -> Counter[tuple[str, str]]:
    return Counter((one.rule, one.severity) for one in review(project(case), given).findings)


def test_the_strict_standard_asks_for_more():
    strict = standard("strict")
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    for one in generate(200):
        for count, given in ((before, DEFAULT), (after, strict)):
            count.update(hit.rule for hit in review(one, given).findings if hit.severity in ("高", "中"))
    for code in ("C05", "C06", "C07"):
        assert before[code] < after[code]
    for code in ("C03", "C04"):
        assert before[code] == after[code]


def test_a_rule_that_is_off_is_not_applied(tmp_path: Path):
    case = {"indicators": [["数量", "电脑", "", "12台"]]}
    own = standard(written(tmp_path, OWN))
    assert ("C07", "低") in found(case, DEFAULT)
    assert all(code != "C07" for code, _ in found(case, own))
    said = review(project(case), own.model_copy(update={"off": tuple(one.code for one in RULES)}))
    assert (said.findings, said.unchecked) == ((), ())


def test_what_a_standard_does_not_ask_for_is_no_fault(tmp_path: Path):
    case = {"annual_goal": "方便企业、群众办事。", "indicators": [["数量", "电脑", "", "12台"]]}
    assert ("C05", "高") in found(case, DEFAULT)
    own = standard(written(tmp_path, 'title = "甲"'))
    assert not {code for code, _ in found(case, own)} & {"C03", "C04", "C05", "C06", "C07"}


def test_what_a_standard_advises_is_advice(tmp_path: Path):
    own = standard(written(tmp_path, 'title = "甲"\n[required]\n"满意度" = "advised"\n"效益" = "advised"'))
    said = found({"indicators": [["数量", "电脑", "", "12台"]]}, own)
    assert said[("C05", "低")] == said[("C04", "低")] == 1


def test_a_review_by_many_standards_says_what_each_says_alone(tmp_path: Path):
    own = standard(written(tmp_path, OWN))
    off = own.model_copy(update={"off": tuple(one.code for one in RULES[::2])})
    by = (off, standard("strict"), DEFAULT, own)
    for one in (*generate(50), *(one for many in precision.portfolios().values() for one in many)):
        assert reviews(one, by) == [review(one, alone) for alone in by]


def test_only_rules_that_look_at_the_standard_are_applied_again(monkeypatch: pytest.MonkeyPatch):
    applied: Counter[str] = Counter()

    def counted(one):
        def check(subject):
            applied[one.code] += 1
            return one.check(subject)

        return replace(one, check=check)

    monkeypatch.setattr("parsing.rules.RULES", tuple(map(counted, RULES)))
    case = {"annual_goal": "方便企业、群众办事。", "indicators": [["数量", "电脑", "", "12台"]]}
    reviews(project(case), (DEFAULT, standard("strict"), DEFAULT))
    assert {code for code, times in applied.items() if times > 1} == {"C03", "C04", "C05", "C06", "C07"}
