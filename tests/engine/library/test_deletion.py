"""Deleting: into the trash and nothing else, never what is no run of ours, and looks without a number lost."""

import sqlite3
from pathlib import Path

import pytest
import send2trash

from engine.library import Library
from engine.runfile import read_events
from engine.runfile.lock import hold
from engine.trouble import Trouble
from tests.engine.library.recorded import attended, record, started, stepped, steps


@pytest.fixture
def runs(tmp_path) -> Path:
    record(tmp_path / "runs" / "a", [started(), *steps([4.0, 3.0]), *(attended(2) for _ in range(50))])
    return tmp_path / "runs"


@pytest.fixture
def trash(tmp_path, monkeypatch) -> Path:
    """In place of the person's own."""
    folder = tmp_path / "trash"
    folder.mkdir()
    monkeypatch.setattr(send2trash, "send2trash", lambda path: Path(path).rename(folder / Path(path).name))
    return folder


def test_a_run_goes_into_the_trash_whole(runs, trash):
    library = Library(runs)
    library.delete(library.entries()[0].folder, heavy_only=False)
    assert library.entries() == ()
    assert [path.name for path in (trash / "a").iterdir()] == ["run.sqlite"]


def test_without_a_trash_nothing_changes_and_it_is_said(runs, monkeypatch):
    def none(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(send2trash, "send2trash", none)
    with pytest.raises(Trouble, match="trash: Permission denied") as trouble:
        Library(runs).delete(runs / "a", heavy_only=False)
    assert "still there" in trouble.value.advice
    assert (runs / "a" / "run.sqlite").exists()


def test_looks_go_and_all_else_stays(runs):
    library = Library(runs)
    before = library.entries()[0]
    library.delete(before.folder, heavy_only=True)
    after = library.entries()[0]
    assert before.heavy_bytes > 0
    assert after.heavy_bytes == 0
    assert after.bytes < before.bytes
    assert (after.loss, after.steps, after.settings) == (before.loss, before.steps, before.settings)
    assert [type(event).__name__ for event in read_events(runs / "a")] == ["Started", "Stepped", "Stepped"]
    assert [path.name for path in (runs / "a").iterdir()] == ["run.sqlite"]


@pytest.mark.parametrize("heavy_only", [True, False])
def test_a_run_that_is_recorded_now_is_left_alone(runs, trash, heavy_only):
    lock = hold(runs / "a")
    with pytest.raises(Trouble, match="is being recorded now"):
        Library(runs).delete(runs / "a", heavy_only)
    lock.release()
    assert Library(runs).entries()[0].heavy_bytes > 0


@pytest.mark.parametrize("heavy_only", [True, False])
def test_a_link_is_never_followed(runs, tmp_path, trash, heavy_only):
    record(tmp_path / "far" / "away", [started(), stepped(1, 4.0), attended(1)])
    (runs / "linked").symlink_to(tmp_path / "far" / "away")
    (runs / "half").mkdir()
    (runs / "half" / "run.sqlite").symlink_to(tmp_path / "far" / "away" / "run.sqlite")
    for name in ("linked", "half"):
        with pytest.raises(Trouble, match="link"):
            Library(runs).delete(runs / name, heavy_only)
    assert list(trash.iterdir()) == []
    assert len(list(read_events(tmp_path / "far" / "away"))) == 3


def test_what_lies_elsewhere_is_deleted_only_when_it_was_opened_by_hand(runs, tmp_path, trash):
    away = tmp_path / "far" / "away"
    record(away, [started(), stepped(1, 4.0)])
    library = Library(runs)
    for folder in (away, runs / "a" / ".." / ".." / "far" / "away", runs, tmp_path):
        with pytest.raises(Trouble, match="no run of this library"):
            library.delete(folder, heavy_only=False)
    library.also(away)
    library.delete(away, heavy_only=False)
    assert [path.name for path in trash.iterdir()] == ["away"]
    assert [entry.name for entry in library.entries()] == ["a"]


def test_what_came_with_the_program_stays(runs, tmp_path, trash):
    record(tmp_path / "assets" / "shown", [started(), stepped(1, 4.0)])
    library = Library(runs, given=(tmp_path / "assets" / "shown",))
    with pytest.raises(Trouble, match="came with the program"):
        library.delete(tmp_path / "assets" / "shown", heavy_only=False)


def test_a_file_with_statements_of_its_own_is_not_written_to(runs):
    with sqlite3.connect(runs / "a" / "run.sqlite") as file:
        file.execute("CREATE TRIGGER more AFTER DELETE ON attended BEGIN DELETE FROM stepped; END")
    file.close()
    with pytest.raises(Trouble, match="triggers"):
        Library(runs).delete(runs / "a", heavy_only=True)
    assert Library(runs).entries()[0].heavy_bytes > 0


def test_a_damaged_run_keeps_its_looks_and_says_why(runs):
    (runs / "a" / "run.sqlite").write_bytes(b"no database at all, and yet some bytes" * 100)
    with pytest.raises(Trouble, match="could not be deleted"):
        Library(runs).delete(runs / "a", heavy_only=True)
