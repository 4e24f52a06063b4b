"""What several tests need: a project made by hand, a browser, a server of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from parsing.grid import Place
from parsing.model import Indicator, Project

if TYPE_CHECKING:
    from browser import Server
    from playwright.sync_api import Browser, BrowserContext, Page

    from parsing.runtime.reader_pool import ReaderPool

# A machine that has much else to do is no fault of a test: speed is the matter of the benchmarks.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    from browser import browser  # late: most tests need none

    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def tabs(chromium: Browser) -> Iterator[BrowserContext]:
    """A window of a Chromium, whose tabs share what it compiled of a server's scripts."""
    with closing(chromium.new_context(viewport={"width": 1920, "height": 1080}, locale="zh-CN")) as window:
        yield window


@pytest.fixture
def page(tabs: BrowserContext) -> Iterator[Page]:
    """A tab of its own. The one of the test before stays open till then: it keeps the scripts compiled."""
    opened = tabs.new_page()
    for other in tabs.pages[:-1]:
        other.close()
    yield opened


@pytest.fixture(scope="session")
def of_samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a closed store with the samples in it, as a first start makes it: for copying."""
    from dashboard.ingest.samples import bring
    from dashboard.session.cache import WHO
    from dashboard.store import open_store

    folder = tmp_path_factory.mktemp("of_samples")
    with closing(open_store(folder)) as store:
        bring(store, WHO)
    return folder


@pytest.fixture(scope="session")
def readers() -> Iterator[ReaderPool]:
    """The processes that read uploads, as the app has them, for all tests."""
    from dashboard.session import cache

    pool = cache.worker_pool.__wrapped__()
    yield pool
    pool.close()


@pytest.fixture
def own_data(tmp_path: Path, readers: ReaderPool, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Pages run in the test itself have a data folder of their own, whose store is closed behind it."""
    import streamlit as st

    from dashboard.session import cache

    monkeypatch.setenv("JILAN_DATA", str(tmp_path))
    monkeypatch.setattr(cache, "worker_pool", lambda: readers)
    st.cache_resource.clear()
    yield tmp_path
    st.cache_resource.clear()  # closes the store, if a page opened it


@pytest.fixture
def own_store(of_samples: Path, own_data: Path) -> None:
    """The samples are in it, as after a first start."""
    copytree(of_samples, own_data, dirs_exist_ok=True)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """The program with an empty store at ``tmp_path / "store"``, for a test that leaves it changed."""
    from browser import Server

    started = Server(tmp_path / "store")
    yield started
    started.stop()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One for all tests of a module that leave what counts as they found it: the samples."""
    from browser import Server

    started = Server(tmp_path_factory.mktemp("shared") / "store")
    yield started
    started.stop()


def pytest_make_parametrize_id(config: Any, val: object, argname: str) -> str | None:
    """Tests named by how many bytes they get, not by which: every worker has to find the same names."""
    return f"{len(val)}-bytes" if isinstance(val, bytes) else None


def place(cell: str = "B2", row: int = 2, column: int = 2, file: str = "甲.xlsx") -> Place:
    return Place(file, "Sheet1", row, column, cell)


def make_indicator(
    name: str = "办结率", slot: Any = "质量", annual: str | None = "≥95%", **more: Any
) -> Indicator:
    fields: dict[str, Any] = {
        "level1": "产出指标",
        "level2": f"{slot}指标",
        "slot": slot,
        "name": name,
        "period": annual,
        "annual": annual,
        "places": {"name": place("C9", 9, 3)},
    }
    return Indicator(**fields | more)


def make_project(name: str = "综合工作经费（常）", **more: Any) -> Project:
    fields: dict[str, Any] = {
        "name": name,
        "form": "guangdong",
        "department": "东坑镇政府",
        "unit": "政务服务中心",
        "project_type": "其他类（综合工作）",
        "start": "2024",
        "end": "2026",
        "year": 2024,
        "budget_yuan": Decimal("920000"),
        "indicators": (make_indicator(), make_indicator("受理数", "数量", "100件")),
        "places": {"name": place()},
    }
    return Project(**fields | more)
