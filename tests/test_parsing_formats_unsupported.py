"""Files that we know and do not read are called by their names; texts that begin like them are texts."""

from __future__ import annotations

import pytest
from office_writer import container
from test_parsing_formats_packed import make_zip
from test_parsing_formats_xlsx import by_hand

import parsing
from parsing.errors import EmptyFile

TYPES = {"[Content_Types].xml": "<Types/>"}
MAIL = b"Received: from mx\r\n by host\r\nTo: a@b.cn\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n"
HEADS = "".join(f"<td>{text}</td>" for text in ("一级指标", "二级指标", "三级指标", "指标值"))
TABLE = f"<table><tr><td>项目名称</td><td>甲</td></tr><tr>{HEADS}</tr></table>"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (make_zip(TYPES | {"xl/workbook.bin": "x"}), ".xlsb"),
        (make_zip(TYPES | {"ppt/presentation.xml": "<p/>"}), ".pptx"),
        (make_zip(TYPES | {"FixedDocSeq.fdseq": "<x/>"}), "XPS"),
        (make_zip({"Index/Document.iwa": "x", "preview.jpg": "x"}), "Numbers"),
        (make_zip({"Index.zip": "x", "preview.jpg": "x"}), "Pages"),
        (make_zip({"content.xml": "<x/>", "uof.xml": "<x/>"}), "UOF"),
        (b'<?xml version="1.0"?>\n<uof:UOF xmlns:uof="x"/>', "UOF"),
        (container({"PowerPoint Document": b"x"}), ".dps"),
        (container({"__properties_version1.0": b"x"}), ".msg"),
        (MAIL + TABLE.encode("gbk"), ".eml"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(90), "7z"),
        (b"Rar!\x1a\x07\x01" + bytes(90), "RAR"),
        (b"\x1f\x8b\x08" + b"x" * 90, "gz"),
        (b"a.txt".ljust(257, b"\0") + b"ustar" + bytes(300), "tar"),
        (b"MZ\x90\0" + bytes(90), "程序"),
        (b"\0\0\0\x18ftypheic" + bytes(90), "HEIC"),
        (b"SQLite format 3\0" + bytes(90), "数据库"),
        (b"\x06admin " + b" " * 48 + b"\x05\0" + "admin".encode("utf-16-le") + b" \0" * 49, "临时文件"),
        (b"\x06admin\0".ljust(54, b"\0") + b"\x05\0" + "admin".encode("utf-16-le") + bytes(96), "临时文件"),
        (b"[InternetShortcut]\r\nURL=https://a.example/b\r\n", "链接"),
        ('<html><a href="https://www.kdocs.cn/l/abc">打开</a></html>'.encode(), "链接"),
        (b'{"url":"https://docs.qq.com/sheet/AAA"}', "链接"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_stranger_is_called_by_its_name(data: bytes, name: str) -> None:
    with pytest.raises(parsing.ReadError) as caught:
        parsing.read(data, name="甲.xlsx")
    assert caught.value.code == "unsupported" and name in caught.value.reason and caught.value.remedy


@pytest.mark.parametrize("data", [bytes(300), bytes(5_000), bytes(4_096) + b"PK"])
def test_a_file_of_zeros_was_not_copied_whole(data: bytes) -> None:
    with pytest.raises(parsing.ReadError) as caught:
        parsing.read(data, name="甲.xlsx")
    assert caught.value.code == "damaged" and "零" in caught.value.reason


@pytest.mark.parametrize("start", ["MZ 街道", "BZh 办", "CAJ 办", "To: 财政局", "RAR 办"])
def test_a_text_that_begins_like_a_stranger_is_a_text(start: str) -> None:
    lines = [start, "项目名称\t甲", "一级指标\t二级指标\t三级指标\t指标值", "产出指标\t数量指标\t册数\t3册"]
    (project,) = parsing.read("\n".join(lines).encode(), name="甲.txt").projects
    assert [one.annual for one in project.indicators] == ["3册"]


def test_a_page_saved_as_a_message_is_no_letter() -> None:
    page = MAIL.replace(
        b"Received: from mx\r\n by host\r\nTo: a@b.cn", b"From: <Saved by Blink>\r\nSubject: x"
    )
    page = page.replace(b"text/html", b"text/html; charset=utf-8") + TABLE.encode()
    assert [one.name for one in parsing.read(page, name="甲.mht").projects] == ["甲"]


def test_a_table_beside_a_link_to_a_document_is_read() -> None:
    page = f'<html><a href="https://www.kdocs.cn/l/abc">原件</a>{TABLE}</html>'
    assert [one.name for one in parsing.read(page.encode(), name="甲.html").projects] == ["甲"]


def test_a_page_cut_short_within_a_table_says_so() -> None:
    page = f"<html><body>{TABLE}{TABLE.replace('甲', '乙')}</body></html>"
    for end, cut in ((page.rindex("</table>") - 9, True), (len(page), False)):
        reading = parsing.read(page[:end].encode(), name="甲.html")
        assert [one.name for one in reading.projects] == ["甲", "乙"]
        assert ("damaged" in [one.code for one in reading.unread]) == cut


FRAMES = b'<html><head></head><frameset rows="*,39"><frame src="a.files/sheet001.htm"></frameset></html>'


def test_a_sheet_that_holds_a_picture_and_no_text_is_not_called_empty() -> None:
    reasons = []
    for parts in ({"xl/media/image1.png": "x"}, {"xl/theme/theme1.xml": "x"}):
        with pytest.raises(EmptyFile) as trouble:
            parsing.read(by_hand("", **parts), name="甲.xlsx")
        reasons.append(trouble.value.reason)
    assert "图片" in reasons[0] and reasons[1] == EmptyFile.reason


def test_a_page_of_frames_says_where_its_tables_are() -> None:
    with pytest.raises(EmptyFile) as trouble:
        parsing.read(FRAMES, name="甲.htm")
    assert ".files" in trouble.value.reason and ".xlsx" in trouble.value.remedy
