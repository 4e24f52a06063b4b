"""No file makes the reader ask outside for what it names."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

import pytest

import parsing
from parsing.formats.word import office

LINKS = Path(__file__).parent / "cases/hostile/links.rtf"


@pytest.mark.skipif(not any(map(shutil.which, office.PROGRAMS)), reason="needs LibreOffice")
def test_a_document_that_names_pictures_and_templates_elsewhere_is_read_without_asking_for_them() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        port = listener.getsockname()[1]
        reading = parsing.read(LINKS.read_bytes().replace(b"48411", str(port).encode()), "links.rtf")
        with pytest.raises(TimeoutError):
            listener.accept()
    assert [project.budget_yuan for project in reading.projects] == [920_000]
