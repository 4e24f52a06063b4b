from __future__ import annotations

import base64
import io
import random
import zipfile
from pathlib import Path

import pytest
from test_parsing_formats_packed import make_zip

import parsing
from parsing.errors import Damaged, EmptyFile, Locked, ReadError, TooLarge, Unsupported
from parsing.formats.containers import archive
from parsing.formats.raw import packed

CASES = Path(__file__).parent / "cases"
TEXT = (
    "项目绩效目标表\n项目名称\t甲项目\n用款单位\t甲单位\n2024年预算金额（元）\t36000\n"
    "一级指标\t二级指标\t三级指标\t实施周期指标值\t当年度指标值\n产出指标\t数量指标\t印刷数量\t3册\t3册\n"
)


def members(data: bytes) -> dict[str, bytes | ReadError]:
    assert archive.is_archive(data)
    return dict(archive.members("包.zip", data))


def test_the_files_of_a_batch_are_read_each_under_its_name():
    reading = parsing.read(CASES / "files" / "batch_gbk_names.zip")
    files = {project.place.file for project in reading.projects}
    stem = "batch_gbk_names.zip › 2024年绩效目标/项目绩效目标表_"
    assert files == {
        f"{stem}{n}" for n in ("perf_sheets.xlsx", "perf_sheets.xls", "perf.docx", "gbk.csv", "paste.txt")
    }
    assert len(reading.projects) == 30 and reading.unread == ()
    assert sum(len(project.indicators) for project in reading.projects) == 5 * 56


def test_a_place_names_the_archive_the_file_the_sheet_and_the_cell():
    data = make_zip({"甲.xlsx": (CASES / "files" / "perf_sheets.xlsx").read_bytes()})
    assert (
        str(parsing.read(data, "包.zip").projects[0].place) == "包.zip › 甲.xlsx › 1.综合工作经费（常） › B3"
    )


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_without_their_mark_are_read(encoding):
    name = "绩效/目标表.txt"
    data = make_zip({"x" * len(name.encode(encoding)): "甲"})
    data = data.replace(b"x" * len(name.encode(encoding)), name.encode(encoding))
    assert list(members(data)) == ["包.zip › 绩效/目标表.txt"]


def test_names_can_neither_climb_nor_hide():
    data = make_zip({"../../甲.txt": "1", "/etc/乙.txt": "1", "a\\b\u202e.txt": "1"})
    assert list(members(data)) == ["包.zip › 甲.txt", "包.zip › etc/乙.txt", "包.zip › a/b.txt"]
    reading = parsing.read(CASES / "hostile" / "traversal.zip")
    assert (len(reading.projects), [unread.code for unread in reading.unread]) == (6, ["empty"])
    assert reading.projects[0].place.file == "traversal.zip › evil.xlsx"


def test_what_programs_leave_beside_files_is_passed_over():
    litter = ("~$甲.docx", "__MACOSX/._甲.docx", ".DS_Store", "a/Thumbs.db", "a/desktop.ini", "a/")
    assert list(members(make_zip({**dict.fromkeys(litter, "x"), "甲.txt": "x"}))) == ["包.zip › 甲.txt"]


def test_a_bad_member_is_said_and_the_others_are_read():
    data = make_zip({"坏.xlsx": b"PK\x03\x04rubbish", "通知.txt": "明天开会", "好.txt": TEXT, "空.txt": ""})
    reading = parsing.read(data, "包.zip")
    assert [project.name for project in reading.projects] == ["甲项目"]
    assert [(str(unread.place), unread.code) for unread in reading.unread] == [
        ("包.zip › 坏.xlsx", "damaged"),
        ("包.zip › 通知.txt", "not-a-table"),
        ("包.zip › 空.txt", "empty"),
    ]


def test_an_archive_in_an_archive_is_opened_once():
    inner = make_zip({"甲.txt": TEXT})
    twice = make_zip({"里.zip": inner})
    assert list(members(twice)) == ["包.zip › 里.zip › 甲.txt"]
    (found,) = members(make_zip({"外.zip": twice})).values()
    assert isinstance(found, Unsupported)


def test_a_member_too_large_or_packed_too_tight_is_said_and_the_others_are_read(monkeypatch):
    data = make_zip({"大.txt": bytes(packed.LARGE + 1), "小.txt": "x"})
    large, small = members(data).values()
    assert isinstance(large, TooLarge) and small == b"x"
    monkeypatch.setattr(archive, "MEMBER", 3)
    assert [
        isinstance(found, TooLarge) for found in members(make_zip({"大": "xxxx", "小": "x"})).values()
    ] == [True, False]


def test_all_archives_inside_share_what_may_be_unpacked(monkeypatch):
    monkeypatch.setattr(packed, "TOTAL", 0)
    inner = make_zip({"a": bytes(600), "b": bytes(600)}, zipfile.ZIP_STORED)
    left = archive._Left(bytes=len(inner) + 1000)
    found = dict(archive._members("包", make_zip({"里.zip": inner}, zipfile.ZIP_STORED), 2, left))
    assert [isinstance(inside, TooLarge) for inside in found.values()] == [False, True]


def test_too_many_members_are_said_not_dropped(monkeypatch):
    monkeypatch.setattr(packed, "MEMBERS", 1000)
    found = dict(archive._members("包", make_zip(dict.fromkeys("abcd", "x")), 2, archive._Left(members=2)))
    assert [isinstance(inside, TooLarge) for inside in found.values()] == [False, False, True]


def test_a_locked_member_is_said_and_the_others_are_read():
    data = bytearray(make_zip({"锁.txt": "x", "开.txt": "y"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    locked, open_ = members(bytes(data)).values()
    assert isinstance(locked, Locked) and open_ == b"y"


def test_a_damaged_member_is_said_and_the_others_are_read():
    data = make_zip({"a": "one", "b": "y"}, zipfile.ZIP_STORED).replace(b"one", b"two")
    damaged, fine = members(data).values()
    assert isinstance(damaged, Damaged) and fine == b"y"


def test_an_odd_compression_is_said():
    (found,) = members(make_zip({"a": "x"}, zipfile.ZIP_LZMA)).values()
    assert isinstance(found, Unsupported)


@pytest.mark.parametrize("data", [make_zip({}), make_zip({"~$a.docx": "x"})])
def test_an_archive_without_files_is_empty(data):
    with pytest.raises(EmptyFile):
        parsing.read(data, "包.zip")


@pytest.mark.parametrize("name", ["perf.docx", "perf_sheets.xlsx", "perf_sheets.ods", "gbk.csv"])
def test_an_office_file_is_no_archive(name):
    assert not archive.is_archive((CASES / "files" / name).read_bytes())


@pytest.mark.parametrize("part", ["word/document.xml", "xl/workbook.xml", "content.xml", "mimetype"])
def test_a_part_of_an_office_file_tells(part):
    assert not archive.is_archive(make_zip({part: "<a/>"}))


def test_half_an_archive_is_damaged():
    with pytest.raises(ReadError) as caught:
        parsing.read(make_zip({"甲.txt": TEXT})[:-30], "包.zip")
    assert caught.value.code == "damaged"


def test_a_broken_copy_of_an_archive_gives_a_reading_or_a_read_error():
    whole = make_zip({"甲.txt": TEXT, "乙.docx": (CASES / "files" / "perf.docx").read_bytes()})
    dice = random.Random(1)
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(dice.randint(1, 20)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        if dice.random() < 0.2:
            del data[dice.randrange(len(data)) :]
        try:
            reading = parsing.read(bytes(data), "包.zip")
            assert reading.projects or reading.unread
        except ReadError as error:
            assert error.place.startswith("包.zip")


def test_two_members_of_one_name_both_count():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made, pytest.warns(UserWarning):
        made.writestr("甲.txt", "1")
        made.writestr("甲.txt", "2")
    assert [inside for _, inside in archive.members("包", out.getvalue())] == [b"1", b"2"]


# 甲.txt locked with a密1: as zip -P locks it (Info-ZIP 3.0), and with AES-256 (pyzipper 0.4)
OLD = base64.b85decode(
    r"P)h>@6aWhV2mqI>d0pxcvy`>~008I!000L7008HdvMzLZbpCNYK%*;V*+iARm*DE2FT1iS{4*(#6(qz?0D!XbR0+d+N-"
    r"*|aQZ_pHbj)@xN7j~N=|3J9`<#T!l;Ao7YM@vUOq37e_D2_W+%Gh9m=a-MGUgTM7~@2^MtG6P-"
    r"22)Go?;4WW2x@C=^9MBs&bDZFVi2&@~0mc9tu?wz61lfV@2mS_Cj3G-"
    r"zNb){KoTc_?Z8dCwlHSF0=z=!3fq{dr3RCOh`_f?C=Ski+rMtK8a&cO9u$*53`iE0002!0000`O928N0~7!Y00;n=t9f1O53"
    r"`iE0002!0000700000000010001_fdBvi0OyplE_8TwP)h{{000000RRC2H2?qr>i_@%000"
)
AES = base64.b85decode(
    r"P)h>@6aWDTV*r+`d0hYi0071S008I!000L73jpVovMzLZbOD(M00IC(MFR)`dEVs>UQFJ{EaFhoN+ZG@TDhe<!4Q6%;;{&XA"
    r"-YA{Ci@tU9d)RYUE1?sF?os)=|Irk*wEUCxcul?RLlTl-@iH|urtP+W%3$ynU6*EP#-"
    r"I>0l_kNRa6;<jF{_%l{?5>mN9J*R8LW<q`uY_{+!w2o}WM=32eWFzk@Z+5FL+Ur~wo^$$m@EOm@>*N+jY8^|Df`qhYF}Fx%-"
    r"Y78Wk01tZr6pv7E0J;f1(P8HIQN)>J-"
    r";@n)pfwX4EV56ljkd07F0Rj{Q6aWDTV*r+`d0hYi0071S008I!000L73jhEB00000005+c00000=ajN8ba-"
    r"?DnFjy@06|3q2mnw^1qJ{B000310RTV%008y?00000"
)


@pytest.mark.parametrize("data", [OLD, AES], ids=["old", "aes"])
@pytest.mark.parametrize(("password", "code"), [(None, "locked"), ("错", "wrong-password"), ("a密1", "")])
def test_a_member_with_a_password_opens_with_it(data, password, code):
    reading = parsing.read(data, "包.zip", password)
    assert [one.code for one in reading.unread] == [code] * bool(code)
    assert [one.name for one in reading.projects] == ["甲项目"] * (not code)
    assert {one.place.partition("：")[0] for one in reading.unread} <= {"包.zip › 甲.txt"}


@pytest.mark.parametrize("data", [OLD, AES], ids=["old", "aes"])
def test_a_broken_copy_of_a_locked_archive_gives_a_reading_or_a_read_error(data):
    dice = random.Random(1)
    for _ in range(200):
        broken = bytearray(data)
        for _ in range(dice.randint(1, 5)):
            broken[dice.randrange(len(data))] = dice.randrange(256)
        try:
            reading = parsing.read(bytes(broken), "包.zip", "a密1")
            assert reading.projects or reading.unread
        except ReadError as error:
            assert error.place.startswith("包.zip")
