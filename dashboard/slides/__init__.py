"""The slides of a meeting, made of one snapshot: each a conclusion and what it rests on. No Streamlit."""

from __future__ import annotations

from dashboard.slides import correct, cover, matrix, method, missing, money, opening, project
from dashboard.slides.slide import Slide
from dashboard.snapshot.snapshot import Snapshot

MAKERS = (cover, opening, money, missing, matrix, correct, project, method)  # in the order they are shown


def slides(snapshot: Snapshot) -> list[Slide]:
    """All slides; what does not fit on one goes on on the next, and the titles say so."""
    return [slide for maker in MAKERS for slide in maker.slides(snapshot)]
