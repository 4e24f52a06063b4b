"""What the running application keeps of answers."""

from __future__ import annotations

import gc
import weakref

import pytest
from conftest import make_project
from page_runs import bring

from dashboard.queries import totals
from dashboard.queries.scope import Scope
from dashboard.session import cache

pytestmark = pytest.mark.usefixtures("own_store")


def test_answers_about_a_state_that_is_past_are_let_go() -> None:
    cache.begin_run(lambda done, every: None)
    answer = weakref.ref(cache.ask(totals.totals, Scope()))
    gc.collect()
    assert answer() is not None  # shared by all sessions
    bring(make_project(name="甲"))
    cache.begin_run(lambda done, every: None)
    cache.ask(totals.totals, Scope())
    gc.collect()
    assert answer() is None
