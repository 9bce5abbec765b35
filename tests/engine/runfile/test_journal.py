"""A journal that a stranger laid beside a run file must not cost a file elsewhere."""

import struct
from pathlib import Path

import pytest

from engine.annotations import rename, write
from engine.library import Library
from engine.library.deletion import drop_looks
from engine.runfile import FILE_NAME, Reader, RunFile
from engine.runfile.journal import MAGIC
from engine.trouble import Trouble
from tests.engine.runfile.files import record, step

HEADER = 512


@pytest.fixture
def harmed(tmp_path) -> tuple[Path, Path]:
    """A run whose journal says that SQLite is to delete a file that lies outside; and that file."""
    folder, precious = record(tmp_path / "runs" / "quiet-river", [step(1), step(2)]), tmp_path / "precious.txt"
    precious.write_text("not a run")
    journal(folder, str(precious).encode())
    return folder, precious


def journal(folder: Path, other: bytes = b"") -> Path:
    """One that was left by a program that was killed before it changed a page."""
    file = (folder / FILE_NAME).read_bytes()
    (page,) = struct.unpack(">H", file[16:18])
    head = MAGIC + struct.pack(">IIIII", 0, 1, len(file) // page, HEADER, page)
    name = struct.pack(">I", 0x4000_0000 // page + 1) + other + struct.pack(">II", len(other), sum(other)) + MAGIC
    path = folder / f"{FILE_NAME}-journal"
    path.write_bytes(head.ljust(HEADER, b"\0") + (name if other else b""))
    return path


@pytest.mark.parametrize("does", [Reader, lambda folder: write(folder, rename("mine")), drop_looks])
def test_one_that_leads_elsewhere_is_refused_in_words(harmed, does):
    folder, precious = harmed
    with pytest.raises(Trouble, match="journal leads to another file, so it is left alone"):
        does(folder)
    assert precious.read_text() == "not a run"


def test_a_run_with_such_a_journal_is_not_gone_on_with(harmed):
    folder, precious = harmed
    file = RunFile(folder, go_on=True)
    file.add(step(3))
    with pytest.raises(Trouble, match="leads to another file"):
        file.close()
    assert precious.exists()


def test_the_library_says_so_and_the_other_file_stays(harmed):
    folder, precious = harmed
    (entry,) = Library(folder.parent).entries()
    assert entry.state == "damaged"
    assert "leads to another file" in entry.says
    assert precious.exists()


def test_one_of_a_program_that_was_killed_is_still_taken_back(tmp_path):
    folder = record(tmp_path / "run", [step(1)])
    left = journal(folder)
    with Reader(folder) as reader:
        assert reader.recording().last_step == 1
    assert not left.exists()
