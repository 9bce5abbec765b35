"""What a person writes on a run comes back, is kept within bounds, and never meets the writer of a run at work."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from engine.annotations import (
    LONGEST,
    Annotations,
    change_note,
    comment,
    delete_note,
    note,
    read,
    rename,
    tag,
    write,
)
from engine.events import Stepped
from engine.runfile import FILE_NAME, SCHEMA, Reader, RunFile, database, lock, packs, read_events
from engine.runfile.database import tidy
from engine.trouble import Trouble


def record(folder: Path, *numbers: int, group: str = "") -> Path:
    with closing(RunFile(folder, group=group)) as file:
        for number in numbers:
            file.add(Stepped(number, number * 0.1, 1.0, 1e-3, 0.5, number * 10, 0.1, 0.0))
    return folder


@pytest.fixture
def run(tmp_path) -> Path:
    return record(tmp_path / "run", 1, 2)


def test_a_run_that_nobody_wrote_on_has_nothing(run):
    assert read(run) == Annotations()
    assert read(record(run.parent / "one", 1, group="five seeds")).group == "five seeds"


def test_name_comment_and_tags_come_back(run):
    write(run, rename("  the\none with  Muon "))
    write(run, comment("Two lines\nof words. 🌱"))
    write(run, tag(["lesson 3", "muon", " muon", "", "lesson 3"]))
    assert read(run) == Annotations("the one with Muon", "Two lines\nof words. 🌱", ("lesson 3", "muon"))
    write(run, rename(""))
    write(run, tag(()))
    assert read(run)[:3] == ("", "Two lines\nof words. 🌱", ())


def test_notes_are_by_step_and_can_be_changed(run):
    for step, text in ((2, "later"), (1, "sooner"), (1, "again")):
        write(run, note(step, text))
    notes = read(run).notes
    assert [(note.step, note.text) for note in notes] == [(1, "sooner"), (1, "again"), (2, "later")]
    write(run, change_note(notes[0].key, "much sooner"))
    write(run, delete_note(notes[1].key))
    write(run, delete_note(notes[1].key))
    after = read(run).notes
    assert [(note.text, note.made) for note in after] == [("much sooner", notes[0].made), ("later", notes[2].made)]


def test_words_that_cannot_be_written_are_bent_and_long_ones_cut(run):
    write(run, comment("half \ud83c character " + "x" * 2 * LONGEST))
    said = read(run).comment
    assert said.startswith("half ? character xx")
    assert len(said) == LONGEST


def test_one_clean_file_is_left(run):
    write(run, note(1, "here"))
    assert [path.name for path in run.iterdir()] == [FILE_NAME]
    assert len(list(read_events(run))) == 2


def test_a_reader_that_watches_sees_it_and_does_not_disturb(run):
    with Reader(run) as reader:
        recording = reader.recording()
        write(run, note(1, "here"))
        assert reader.take_in(recording)
        assert [note.text for note in recording.notes] == ["here"]
        write(run, rename("amber"))
        assert reader.take_in(recording)
        assert recording.name == "amber"
    tidy(run)
    assert [path.name for path in run.iterdir()] == [FILE_NAME]


def test_a_run_of_the_first_schema_becomes_one_of_this(run):
    with closing(sqlite3.connect(run / FILE_NAME)) as file:
        for name in ("curve", "validation", "average_validation", "summary"):
            file.execute(f"DROP VIEW IF EXISTS {name}")
        file.executescript("DROP TABLE note; DROP TABLE packed; PRAGMA application_id=0; PRAGMA user_version=1")
    assert read(run) == Annotations()
    write(run, note(2, "here"))
    assert [note.text for note in read(run).notes] == ["here"]
    with closing(sqlite3.connect(run / FILE_NAME)) as file:
        assert file.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
    assert len(list(read_events(run))) == 2


def test_nothing_is_written_on_a_run_that_somebody_records(run, monkeypatch):
    monkeypatch.setattr(lock, "PATIENCE", 0.0)
    with closing(RunFile(run, go_on=True)), pytest.raises(Trouble, match="being recorded by another"):
        write(run, note(1, "here"))
    write(run, note(1, "now"))
    assert [note.text for note in read(run).notes] == ["now"]


@pytest.mark.parametrize(("place", "mode"), [("", "wal"), ("is on a network drive (nfs)", "delete")])
def test_where_two_computers_may_look_there_is_no_log_either(run, monkeypatch, place, mode):
    monkeypatch.setattr(database, "unsafe", lambda folder: place)
    modes: list[str] = []
    write(run, lambda file: modes.append(file.execute("PRAGMA journal_mode").fetchone()[0]))
    assert modes == [mode]


def test_words_take_no_time_however_long_the_run(run, monkeypatch):
    monkeypatch.setattr(packs, "SPAN", 2)
    write(run, note(1, "here"))
    with closing(sqlite3.connect(run / FILE_NAME)) as file:
        assert file.execute("SELECT count(*) FROM packed").fetchone() == (0,)


def test_nothing_is_made_where_no_run_is(tmp_path):
    for nowhere in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(Trouble, match="Nothing can be written"):
            write(nowhere, note(1, "here"))
        assert not (nowhere / FILE_NAME).exists()
    assert not (tmp_path / "nowhere").exists()


def test_a_damaged_file_and_one_of_a_newer_program_stay_as_they_are(run):
    with closing(sqlite3.connect(run / FILE_NAME)) as file:
        file.execute("PRAGMA user_version=99")
    with pytest.raises(Trouble, match="schema 99"):
        write(run, note(1, "here"))
    (run / FILE_NAME).write_bytes(b"no database at all " * 100)
    with pytest.raises(Trouble, match="not a database"):
        write(run, note(1, "here"))
    assert [path.name for path in run.iterdir()] == [FILE_NAME]


def test_a_table_whose_rows_are_not_numbered_is_told(run):
    with closing(sqlite3.connect(run / FILE_NAME)) as file, file:
        file.execute("ALTER TABLE validated RENAME TO aside")
        file.execute("CREATE TABLE validated (id TEXT PRIMARY KEY, step, time, loss, tokens)")
        file.execute("INSERT INTO validated VALUES ('first', 1, 0.1, 2.0, 5)")
    with pytest.raises(Trouble, match="not numbered as in a run"):
        write(run, note(1, "here"))
