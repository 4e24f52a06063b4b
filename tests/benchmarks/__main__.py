"""How fast it is: ``python -m tests.benchmarks [--quick] [NAME …]``, the names being those in ``NAMES``.

Medians of five; where there is a baseline, it is run in turn with ours, so that a busy machine slows
both. ``--quick`` runs each once and small: it shows that the commands work, its figures say nothing.
Exit code 0 when every aim was met, 1 when one was missed.
"""

from __future__ import annotations

import argparse
from importlib import import_module

from tests.benchmarks.measure import table

NAMES = ("cold", "filter", "crowd", "workbook", "formats", "store", "review", "present", "papers")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("name", nargs="*", help=f"some of {', '.join(NAMES)} (default: all)")
    parser.add_argument("--quick", action="store_true", help="once and small, to see that they work")
    chosen = parser.parse_args()
    if strange := set(chosen.name) - set(NAMES):
        parser.error(f"no such benchmark: {', '.join(sorted(strange))}")
    met = True
    for name in chosen.name or NAMES:
        met &= table(name, import_module(f"tests.benchmarks.{name}").figures(chosen.quick))
    return 0 if met or chosen.quick else 1


if __name__ == "__main__":
    raise SystemExit(main())
