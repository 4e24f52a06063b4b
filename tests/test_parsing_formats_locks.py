"""Files with a password: opened with it, refused without, and never left waiting."""

from __future__ import annotations

import builtins
import io
import struct
from pathlib import Path

import msoffcrypto
import olefile
import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from office_writer import Line, container, document, locked_document, locked_workbook

import parsing
from parsing.errors import Locked, ReadError, TooLarge, Unsafe, Unsupported, WrongPassword
from parsing.formats import grids
from parsing.formats.containers import locks
from parsing.runtime import worker_pool
from parsing.runtime.reader_pool import ReaderPool

CASES = Path(__file__).parent / "cases"
LOCKED = (CASES / "hostile/locked.xlsx").read_bytes()
PASSWORD = "123456"


def workbook() -> bytes:
    data: bytes = olefile.OleFileIO(CASES / "files/perf_sheets.xls").openstream("Workbook").read()
    return data


FILES = {
    "xlsx": LOCKED,
    "xls": locked_workbook(workbook(), PASSWORD),
    "doc": locked_document(document([Line("项目绩效目标表\r")]), PASSWORD),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_locked_file_opens_with_its_password_only(kind):
    assert list(grids("甲", FILES[kind], PASSWORD))
    for password, error in ((None, Locked), ("654321", WrongPassword)):
        with pytest.raises(ReadError) as caught:
            list(grids("甲", FILES[kind], password))
        assert type(caught.value) is error and caught.value.place == "甲"


def test_the_tables_behind_a_password_are_those_without():
    clear = parsing.read(CASES / "files/perf_sheets.xlsx")
    for data, name in ((LOCKED, "perf_sheets.xlsx"), (FILES["xls"], "perf_sheets.xlsx")):
        assert parsing.read(data, name, PASSWORD) == clear


def test_a_password_for_a_file_that_has_none_changes_nothing():
    data = (CASES / "files/perf_sheets.xlsx").read_bytes()
    assert parsing.read(data, "甲", PASSWORD) == parsing.read(data, "甲")


def test_what_is_only_protected_opens_as_in_excel():
    clear = (CASES / "files/perf_sheets.xlsx").read_bytes()
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(clear)).encrypt(locks.OURS, out)
    assert parsing.read(out.getvalue(), "甲") == parsing.read(clear, "甲")
    assert len(list(grids("甲", locked_workbook(workbook(), locks.OURS)))) == 6


def test_the_password_reaches_the_process_that_reads_and_the_error_comes_back():
    apart = ReaderPool(1)
    try:
        assert len(apart.read("甲.xlsx", LOCKED, PASSWORD).projects) == 6
        for password, error in ((None, Locked), ("x", WrongPassword)):
            with pytest.raises(ReadError) as caught:
                apart.read("甲.xlsx", LOCKED, password)
            assert type(caught.value) is error
    finally:
        apart.close()


def test_every_kind_of_error_has_its_own_code():
    def kinds(kind: type[ReadError]) -> list[type[ReadError]]:
        return [kind, *(one for below in kind.__subclasses__() for one in kinds(below))]

    own = [kind for kind in kinds(ReadError) if kind.__module__ == ReadError.__module__]  # what readers raise
    assert {kind.code: kind for kind in own} == worker_pool.KINDS
    assert len({kind.code for kind in kinds(ReadError)}) == len(kinds(ReadError))


def test_without_the_library_it_is_named(monkeypatch):
    known = builtins.__import__

    def missing(name, *rest):
        if name.startswith("msoffcrypto"):
            raise ImportError(name)
        return known(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(Unsupported) as caught:
        list(grids("甲", LOCKED, PASSWORD))
    assert "pip install msoffcrypto-tool" in caught.value.remedy
    with pytest.raises(Locked):
        list(grids("甲", LOCKED))


def described(said: bytes) -> bytes:
    return container(
        {"EncryptionInfo": struct.pack("<HHI", 4, 4, 0x40) + said, "EncryptedPackage": bytes(16)}
    )


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (b'<encryption spinCount="100000000"/>', TooLarge),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><encryption/>', Unsafe),
        (b"<encryption/>", Unsupported),
        (b"", Unsupported),
    ],
)
def test_a_lock_of_another_make_or_made_to_hurt_is_refused(said, error):
    with pytest.raises(error):
        list(grids("甲", described(said), PASSWORD))
    with pytest.raises(Locked):
        list(grids("甲", described(said)))


def test_a_lock_of_office_95_is_named():
    first = struct.pack("<HH", 0x809, 8) + struct.pack("<HHHH", 0x500, 5, 0, 1996)
    data = container({"Book": first + struct.pack("<HHHH", 0x2F, 4, 1, 2)})
    with pytest.raises(Locked):
        list(grids("甲", data))
    with pytest.raises(Unsupported):
        list(grids("甲", data, PASSWORD))


def test_a_large_file_is_not_opened_byte_by_byte(monkeypatch):
    monkeypatch.setattr(locks, "SIZE_97", 1000)
    assert list(grids("甲", LOCKED, PASSWORD))
    with pytest.raises(TooLarge):
        list(grids("甲", FILES["xls"], PASSWORD))


def test_the_library_is_the_one_we_think():
    assert msoffcrypto.OfficeFile(io.BytesIO(LOCKED)).format == "ooxml"
