"""What anybody may write into an address: what makes sense is taken, the rest as if it were not there."""

import json

import pytest
from conftest import make_project
from page_runs import opened
from streamlit.testing.v1 import AppTest

from dashboard.queries.parameters import LONGEST, number, text
from dashboard.queries.scope import from_query
from dashboard.session import cache
from dashboard.session.pages import PAGES
from dashboard.store import project_key
from parsing import Reading

pytestmark = pytest.mark.usefixtures("own_store")

ODD = {
    "superscript": "²",
    "arabic": "١",
    "wide": "１",
    "underscore": "1_000",
    "minus": "-0",
    "exponent": "1e3",
    "plus": "+1",
    "zero first": "01",
    "point": "1.0",
    "space": " 1",
    "beyond 64 bits": "9223372036854775808",
    "very long": "9" * 5000,
    "NUL": "1\0",
    "twice": ["1", "2"],
    "empty": "",
}
NAMES = (  # all that pages read, but for the filters that every test of them reads
    *("id", "version", "page", "at", "side", "from", "lack", "group", "sort", "q", "look", "year", "end"),
    *("rule", "severity", "project", "state", "view", "decided", "money", "by", "standard", "slide"),
)


def shown(at: AppTest) -> list[str]:
    """What stands on the page: its HTML and what answers clicks."""
    answering = [json.loads(element.proto.json).get("html", "") for element in at.get("bidi_component")]
    return [element.proto.body for element in at.get("html")] + answering


@pytest.mark.parametrize("odd", [one for one in ODD.values() if isinstance(one, str)], ids=str)
def test_an_odd_number_is_none(odd):
    assert number(odd) is None
    assert from_query({"year": odd, "end": odd}).chosen() == set()


@pytest.mark.parametrize(("said", "meant"), [("0", 0), ("7", 7), ("9" * 18, 10**18 - 1), (None, None)])
def test_a_number_is_one_that_a_database_holds(said, meant):
    assert number(said) == meant


@pytest.mark.parametrize("values", [[], [""], ["a", "a"], ["a\0b"], ["\ud800"], ["a" * (LONGEST + 1)]])
def test_a_text_that_nobody_chose_is_none(values):
    assert text(values) is None


def test_a_text_is_as_it_was_written():
    assert text(["政务 <b>&"]) == "政务 <b>&" and text(["a" * LONGEST])


@pytest.mark.parametrize("entry", PAGES, ids=[entry.view for entry in PAGES])
def test_every_page_takes_odd_values_as_if_they_were_not_there(entry):
    plain = opened(entry.url)
    texts = ("id", "q", "at", "project", "standard")  # any text is one
    for odd in ("superscript", "beyond 64 bits", "NUL", "twice"):
        names = [name for name in NAMES if name not in texts or odd in ("NUL", "twice")]
        at = opened(entry.url, **dict.fromkeys(names, ODD[odd]))
        assert shown(at) == shown(plain) and not at.warning, odd


def test_a_project_is_shown_as_it_counts_for_an_odd_version_and_page():
    reading = Reading(projects=(make_project(),))
    cache.store().confirm(cache.store().stage("a.xlsx", b"a", reading, "甲"), "甲")
    key = project_key(make_project())
    plain = opened("projects", id=key)
    assert any("aside:" in html or "declare:" in html for html in shown(plain))  # what counts can be answered
    for name, odd in ODD.items():
        assert shown(opened("projects", id=key, version=odd, page=odd)) == shown(plain), name


def test_a_version_that_is_not_there_is_said():
    reading = Reading(projects=(make_project(),))
    cache.store().confirm(cache.store().stage("a.xlsx", b"a", reading, "甲"), "甲")
    at = opened("projects", id=project_key(make_project()), version="9" * 18)
    assert any("没有找到这个项目" in html for html in shown(at))


def test_a_path_has_digits_of_one_alphabet_only():
    assert make_project().find("indicators[0].name") is not None
    assert make_project().find("indicators[٠].name") is None
