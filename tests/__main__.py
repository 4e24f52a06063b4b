"""``python -m tests``: everything that has to hold, the same here and in CI.

Tests, then lint, types and import rules. Arguments go to pytest (``python -m tests -k store``), and
then only the tests run.
"""

from __future__ import annotations

import subprocess
import sys

from dashboard.server.bootstrap import ROOT, ensure_libraries

# On all cores; a file's tests stay together, for they share a server or a browser, and the long ones first.
ALL = ("-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder")
CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
)
IMPORTS = "from importlinter.cli import lint_imports_command as check; check()"


def main() -> int:
    ensure_libraries(
        "tests",
        ("streamlit", "pytest", "xdist", "hypothesis", "playwright", "mypy"),
        "requirements-test.lock",
    )
    chosen = sys.argv[1:]
    commands = [("pytest", *(chosen or ALL)), *(() if chosen else CHECKS)]
    failed = [c for c in commands if subprocess.call([sys.executable, "-m", *c], cwd=ROOT)]
    if not chosen and subprocess.call([sys.executable, "-c", IMPORTS], cwd=ROOT):
        failed.append(("import-linter",))
    for command in failed:
        print("failed:", *command, file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
