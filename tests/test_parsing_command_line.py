from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path
from tempfile import mkdtemp

import pandas as pd
import pytest
import stub_rules

import parsing
from parsing.__main__ import main

ROOT = Path(__file__).parent.parent
DEEP = Path(__file__).parent / "cases/hostile/deep_standard.toml"
SAMPLE = ROOT / "data/samples/dongkeng-2024.txt"
CACHE = Path(mkdtemp())


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "parsing", "--cache", str(CACHE), *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, cwd=ROOT, check=False)


def test_json_has_the_contract_and_the_figures() -> None:
    done = run(str(SAMPLE), "--format", "json")
    said = json.loads(done.stdout)
    assert done.returncode == 0 and said.keys() == {"projects", "others", "unread", "totals"}
    assert sum(project["budget_yuan"] for project in said["projects"]) == 3_966_300
    assert sum(len(project["indicators"]) for project in said["projects"]) == 56
    assert sum(len(project["empty"]) for project in said["projects"]) == 18
    assert sum(len(project["repairs"]) for project in said["projects"]) == 8
    first = said["projects"][0]["indicators"][0]
    assert first.keys() == {
        *("level1", "level2", "slot", "name", "period", "annual", "weight", "place"),
    }
    assert first["place"] == "dongkeng-2024.txt › 文本 › 第17行第4列"


def test_json_carries_the_findings_of_the_standard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stub_rules.use(monkeypatch)
    said = {}
    for standard in ("default", "strict"):
        out = tmp_path / f"{standard}.json"
        command = [str(SAMPLE), "--format", "json", "-o", str(out), "--cache", str(CACHE)]
        assert main([*command, "--standard", standard]) == 0
        said[standard] = json.loads(out.read_text("utf-8"))["projects"]
    assert {one["standard"] for one in said["strict"]} == {"strict"}
    (finding, *_) = said["default"][0]["findings"]
    assert finding.keys() >= {"rule", "severity", "title", "message", "advice", "path", "place"}
    for standard in said:
        lacking = [(f["rule"], f["slot"]) for f in said[standard][0]["findings"] if f["rule"] == "C91"]
        assert lacking == [("C91", "满意度")]
    same = [f for f in said["default"][3]["findings"] if f["rule"] == "P91"]
    assert same == [f for f in said["strict"][3]["findings"] if f["rule"] == "P91"]


def test_a_standard_of_ones_own_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stub_rules.use(monkeypatch)
    own, out = tmp_path / "own.toml", tmp_path / "out.json"
    own.write_text('title = "自定"\noff = ["M91"]\n[required]\n"生态效益" = "always"\n', "utf-8")
    command = [str(SAMPLE), "--format", "json", "-o", str(out), "--cache", str(CACHE), "--standard", str(own)]
    assert main(command) == 0
    projects = json.loads(out.read_text("utf-8"))["projects"]
    hits = {(f["rule"], f.get("slot")) for one in projects for f in one["findings"] if f["rule"] != "X91"}
    assert hits == {("C91", "生态效益")}


@pytest.mark.parametrize("name", ["nonsense", "nonsense.toml", "broken", str(DEEP)])
def test_an_unknown_standard_exits_2_with_a_sentence(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if name == "broken":
        (tmp_path / "broken.toml").write_text("nonsense [", "utf-8")
        name = str(tmp_path / "broken.toml")
    assert main([str(SAMPLE), "--standard", name]) == 2
    said = capsys.readouterr()
    assert name in said.err and said.out == ""


def test_the_table_ends_with_the_findings_the_gravest_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stub_rules.use(monkeypatch)
    out = tmp_path / "out.txt"
    assert main([str(SAMPLE), "-o", str(out), "--cache", str(CACHE)]) == 0
    text = out.read_text("utf-8")
    codes = re.findall(r"^[高中低提示]+  ([A-Z]91) ", text, flags=re.M)
    assert codes == ["C91", "M91"]  # how it was read is told by the repairs


def test_findings_are_a_frame_that_joins(monkeypatch: pytest.MonkeyPatch) -> None:
    stub_rules.use(monkeypatch)
    frames = parsing.tabulate(parsing.read(SAMPLE), parsing.standard("strict"))
    findings = frames["findings"]
    assert findings["rule"].value_counts()["C91"] == 6
    assert set(findings["project_id"]) <= set(frames["projects"]["project_id"])
    assert findings.columns[:8].tolist() == [
        *("project_id", "rule", "severity", "title", "message", "advice", "path", "place"),
    ]


@pytest.mark.parametrize("what", ["csv", "xlsx", "parquet"])
def test_every_format_holds_the_same_seventy_four_rows(what: str, tmp_path: Path) -> None:
    out = tmp_path / f"out.{what}"
    assert run(str(SAMPLE), "--format", what, "-o", str(out)).returncode == 0
    frame = {"csv": pd.read_csv, "xlsx": pd.read_excel, "parquet": pd.read_parquet}[what](out)
    name = "name" if what == "parquet" else "三级指标"
    assert len(frame) == 74 and frame[name].isna().sum() == 18


def test_no_exported_text_becomes_a_formula(tmp_path: Path) -> None:
    evil = SAMPLE.read_text("utf-8").replace("购置办公用品\t", '=HYPERLINK("x")\t')
    (tmp_path / "a.txt").write_text(evil, "utf-8")
    run(str(tmp_path), "--format", "xlsx", "-o", str(tmp_path / "out.xlsx"))
    from openpyxl import load_workbook

    cells = [c for row in load_workbook(tmp_path / "out.xlsx").active.iter_rows() for c in row]
    evil_cells = [c for c in cells if isinstance(c.value, str) and c.value.startswith("=")]
    assert evil_cells and all(c.data_type == "s" for c in evil_cells)


def test_the_table_for_people_names_each_project_and_repair() -> None:
    text = run(str(SAMPLE)).stdout.decode()
    assert text.count("第") >= 8 and "396.63" in text


def test_standard_input_is_read() -> None:
    done = run("-", "--format", "json", stdin=SAMPLE.read_bytes())
    assert len(json.loads(done.stdout)["projects"]) == 6


def test_a_bad_file_exits_1_and_the_rest_is_printed(tmp_path: Path) -> None:
    (tmp_path / "bad.xlsx").write_bytes(b"PK\x03\x04rubbish")
    done = run(str(tmp_path / "bad.xlsx"), str(SAMPLE), str(tmp_path / "none.txt"), "--format", "json")
    said = json.loads(done.stdout)
    assert done.returncode == 1 and len(said["projects"]) == 6
    assert [unread["code"] for unread in said["unread"]] == ["damaged", "damaged"]


@pytest.mark.parametrize("arguments", [[], ["--format", "docx", "x"], ["x", "--nonsense"]])
def test_wrong_usage_exits_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2


def test_progress_is_told_when_reading_takes_longer_than_a_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_bytes(SAMPLE.read_bytes())
    clock = iter(range(0, 1000, 2))
    monkeypatch.setattr("parsing.__main__.time.monotonic", lambda: float(next(clock)))
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO()))
    main([str(tmp_path)])
    assert "3/3" in capsys.readouterr().err


def test_load_is_one_tidy_frame_with_what_was_not_read_beside_it(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    frame = parsing.load(SAMPLE, tmp_path)
    assert len(frame) == 74 and frame["name"].notna().sum() == 56
    assert frame.drop_duplicates("project")["budget_yuan"].sum() == 3_966_300
    assert frame["place"].notna().all()
    assert [unread["code"] for unread in frame.attrs["unread"]] == ["empty"]


def test_tabulate_gives_frames_that_join() -> None:
    frames = parsing.tabulate(parsing.read(SAMPLE))
    assert [len(frames[name]) for name in ("projects", "indicators", "empty", "repairs")] == [6, 56, 18, 8]
    joined = frames["indicators"].merge(frames["projects"], on="project_id", validate="m:1")
    assert len(joined) == 56
    uniform = frames["indicators"].set_index("name").loc["制服费用标准"]
    assert (uniform["annual_number"], uniform["annual_unit"], uniform["annual_per"]) == (2000, "元", "人")


def test_of_two_levels_of_one_unit_only_one_is_summed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, level, money in (("校园建设", "一级项目", 5_000_000), ("操场翻修", "二级项目", 1_230_000)):
        (tmp_path / f"{name}.txt").write_text(
            f"项目绩效目标表\n项目名称\t{name}\n项目等级\t{level}\n用款单位\t第一中学\n"
            f"2024年预算金额（元）\t{money}\n绩效指标\t一级指标\t二级指标\t三级指标\t当年度指标值\n"
            "\t产出指标\t数量指标\t翻修面积\t300平方米\n",
            "utf-8",
        )
    command = [str(tmp_path / "校园建设.txt"), str(tmp_path / "操场翻修.txt"), "--cache", str(CACHE)]
    assert main(command) == 0
    said = capsys.readouterr().out
    (whole,) = re.findall(r"^共.*", said, flags=re.M)
    (left,) = re.findall(r"^另有.*一级项目.*", said, flags=re.M)
    assert re.findall(r"[\d.,]+", whole) == ["1", "1", "123.00"]
    assert re.findall(r"[\d.,]+", left) == ["1", "500.00", "377.00"]
    assert "500.00" in said.splitlines()[1]  # it stays in the list
    assert main([*command, "--format", "json"]) == 0
    projects = json.loads(capsys.readouterr().out)["projects"]
    assert {one["name"]: one.get("doubled") for one in projects} == {"校园建设": True, "操场翻修": None}
    frame = parsing.load(tmp_path).drop_duplicates("project").set_index("project")
    assert frame["doubled"].to_dict() == {"校园建设": True, "操场翻修": False}
    assert frame.loc[~frame["doubled"], "budget_yuan"].sum() == 1_230_000
    tables = parsing.tabulate(parsing.read(tmp_path / f"{name}.txt") for name in frame.index)
    assert tables["projects"].set_index("name")["doubled"].to_dict() == frame["doubled"].to_dict()
    assert main([*command, "--format", "csv"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.rsplit(",", 1)[1] for line in lines] == ["不重复计", "是", ""]


def test_what_a_list_says_of_itself_is_in_every_output(tmp_path: Path) -> None:
    off = "tests/cases/hostile/yuan_in_wan_column_total_disagrees.xlsx"
    files = [off, "tests/cases/forms/wide_list.xlsx"]
    said = json.loads(run(*files, "--format", "json").stdout)["totals"]
    assert [(one["printed_yuan"], one["difference_yuan"], one["agrees"]) for one in said] == [
        (600_000, 2_999_700_000, False),
        (545_000, 0, True),
    ]
    done = run(*files)
    lines = [line.split("  ")[0] for line in done.stdout.decode().splitlines()]
    assert (done.returncode, lines.count("不符"), lines.count("相符")) == (0, 1, 1)
    book = tmp_path / "表.xlsx"
    run(*files, "--format", "xlsx", "-o", str(book))
    sheet = pd.read_excel(book, sheet_name="合计核对")
    assert [*sheet["相差（元）"]] == [2_999_700_000, 0]
    frames = parsing.tabulate(parsing.read(ROOT / off))
    assert frames["totals"]["difference_yuan"].tolist() == [2_999_700_000]
    assert parsing.load(ROOT / off).attrs["totals"][0]["agrees"] is False
