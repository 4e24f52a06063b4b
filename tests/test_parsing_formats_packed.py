from __future__ import annotations

import importlib
import pkgutil
import zipfile
from io import BytesIO

import pytest

import parsing.formats
from parsing.errors import Damaged, Locked, ReadError, TooLarge, Unsafe, Unsupported
from parsing.formats.raw import packed
from parsing.formats.word import office


def make_zip(members: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(name), text, method)  # the same bytes at any time of day
    return out.getvalue()


def walked(xml: str | bytes) -> list[object]:
    seen: list[object] = []
    package = packed.Package(make_zip({"a.xml": xml}))
    package.walk("a.xml", lambda tag, found: seen.append((tag, found)), seen.append, seen.append)
    return seen


def test_a_member_is_walked_in_order():
    assert walked('<a k="1"><b>字</b></a>') == [("a", {"k": "1"}), ("b", {}), "字", "b", "a"]


def test_a_prefix_of_the_root_is_taken_off_every_tag():
    assert walked('<x:a xmlns:x="u"><x:b/></x:a>')[1:] == [("b", {}), "b", "a"]


def test_a_member_is_found_whatever_the_case_slash_or_backslash():
    package = packed.Package(make_zip({"XL\\Workbook.xml": "<a/>"}))
    assert "/xl/workbook.xml" in package and "xl/other.xml" not in package


def test_relations_resolve_relative_absolute_and_leave_external_ones():
    rels = """<Relationships><Relationship Id="a" Type="http://x/worksheet" Target="sheets/1.xml"/>
      <Relationship Id="b" Type="http://x/styles" Target="/xl/styles.xml"/>
      <Relationship Id="c" Type="http://x/link" Target="http://out" TargetMode="External"/></Relationships>"""
    package = packed.Package(make_zip({"xl/_rels/workbook.xml.rels": rels}))
    assert package.relations("/xl/workbook.xml") == {
        "a": ("worksheet", "/xl/sheets/1.xml"),
        "b": ("styles", "/xl/styles.xml"),
    }


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        '<!DOCTYPE a [<!ENTITY % e SYSTEM "http://127.0.0.1/">%e;]><a/>'.encode("utf-16"),
    ],
)
def test_a_doctype_is_refused(xml):
    with pytest.raises(Unsafe):
        walked(xml)


@pytest.mark.parametrize("xml", ["", "<a>", "<a></b>", "<a>&#0;</a>", "<a>&undefined;</a>", b"<a>\xff</a>"])
def test_xml_that_is_none_is_damage(xml):
    with pytest.raises(Damaged):
        walked(xml)


def test_too_many_members_are_refused():
    with pytest.raises(TooLarge):
        packed.Package(make_zip(dict.fromkeys(map(str, range(packed.MEMBERS + 1)), "")))


def test_a_member_packed_too_tight_is_refused_unread():
    with pytest.raises(TooLarge):
        packed.Package(make_zip({"a": bytes(packed.LARGE + 1)}))


def test_a_tight_but_small_member_is_no_bomb():
    assert "a" in packed.Package(make_zip({"a": bytes(1 << 20)}))


def test_bytes_are_counted_as_they_pass(monkeypatch):
    package = packed.Package(make_zip({"a": "<a>" + "字" * 1000 + "</a>"}))
    monkeypatch.setattr(packed, "TOTAL", 4000)
    package.walk("a", lambda tag, found: None)
    with pytest.raises(TooLarge):
        package.walk("a", lambda tag, found: None)


def test_a_tag_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(packed, "TOKEN", 1 << 20)
    with pytest.raises(TooLarge):
        walked(f'<a k="{"x" * (4 << 20)}"/>')


def test_a_long_run_of_text_is_no_such_tag(monkeypatch):
    monkeypatch.setattr(packed, "TOKEN", 1 << 20)
    assert len(walked(f"<a>{'x' * (4 << 20)}</a>")) > 2


def test_a_wrong_checksum_is_damage():
    data = make_zip({"a": "<a>one</a>"}, zipfile.ZIP_STORED).replace(b"one", b"two")
    with pytest.raises(Damaged):
        packed.Package(data).walk("a", lambda tag, found: None)


def test_an_encrypted_member_is_locked():
    data = bytearray(make_zip({"a": "x"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Locked):
        packed.Package(bytes(data))


def test_an_odd_compression_is_refused():
    with pytest.raises(Unsupported):
        packed.Package(make_zip({"a": "x"}, zipfile.ZIP_LZMA))


@pytest.mark.parametrize("cut", [4, 40, -1])
def test_half_a_zip_is_damage(cut):
    with pytest.raises(Damaged):
        packed.Package(make_zip({"a": "x" * 99})[:cut])


def test_names_of_what_is_no_zip_are_none():
    assert packed.names(b"PK\x03\x04") == packed.names(b"x") == frozenset()


def test_every_module_that_sniffs_is_in_the_list():
    folder = [
        importlib.import_module(m.name)
        for m in pkgutil.walk_packages(parsing.formats.__path__, "parsing.formats.")
    ]
    assert {m for m in folder if hasattr(m, "sniff")} == set(parsing.formats.FORMATS)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (OLE, "damaged"),
        (b"GIF89a", "unsupported"),
        (b"<html><table></table></html>", "empty"),
        ("\ufeff<!DOCTYPE html><p>".encode("utf-16"), "empty"),
        (b'<?xml version="1.0"?><a/>', "unsupported"),
        (b"{\\rtf1 }", "unsupported"),
        (bytes(range(256)), "unsupported"),
        (make_zip({"word/document.xml": "<a/>"}), "empty"),
        (make_zip({"a.txt": "x"}), "unsupported"),
        (make_zip({}), "damaged"),
        (make_zip({"xl/workbook.xml": "<a/>"})[:60], "damaged"),
    ],
)
def test_what_cannot_be_read_is_named(data, code, monkeypatch):
    monkeypatch.setattr(office, "PROGRAMS", ("no-such-program",))  # the same with and without LibreOffice
    with pytest.raises(ReadError) as caught:
        list(parsing.formats.grids("甲.xlsx", data))
    assert caught.value.code == code
    assert caught.value.place.startswith("甲.xlsx")


def test_kinds_have_their_own_reasons():
    reasons = set()
    for data in (
        b"GIF89a",
        b"SQLite format 3",
        b"<?xml version='1.0'?><a/>",
        b"Rar!",
    ):
        with pytest.raises(Unsupported) as caught:
            list(parsing.formats.grids("甲", data))
        reasons.add(caught.value.reason)
    assert len(reasons) == 4
