"""A program that brings files into a store, for the tests to run twice at once or to kill.

``python tests/writer.py FOLDER NAME COUNT THREADS KEYS``: prints the name of each file that is safe.
With KEYS the files fight over that many projects, with 0 each has projects of its own.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

from conftest import make_project

from dashboard.store import Store, open_store
from parsing.model import Reading

PROJECTS = 3


def bring(store: Store, name: str, number: int, keys: int) -> None:
    tables = range(number * PROJECTS, (number + 1) * PROJECTS)
    names = [f"项目{table % keys}" if keys else f"{name}-{table}" for table in tables]
    file = f"{name}-{number}.xlsx"
    found = Reading(projects=tuple(make_project(one, annual_goal=file) for one in names))
    store.confirm(store.stage(file, file.encode() * 2000, found, name), name)
    sys.stdout.write(f"{file}\n")  # one write: lines of two threads must not mix
    sys.stdout.flush()


if __name__ == "__main__":
    folder, name = sys.argv[1:3]
    count, threads, keys = map(int, sys.argv[3:6])
    opened = open_store(folder)
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda number: bring(opened, name, number, keys), range(count)))
