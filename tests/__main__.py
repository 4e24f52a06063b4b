"""``python -m tests``: everything that has to hold, the same here and in CI, but for what takes long and is
asked for by ``-m long``.

Tests, and beside them lint, types and import rules. Arguments go to pytest (``python -m tests -k store``),
and then only the tests run.
"""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from dashboard.server.bootstrap import ROOT, ensure_libraries

# On all cores, and one more while others wait for a browser; a file's tests stay together, for they share a
# server or a browser, and the long ones first.
ALL = ("-n", str((os.cpu_count() or 1) + 1), "--dist", "loadfile", "--no-loadscope-reorder")
CHECKS = (
    ("-m", "ruff", "check", "."),
    ("-m", "ruff", "format", "--check", "."),
    ("-m", "mypy"),
    ("-c", "from importlinter.cli import lint_imports_command as check; check()"),
)


def main() -> int:
    ensure_libraries(
        "tests",
        ("streamlit", "pytest", "xdist", "hypothesis", "playwright", "mypy"),
        "requirements-test.lock",
    )
    chosen = sys.argv[1:]
    with ThreadPoolExecutor(1) as beside:
        checks = [] if chosen else [beside.submit(check, command) for command in CHECKS]
        tests = ("-m", "pytest", *(chosen or ALL))
        failed = [tests] if subprocess.call([sys.executable, *tests], cwd=ROOT) else []
    for command, done in zip(CHECKS, checks, strict=False):
        print(done.result().stdout, end="")
        failed += [command] * bool(done.result().returncode)
    for command in failed:
        print("failed:", *command, file=sys.stderr)
    return 1 if failed else 0


def check(command: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


if __name__ == "__main__":
    raise SystemExit(main())
