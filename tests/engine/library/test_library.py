"""The list of runs: complete, newest first, cheap when nothing changed, and at peace with other processes."""

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from engine.library import Library
from engine.library import library as module
from engine.library.glance import glance
from engine.runfile.database import Database
from engine.runfile.lock import hold
from tests.engine.library.recorded import record, started, stepped, steps


@pytest.fixture
def runs(tmp_path) -> Path:
    folder = tmp_path / "runs"
    for name in ("a", "b"):
        record(folder / name, [started(), *steps([4.0, 3.0])])
    return folder


def names(library: Library) -> list[str]:
    return sorted(entry.name for entry in library.entries())


def test_no_folder_is_no_runs(tmp_path):
    assert Library(tmp_path / "runs").entries() == ()


def test_only_runs_are_listed(runs):
    (runs / "notes").mkdir()
    (runs / "letter.txt").write_text("hello")
    (runs / ".aside-c").mkdir()
    shutil.copy(runs / "a" / "run.sqlite", runs / ".aside-c")
    assert names(Library(runs)) == ["a", "b"]


def test_what_was_begun_last_comes_first(runs):
    for name, day in (("a", 2), ("b", 1)):
        set_created(runs / name, f"2026-01-0{day}T10:00:00+00:00")
    assert [entry.name for entry in Library(runs).entries()] == ["a", "b"]
    set_created(runs / "b", "2026-01-02T10:00:00-05:00")  # later, though the clock showed the same
    assert [entry.name for entry in Library(runs).entries()] == ["b", "a"]


def set_created(folder: Path, when: str) -> None:
    with sqlite3.connect(folder / "run.sqlite") as file:
        file.execute("UPDATE about SET value = ? WHERE key = 'created'", (when,))
    file.close()


def test_what_has_not_changed_is_not_read_again(runs, monkeypatch):
    library = Library(runs)
    first = library.entries()
    read = []
    monkeypatch.setattr(module, "glance", lambda folder: read.append(folder.name) or glance(folder))
    assert {id(entry) for entry in library.entries()} == {id(entry) for entry in first}
    assert read == []
    record(runs / "a", [stepped(3, 2.0)], go_on=True)
    assert {entry.name: entry.steps for entry in library.entries()} == {"a": 3, "b": 2}
    assert read == ["a"]


def test_runs_come_and_go_meanwhile(runs):
    library = Library(runs)
    library.entries()
    shutil.rmtree(runs / "a")
    record(runs / "c", [started(), stepped(1, 4.0)])
    assert names(library) == ["b", "c"]


def test_a_folder_that_vanishes_while_it_is_read_is_no_error(runs, monkeypatch):
    library = Library(runs)
    before = module.stamp_of
    monkeypatch.setattr(module, "stamp_of", lambda folder: shutil.rmtree(folder, ignore_errors=True) or before(folder))
    assert {entry.state for entry in library.entries()} == {"empty"}


def test_a_run_is_live_while_somebody_records_it(runs):
    library, database = Library(runs), Database(runs / "a")
    library.entries()
    database.open(go_on=True)
    database.add([stepped(3, 2.0)], database.written)
    assert {entry.name: (entry.state, entry.steps) for entry in library.entries()} == {
        "a": ("live", 3),
        "b": ("recorded", 2),
    }
    database.finish()
    assert {entry.state for entry in library.entries()} == {"recorded"}


def test_a_live_run_of_which_nothing_changed_is_recorded_once_its_lock_is_gone(runs):
    library = Library(runs)
    lock = hold(runs / "a")
    assert {entry.name: entry.state for entry in library.entries()} == {"a": "live", "b": "recorded"}
    live = library.entries()
    assert {id(entry) for entry in library.entries()} == {id(entry) for entry in live}
    lock.release()
    assert {entry.state for entry in library.entries()} == {"recorded"}


def test_runs_from_elsewhere_are_listed_once(runs, tmp_path):
    record(tmp_path / "far" / "away", [started(), stepped(1, 4.0)])
    record(tmp_path / "assets" / "shown", [started(), stepped(1, 4.0)])
    library = Library(runs, given=(tmp_path / "assets" / "shown",))
    for _ in range(2):
        library.also(tmp_path / "far" / "away")
        library.also(runs / "a")
        library.also(tmp_path / "assets" / "shown")
    assert names(library) == ["a", "away", "b", "shown"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_says_so(runs):
    (runs / "a" / "run.sqlite").chmod(0)
    assert {entry.name: entry.state for entry in Library(runs).entries()}["a"] == "damaged"
