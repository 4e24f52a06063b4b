"""What the store keeps as text of its own: damaged, or of a newer program, it is told as that, wherever it is
asked for."""

import json
import sqlite3
import zlib
from contextlib import closing

import pytest
from conftest import make_project
from page_runs import app_at
from streamlit.testing.v1 import AppTest

from dashboard.server.maintenance import main
from dashboard.session import cache
from dashboard.session.pages import PAGES
from dashboard.store import Condition, StoreDamaged, StoreNewer, project_key, verify
from dashboard.store.log import KINDS
from parsing import Reading, Unread

KEY = project_key(make_project())


def said(**more: object) -> bytes:
    """A payload with more fields, or other ones."""
    return zlib.compress(json.dumps(json.loads(make_project().model_dump_json()) | more).encode())


def slotted(slot: str) -> bytes:
    text = make_project().model_dump_json().replace('"slot":"质量"', f'"slot":"{slot}"')
    return zlib.compress(text.encode())


DAMAGED = {
    "empty": b"",
    "no zlib": b"\x00\x01\x02",
    "cut off": said()[:-9],
    "no JSON": zlib.compress(b"nonsense"),
    "another JSON": zlib.compress(b"[]"),
    "no UTF-8": zlib.compress(b'{"name": "\xff"}'),
    "nested too deep": zlib.compress(b"[" * 100_000),
    "a wrong type": said(name=3),
    "text": "text",
}
NEWER = {"an unknown field": said(risk="高"), "an unknown word": slotted("安全")}
PAYLOADS = [(one, StoreDamaged) for one in DAMAGED.values()] + [(one, StoreNewer) for one in NEWER.values()]
payloads = pytest.mark.parametrize(("payload", "kind"), PAYLOADS, ids=[*DAMAGED, *NEWER])


@pytest.fixture(autouse=True)
def folder(own_store, tmp_path):
    """Of a store with one project, a decision about it, and a file that was read in part."""
    store = cache.store()
    trouble = Unread(code="damaged", place="a.xlsx", reason="坏了", remedy="请重新导入")
    reading = Reading(projects=(make_project(),), unread=(trouble,))
    store.confirm(store.stage("a.xlsx", b"a", reading, "甲"), "甲")
    store.resolve(KEY, "有条件通过", [Condition("补充指标")], "甲")
    store.settle()
    return tmp_path


def change(folder, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(folder / "jilan.db")) as raw:
        raw.execute(statement, values)
        raw.commit()


def unsettle(folder) -> None:
    change(folder, "DELETE FROM mark WHERE name = 'settled'")
    change(folder, "UPDATE project SET edition = ''")


def told(at: AppTest) -> str:
    """The sentence of a page that shows nothing else of the store."""
    assert not at.exception
    sentence = " ".join(element.value for element in at.error)
    assert "没有受影响" not in sentence and "Error" not in sentence
    return sentence


@payloads
def test_a_project_that_cannot_be_read_is_told_with_its_number(folder, payload, kind):
    change(folder, "UPDATE version SET payload = ? WHERE key = ?", payload, KEY)
    number = str(cache.store().versions(KEY)["version_id"].iloc[0])
    unsettle(folder)
    store = cache.store()
    for ask in (lambda: store.project(KEY), store.settle, store.rebuild):
        with pytest.raises(StoreDamaged) as error:
            ask()
        assert type(error.value) is kind and number in error.value.reason


@pytest.mark.parametrize("entry", PAGES, ids=[entry.view for entry in PAGES])
@pytest.mark.parametrize(("payload", "word"), [(b"\0", "restore"), (said(risk="高"), "新版")])
def test_every_page_that_has_to_read_such_a_project_says_what_to_do(folder, entry, payload, word):
    change(folder, "UPDATE version SET payload = ? WHERE key = ?", payload, KEY)
    unsettle(folder)
    assert word in told(app_at(entry.url))


def test_the_page_of_such_a_project_says_what_to_do_and_the_other_pages_stay(folder):
    change(folder, "UPDATE version SET payload = ? WHERE key = ?", b"\0", KEY)
    assert "restore" in told(app_at("projects", id=KEY))
    assert not app_at("projects").error and not app_at("budget").error


BROKEN = {  # a change of the store → the page that has to say it
    "reading": ("UPDATE upload SET reading = '{'", StoreDamaged, "upload"),
    "newer reading": ("UPDATE upload SET reading = '{\"pictures\": 1}'", StoreNewer, "upload"),
    "conditions": ("UPDATE verdict SET conditions = 'nonsense'", StoreDamaged, "meeting"),
    "newer conditions": (
        'UPDATE verdict SET conditions = \'[{"text": "a", "by": 1}]\'',
        StoreNewer,
        "meeting",
    ),
    "verdict": ("UPDATE verdict SET verdict = '缓议'", StoreNewer, "meeting"),
    "action": ("UPDATE oplog SET kind = 'merge' WHERE kind = 'verdict'", StoreNewer, "meeting"),
}


@pytest.mark.parametrize(("statement", "kind", "url"), BROKEN.values(), ids=BROKEN)
def test_other_texts_of_the_record_are_told_on_their_page_and_by_verify(folder, capsys, statement, kind, url):
    store = cache.store()
    store.stage("b.xlsx", b"b", Reading(projects=(make_project("乙"),)), "甲")
    change(folder, statement)
    assert ("新版" if kind is StoreNewer else "restore") in told(app_at(url))
    if kind is StoreNewer:
        with pytest.raises(StoreNewer):
            verify(folder)
    else:
        assert any("打不开" in one for one in verify(folder))
    assert main(["verify"], folder) == 1
    out = capsys.readouterr()
    assert "Traceback" not in out.err and "编号" in out.out + out.err


@payloads
def test_verify_names_a_project_that_cannot_be_read(folder, payload, kind):
    change(folder, "UPDATE version SET payload = ? WHERE key = ?", payload, KEY)
    if kind is StoreNewer:
        with pytest.raises(StoreNewer):
            verify(folder)
    else:
        assert any("读出的项目" in one for one in verify(folder))


def test_verify_tells_damage_before_what_is_newer(folder):
    change(folder, "UPDATE version SET payload = ? WHERE key = ?", said(risk="高"), KEY)
    change(folder, "UPDATE upload SET reading = '{'")
    assert any("读出的内容" in one for one in verify(folder))


@pytest.mark.parametrize("also", ["nonsense", "[3]", '[{"path": "name"}]', "[" * 100_000])
def test_a_finding_that_cannot_be_read_is_damage_on_the_page_too(folder, also):
    change(folder, "UPDATE finding SET also = ?", also)
    with pytest.raises(StoreDamaged):
        cache.store().findings(KEY, "default")
    assert "restore" in told(app_at("projects", id=KEY))


def test_an_outline_that_cannot_be_read_is_damage(folder):
    change(folder, "UPDATE outline SET text = '[1, 2]'")
    change(folder, "DELETE FROM mark WHERE name = 'settled'")
    with pytest.raises(StoreDamaged):
        cache.store().settle()


def test_marks_that_say_nonsense_are_made_again(folder):
    version = cache.store().standards().rules_version
    change(folder, "UPDATE mark SET value = ? WHERE name = 'settled'", f"nonsense {version}")
    change(folder, "UPDATE mark SET value = '²' WHERE name = 'settles'")
    assert cache.store().settle() and not cache.store().settle()
    assert cache.store().data_version() > 0


def test_every_kind_of_action_has_words():
    from dashboard.html.history import ACTIONS

    assert set(ACTIONS) == set(KINDS)
