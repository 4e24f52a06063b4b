from __future__ import annotations

import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
import unknown_layout as layout
from hypothesis import given
from hypothesis import strategies as st

import parsing
from parsing.__main__ import main
from parsing.errors import FormError, FormsDiffer, NotATable
from parsing.forms import inferred, taught
from parsing.forms.form import UNDECLARED, Form
from parsing.grid import Cell, Place
from parsing.model import Reading
from parsing.printable import readable
from parsing.runtime.batch import read_many
from parsing.runtime.cache import ReadingCache
from parsing.runtime.reader_pool import ReaderPool
from parsing.teaching import Lesson, form_files, teach
from parsing.teaching.senses import HEADER, WORDS, CellSense
from parsing.teaching.sheets import sheets

LIFTS = layout.workbook(layout.LIFTS, layout.LIFT_ROWS)
RIVERS = layout.workbook(layout.RIVERS, layout.RIVER_ROWS)
SHEET = ("电梯.xlsx", "清单")
NAME = CellSense(2, 2, "name")
UNIT = CellSense(2, 5, "unit")


def shown(*answers: CellSense, known: tuple[str, ...] = (), data: bytes = LIFTS) -> Lesson:
    return teach(data, "电梯.xlsx", SHEET, answers, known=known, made="张三，2026-11-27 指认")


def figures(reading: Reading) -> list[tuple[str, str | None, Decimal | None, int]]:
    return [(one.name, one.unit, one.budget_yuan, len(one.indicators)) for one in reading.projects]


def test_a_layout_that_nobody_knows_is_refused_until_somebody_shows_one_cell() -> None:
    with pytest.raises(NotATable):
        parsing.read(LIFTS, name="电梯.xlsx")
    lesson = shown(NAME)
    (project,) = lesson.reading.projects
    assert (project.name, project.budget_yuan) == ("老旧小区加装电梯", 385_000)
    assert [one.slot for one in project.indicators] == ["数量", "质量", "满意度"]
    assert [one.annual for one in project.indicators] == ["≥12部", "100%", "≥90%"]
    assert [one.weight for one in project.indicators] == [40, 30, 30]
    assert project.form.startswith("taught-") and lesson.labels == ("事由",) and not lesson.rivals


def test_every_sense_of_a_cell_is_read_from_the_cell_that_was_pointed_at() -> None:
    answers = (
        NAME,
        UNIT,
        CellSense(3, 2, "budget"),
        CellSense(3, 5, "period"),
        CellSense(4, 2, "annual_goal"),
    )
    lesson = shown(*answers)
    (project,) = lesson.reading.projects
    assert (project.unit, project.start, project.end) == ("城建办", "2025-03", "2025-12")
    assert project.annual_goal == "让居民的日子更方便，完成年度任务。"
    spots = {field: project.places[field][2:4] for field in ("name", "unit", "budget_yuan", "annual_goal")}
    assert spots == {"name": (2, 2), "unit": (2, 5), "budget_yuan": (3, 2), "annual_goal": (4, 2)}
    assert lesson.labels == ("事由", "牵头方", "安排数（万元）", "起讫", "想达到什么")


def test_the_label_itself_may_be_pointed_at() -> None:
    for label, value in ((CellSense(2, 1, "name"), NAME), (CellSense(2, 4, "unit"), UNIT)):
        others = () if label.sense == "name" else (NAME,)
        assert shown(label, *others).text == shown(value, *others).text


def test_other_tables_of_the_layout_are_read_at_once_in_every_way_of_reading(tmp_path: Path) -> None:
    form = shown(NAME, UNIT).text
    expected = [("河道清淤", "水务站", Decimal(1_200_000), 3)]
    assert figures(parsing.read(RIVERS, name="河道.xlsx", taught=[form])) == expected
    tabs = layout.text(layout.RIVERS, layout.RIVER_ROWS)
    assert figures(parsing.read(tabs, name="河道.txt", taught=[form])) == expected
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("河道.xlsx", RIVERS)
    assert figures(parsing.read(packed.getvalue(), name="包.zip", taught=[form])) == expected
    readers = ReaderPool(1, taught=lambda: [form])
    assert figures(readers.read("河道.xlsx", RIVERS)) == expected
    readers.close()
    for number in range(9):
        (tmp_path / f"{number}.xlsx").write_bytes(RIVERS)
    assert [figures(one.reading) for one in read_many([tmp_path], taught=[form])] == [expected] * 9


def test_a_taught_form_is_for_its_layout_only() -> None:
    form = shown(NAME, UNIT).text
    sample = Path(__file__).parent.parent / "data/samples/dongkeng-2024.txt"
    assert parsing.read(sample, taught=[form]) == parsing.read(sample)
    without = layout.text(layout.LIFTS, layout.LIFT_ROWS).replace("牵头方".encode(), "跟办人".encode())
    with pytest.raises(NotATable):
        parsing.read(without, name="电梯.txt", taught=[form])


def test_titles_of_columns_can_be_shown_and_corrected() -> None:
    lesson = shown(NAME, CellSense(5, 1, HEADER), CellSense(5, 5, "column.ignored"))
    (project,) = lesson.reading.projects
    assert [one.weight for one in project.indicators] == [None] * 3 and len(project.indicators) == 3
    assert lesson.labels == ("事由", "维度", "占分")


def test_what_is_no_field_goes_among_the_rest() -> None:
    text = layout.text(layout.LIFTS, layout.LIFT_ROWS).replace("牵头方".encode(), "实施单位".encode())
    before = teach(text, "电梯.txt", ("电梯.txt", "文本"), [NAME])
    assert before.reading.projects[0].unit == "城建办"
    after = teach(text, "电梯.txt", ("电梯.txt", "文本"), [NAME, CellSense(2, 5, "other")])
    assert after.reading.projects[0].unit is None
    assert after.reading.projects[0].extras["实施单位"] == "城建办"


def test_a_list_is_taught_by_the_titles_of_its_columns() -> None:
    rows = [
        ["民生实事一览"],
        ["事由", "牵头方", "安排数（万元）", "维度", "要点", "看什么", "达到多少"],
        ["加装电梯", "城建办", "38.5", "产出指标", "数量指标", "加装电梯数", "≥12部"],
        ["", "", "", "", "质量指标", "合格率", "100%"],
        ["河道清淤", "水务站", "120", "产出指标", "数量指标", "清淤长度", "≥3公里"],
        ["", "", "", "效益指标", "社会效益指标", "排涝能力", "明显提升"],
    ]
    data = "\n".join("\t".join(row) for row in rows).encode()
    answers = [CellSense(2, 1, "name"), CellSense(2, 2, "unit")]
    lesson = teach(data, "一览.txt", ("一览.txt", "文本"), answers)
    assert figures(lesson.reading) == [
        ("加装电梯", "城建办", Decimal(385_000), 2),
        ("河道清淤", "水务站", Decimal(1_200_000), 2),
    ]


def test_later_answers_add_to_what_was_shown_before() -> None:
    first = shown(NAME)
    second = shown(UNIT, known=(first.text,))
    assert figures(second.reading) == [("老旧小区加装电梯", "城建办", Decimal(385_000), 3)]
    assert not second.rivals


def test_two_different_answers_for_one_layout_are_asked_about_and_never_guessed() -> None:
    first, second = shown(NAME, UNIT), shown(NAME, CellSense(2, 5, "department"))
    again = shown(CellSense(2, 5, "department"), known=(first.text,))
    assert again.rivals == (taught.form(first.text).code,)
    assert len(again.reading.projects) == 1  # its rival is not asked
    assert again.reading.projects[0].department == "城建办"
    with pytest.raises(FormsDiffer):
        parsing.read(RIVERS, name="河道.xlsx", taught=[first.text, second.text])


def test_an_answer_that_cannot_be_learned_says_so() -> None:
    for answers in ((), (CellSense(9, 9, "name"),), (CellSense(2, 3, "unit"),), (CellSense(1, 1, "unit"),)):
        with pytest.raises(FormError):
            shown(*answers)
    with pytest.raises(FormError):
        teach(LIFTS, "电梯.xlsx", ("电梯.xlsx", "没有这张"), [NAME])


def test_the_sheets_of_a_file_are_shown_with_the_addresses_that_its_program_shows() -> None:
    (sheet,) = sheets(LIFTS, "电梯.xlsx")
    assert (sheet.file, sheet.part, sheet.more) == (*SHEET, 0)
    assert sheet.cells[:2] == ((1, 1, 1, 5, "街道民生实事清单", "A1"), (2, 1, 1, 1, "事由", "A2"))


def test_a_worker_shows_and_teaches_too() -> None:
    readers = ReaderPool(1)
    assert readers.sheets("电梯.xlsx", LIFTS) == [*sheets(LIFTS, "电梯.xlsx")]
    assert readers.teach("电梯.xlsx", LIFTS, SHEET, [NAME], "张三，2026-11-27 指认") == shown(NAME)
    with pytest.raises(FormError):
        readers.teach("电梯.xlsx", LIFTS, SHEET, [CellSense(9, 9, "name")], "")
    readers.close()


words = st.text("事由牵头方安排数\"\\'#=[]", min_size=1, max_size=9)


@given(
    means=st.dictionaries(words, st.sampled_from(taught.FIELDS), min_size=1, max_size=4),
    heads=st.dictionaries(words, st.sampled_from(taught.ROLES), max_size=4),
    source=st.text('张三，2026"\\', max_size=9),
)
def test_a_form_is_the_same_after_it_was_written(
    means: dict[str, str], heads: dict[str, str], source: str
) -> None:
    form = Form("一", "二", ("level1",), frozenset({"name"}), source, means=means, heads=heads, taught=True)
    again = taught.form(taught.text(form))
    assert all(getattr(form, name) == getattr(again, name) for name in Form.__dataclass_fields__)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "code = 1",
        "不是",
        'code = "a"\ntitle = "b"',
        'code = "a"\ntitle = "b"\n[means]\n"事由" = "nothing"',
        'code = "a"\ntitle = "b"\nmeans = "x"',
        'code = "a"\ntitle = "b"\ncolumns = 1\n[means]\n"事由" = "name"',
        'code = "a"\ntitle = "b"\nstacked = 3\n[means]\n"事由" = "name"',
        f"code = {'[' * 5000}",
        f'code = "a"\ntitle = "b"\nsource = "{"长" * taught.BYTES}"\n[means]\n"事由" = "name"',
        'code = "a"\ntitle = "b"\n[means]\n"事由" = ["name"]',
        'code = "a"\ntitle = "b"\n[means]\n" " = "name"',
        'code = "a"\ntitle = "b\\nc"\n[means]\n"事由" = "name"',
    ],
)
def test_a_file_that_is_no_form_is_told_and_stops_nothing(text: str, tmp_path: Path) -> None:
    (tmp_path / "坏.toml").write_text(text, "utf-8")
    (tmp_path / "码.toml").write_bytes("事由".encode("gbk"))
    form_files.change(tmp_path, [shown(NAME).text])
    files = form_files.form_files(tmp_path)
    assert [bool(file.form) for file in files] == [True, False, False] and all(
        file.trouble for file in files[1:]
    )
    assert form_files.texts(tmp_path) == (shown(NAME).text,)


def test_what_no_document_can_hold_is_taken_out_of_a_form() -> None:
    form = taught.form('code = "a"\ntitle = "b\\uFFFE"\nsource = "c\\u0000"\n[means]\n"事由" = "name"')
    assert (form.title, form.source) == tuple(map(readable, ("b\ufffe", "c\x00")))
    assert not {"\ufffe", "\x00"} & {*form.title, *form.source}


@pytest.mark.parametrize("code", ["a b", "../a", "a.b", "", "a" * 81])
def test_a_code_that_is_no_name_of_a_file_is_refused(code: str) -> None:
    with pytest.raises(FormError):
        taught.form(f'code = "{code}"\ntitle = "b"\n[means]\n"事由" = "name"')


def test_a_form_that_windows_wrote_is_one_and_other_encodings_are_told() -> None:
    text = shown(NAME).text
    assert form_files.read("甲.toml", b"\xef\xbb\xbf" + text.encode()).text == text
    assert form_files.read("甲.toml", text.encode("gbk")).trouble


def content(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_what_changed_is_left_as_it_was_byte_for_byte(tmp_path: Path) -> None:
    first, more = shown(NAME).text, shown(NAME, UNIT).text
    (tmp_path / "别的单位给的.toml").write_bytes(b"\xef\xbb\xbf" + first.encode())
    (tmp_path / "坏.toml").write_bytes("事由".encode("gbk"))
    before = content(tmp_path)
    code = taught.form(first).code
    for arguments in (
        ([first], (), ()),  # the same again
        ([more], {code}, ()),  # in place of another
        ([], (), {"坏.toml", "别的单位给的.toml"}),
        ([more, first], (), {"坏.toml"}),
    ):
        changed = form_files.change(tmp_path, *arguments)
        assert {*form_files.texts(tmp_path)} >= {*arguments[0]} and content(tmp_path) != before
        form_files.change_back(tmp_path, changed)
        assert content(tmp_path) == before


def test_a_disk_that_is_full_costs_no_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    form_files.change(tmp_path, [shown(NAME).text])
    before = content(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="full"):
        form_files.change(tmp_path, [shown(NAME, UNIT).text], {taught.form(shown(NAME).text).code})
    assert content(tmp_path) == before


def test_two_layouts_of_one_title_are_two_forms() -> None:
    other = layout.text(layout.LIFTS, layout.LIFT_ROWS).replace("事由".encode(), "题目".encode())
    lesson = teach(other, "电梯.txt", ("电梯.txt", "文本"), [NAME])
    codes = {taught.form(text).code for text in (lesson.text, shown(NAME).text, shown(NAME, UNIT).text)}
    assert len(codes) == 3


def test_of_a_general_and_a_special_form_that_agree_the_special_one_is_used() -> None:
    general, special = shown(NAME).text, shown(NAME, UNIT).text
    for known in ([general, special], [special, general]):
        assert figures(parsing.read(RIVERS, name="河道.xlsx", taught=known))[0][1] == "水务站"


def test_a_cell_that_holds_its_label_too_is_learned_by_the_label() -> None:
    rows = [["事项：加装电梯", "承办：城建办"], *layout.rows(layout.LIFTS, layout.LIFT_ROWS)[2:]]
    data = "\n".join("\t".join(row) for row in [["民生清单"], *rows]).encode()
    lesson = teach(data, "甲.txt", ("甲.txt", "文本"), [CellSense(2, 1, "name"), CellSense(2, 2, "unit")])
    assert figures(lesson.reading) == [("加装电梯", "城建办", Decimal(385_000), 3)]
    assert lesson.labels == ("事项", "承办")


TWO_ROWS = [
    ["民生清单"],
    ["事由", "加装电梯", "", "", "牵头方", "城建办"],
    ["维度", "要点", "看什么", "指标值", "", "占分"],
    ["", "", "", "年内", "三年", ""],
    ["产出指标", "数量指标", "加装电梯数", "≥12部", "≥30部", "50"],
    ["", "质量指标", "合格率", "100%", "100%", "50"],
]


def test_a_title_in_two_rows_is_learned_whole_and_known_again() -> None:
    data = "\n".join("\t".join(row) for row in TWO_ROWS).encode()
    about = ("甲.txt", ("甲.txt", "文本"))
    lesson = teach(
        data, *about, [CellSense(2, 2, "name"), CellSense(3, 1, HEADER), CellSense(4, 5, "column.period")]
    )
    (project,) = lesson.reading.projects
    assert [(one.period, one.annual) for one in project.indicators] == [("≥30部", "≥12部"), ("100%", "100%")]
    (again,) = parsing.read(data, name="乙.txt", taught=[lesson.text]).projects
    assert again.form == project.form and again.form.startswith("taught-")


@pytest.mark.parametrize(
    "answers",
    [
        (NAME, CellSense(6, 4, "column.annual")),  # a cell of the body
        (NAME, CellSense(2, 4, "column.annual")),  # a label of the head
        (NAME, CellSense(6, 3, "other")),  # the name of an indicator
        (NAME, CellSense(2, 5, "name")),  # two names
        (NAME, CellSense(3, 1, HEADER)),  # a row of the head
    ],
)
def test_what_the_table_is_not_read_by_is_not_learned(answers: tuple[CellSense, ...]) -> None:
    with pytest.raises(FormError):
        shown(*answers)


def test_the_table_that_was_pointed_at_is_learned_of_two_in_one_sheet() -> None:
    sample = (
        (Path(__file__).parent.parent / "data/samples/dongkeng-2024.txt").read_text("utf-8").split("\f")[0]
    )
    first = sample.splitlines()
    rows = [*first, *layout.text(layout.LIFTS, layout.LIFT_ROWS).decode().splitlines()]
    at = len(first)
    data = "\n".join(rows).encode()
    lesson = teach(
        data, "甲.txt", ("甲.txt", "文本"), [CellSense(at + 2, 2, "name"), CellSense(at + 5, 1, HEADER)]
    )
    assert taught.form(lesson.text).columns == ("level1", "level2", "name", "annual", "weight")
    assert lesson.reading.projects[-1].name == "老旧小区加装电梯"


def test_a_member_that_cannot_be_opened_costs_no_other(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("坏.xlsx", b"PK\x03\x04 broken")
        archive.writestr("电梯.xlsx", LIFTS)
    (sheet,) = sheets(packed.getvalue(), "包.zip")
    lesson = teach(packed.getvalue(), "包.zip", (sheet.file, sheet.part), [NAME])
    assert figures(lesson.reading) == [("老旧小区加装电梯", None, Decimal(385_000), 3)]


def test_the_command_line_teaches_and_reads_with_what_it_was_taught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setenv("JILAN_DATA", str(tmp_path / "data"))
    for name, data in (("电梯.xlsx", LIFTS), ("河道.xlsx", RIVERS)):
        (tmp_path / name).write_bytes(data)
    lifts, cache = str(tmp_path / "电梯.xlsx"), ["--cache", str(tmp_path / "cache")]
    read = [str(tmp_path / "河道.xlsx"), "--format", "json", *cache]
    assert main(read) == 1 and not json.loads(capsysbinary.readouterr().out)["projects"]
    assert main(["teach", lifts]) == 0 and "B2\t老旧小区加装电梯".encode() in capsysbinary.readouterr().out
    assert main(["teach", lifts, "B2=项目名称", "E2=unit"]) == 0
    assert len([*(tmp_path / "data/forms").glob("*.toml")]) == 1
    capsysbinary.readouterr()
    assert main(read) == 0  # what was kept of it before does not hold any more
    assert json.loads(capsysbinary.readouterr().out)["projects"][0]["unit"] == "水务站"
    assert main(["teach", lifts, "E2=部门"]) == 2  # it was said otherwise
    assert main(["teach", lifts, "E2=部门", "--replace"]) == 0
    assert len([*(tmp_path / "data/forms").glob("*.toml")]) == 1
    assert main(["teach", lifts, "B2=项目名称", "-o", str(tmp_path / "表样.toml")]) == 0
    assert taught.form((tmp_path / "表样.toml").read_text("utf-8")).means["事由"] == "name"
    for wrong in (["Z9=单位"], ["B2=没有"], ["B2"], ["B2=单位", "--sheet", "无"]):
        with_exit = ["teach", lifts, *wrong]
        try:
            assert main(with_exit) == 2
        except SystemExit as ended:
            assert ended.code == 2
    assert main(["teach", str(tmp_path / "没有.xlsx")]) == 1


def test_what_is_kept_of_a_file_holds_for_the_same_forms_only(tmp_path: Path) -> None:
    cache = ReadingCache(tmp_path)
    cache.put("a", b"1", Reading(), ("form",))
    assert cache.get("a", b"1") is None and cache.get("a", b"1", ("form",)) == Reading()
    cache.close()


def test_columns_whose_titles_nobody_knows_are_told_by_what_stands_below() -> None:
    def row(number: int, *texts: str) -> tuple[Cell, ...]:
        every = enumerate(texts, 1)
        return tuple(Cell(text, Place("", "", number, at, "")) for at, text in every if text)

    header = row(1, "甲", "乙", "丙", "丁", "己分")
    body = [row(number, *texts) for number, texts in enumerate(layout.LIFT_ROWS, 2)]
    roles = [*inferred.titles(header, body, UNDECLARED).values()]
    assert roles == ["level1", "level2", "name", "annual", "weight"]
    assert inferred.titles(header, [], UNDECLARED) == {}


def test_every_sense_has_a_word_and_no_two_have_the_same() -> None:
    assert len({*WORDS.values()}) == len(WORDS)
    roles = {sense.partition(".")[2] for sense in WORDS if sense.startswith("column.")}
    assert roles <= {*taught.ROLES} and {*WORDS} - {HEADER} - {f"column.{one}" for one in roles} <= {
        *taught.FIELDS
    }
