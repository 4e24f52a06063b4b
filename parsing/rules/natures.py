"""What kind of project it is, by the words of its type, name and goals."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from parsing.model import Project

_NONE = r"(?!)"  # matches nothing


@dataclass(frozen=True, slots=True)
class Nature:
    title: str
    type: re.Pattern[str]
    goal: re.Pattern[str]


NATURES: dict[str, Nature] = {
    name: Nature(said["title"], re.compile(said.get("type", _NONE)), re.compile(said.get("goal", _NONE)))
    for name, said in tomllib.loads(Path(__file__).with_name("natures.toml").read_text("utf-8")).items()
}


def natures(project: Project) -> dict[str, str]:
    """Nature → the word that shows it, of the natures that a project has."""
    named = f"{project.project_type or ''} {project.name}"
    goals = f"{project.period_goal or ''} {project.annual_goal or ''}"
    found = {}
    for name, nature in NATURES.items():
        said = nature.type.search(named) or nature.goal.search(named) or nature.goal.search(goals)
        if said:
            found[name] = said[0]
    return found
