"""``python -m dashboard.exports.marked``: the process that marks files for the app, within the limits of
``parsing.runtime.worker``."""

from __future__ import annotations

from dashboard.exports.marked.marking import task
from parsing.runtime.worker import Task, serve

if __name__ == "__main__":
    serve({"mark": Task(task)})
