"""The writer's thread: what is added reaches the disk in time, in order and once; a disk that refuses is waited for."""

import shutil
import sqlite3
import sys
from collections import deque
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from threading import Event as Signal
from threading import Thread

import numpy as np
import pytest

from engine.annotations import comment, note, read
from engine.events import Attended, Event, Paced, Progressed, Rewound, Saved, Stepped
from engine.runfile import FILE_NAME, Reader, RunFile, database, lock, read_events, schema, writer
from engine.runfile.database import Database, tidy
from engine.runfile.lock import LEFT_OPEN
from engine.trouble import Trouble

HOURS = 10_000.0
LONG = 10.0  # seconds a sound thread does not need


def step(number: int) -> Stepped:
    return Stepped(number, number * 0.1, 1.0, 1e-3, 0.5, number * 10, 0.1, 0.0)


def look(number: int) -> Attended:
    """Too large for the pages that a small file has left."""
    tokens_T, attention_LHTT = (
        np.arange(40, dtype=np.int32),
        np.random.default_rng(1).integers(0, 65535, (4, 4, 40, 40)),
    )
    return Attended(number, number * 0.1, tokens_T, attention_LHTT.astype(np.uint16))


def steps(folder: Path) -> list[int]:
    return [event.step for event in read_events(folder) if isinstance(event, Stepped)]


def add(file: RunFile, *numbers: int) -> None:
    for number in numbers:
        file.add(step(number))


def recorded(folder: Path, *numbers: int) -> None:
    with closing(RunFile(folder)) as file:
        add(file, *numbers)


def journal_mode(folder: Path) -> str:
    with closing(sqlite3.connect(folder / FILE_NAME)) as file:
        return str(file.execute("PRAGMA journal_mode").fetchone()[0])


class Disk:
    """Refuses as long as it has an error, waits as long as it may not go, and notes what it was given."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.error: Exception | None = None
        self.given: list[list[int]] = []
        self.asked, self.go = Signal(), Signal()
        self.go.set()
        self._add = Database.add
        monkeypatch.setattr(Database, "add", lambda *given: self.add(*given))

    def add(self, into: Database, events: Sequence[Event], after: int) -> None:
        self.given.append([event.step for event in events])
        self.asked.set()
        self.go.wait(LONG)
        if self.error:
            raise self.error
        self._add(into, events, after)


@pytest.fixture(autouse=True)
def nobody_waits_for_a_lock(monkeypatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.0)


@pytest.fixture
def disk(monkeypatch) -> Disk:
    return Disk(monkeypatch)


@pytest.fixture
def soon(monkeypatch) -> None:
    """A disk that has refused is asked again in no time."""
    monkeypatch.setattr(writer, "RETRY_SECONDS", 0.001)


def full() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    return error


def test_steps_wait_for_each_other_and_a_checkpoint_for_nothing(tmp_path, disk, monkeypatch):
    monkeypatch.setattr(writer, "FLUSH_SECONDS", HOURS)
    with closing(RunFile(tmp_path)) as file:
        add(file, 1)
        assert disk.asked.wait(LONG)
        disk.asked.clear()
        add(file, 2, 3, 4)
        assert not disk.asked.is_set()
        file.add(Saved(4, 0.4, ".", 0))
        assert disk.asked.wait(LONG)
    assert disk.given == [[1], [2, 3, 4, 4]]


def test_between_two_transactions_it_rests(tmp_path, monkeypatch):
    rests: list[float] = []
    monkeypatch.setattr(writer, "perf_counter", lambda: 100.0)
    monkeypatch.setattr(RunFile, "_rest_until", lambda self, due: rests.append(due))
    recorded(tmp_path, 1)
    assert rests == [100.0 + writer.FLUSH_SECONDS]


def test_the_turn_of_a_few_steps_comes_by_itself(tmp_path, disk):
    with closing(RunFile(tmp_path)) as file:
        add(file, 1)
        assert disk.asked.wait(LONG)
        disk.asked.clear()
        add(file, 2)
        assert disk.asked.wait(LONG)


def test_flushing_says_whether_all_is_on_disk(tmp_path):
    file = RunFile(tmp_path / "run")
    file.add(Progressed(0, 0.0, "Reading corpus", 0.5))
    assert file.flush()
    file.add(Paced(0, 0.0, None))
    assert not file.flush()
    assert not (tmp_path / "run").exists()
    add(file, 1, 2)
    assert file.flush()
    assert file.recorded == 3
    assert steps(tmp_path / "run") == [1, 2]
    file.close()


def test_a_run_that_is_killed_is_read_up_to_its_last_flush(tmp_path):
    file = RunFile(tmp_path / "live")
    add(file, *range(1, 6))
    assert file.flush()
    shutil.copytree(tmp_path / "live", tmp_path / "killed", ignore=shutil.ignore_patterns("*.lock"))
    assert steps(tmp_path / "killed") == steps(tmp_path / "live") == [1, 2, 3, 4, 5]
    with closing(RunFile(tmp_path / "killed", go_on=True)) as other:
        add(other, 6)
    assert steps(tmp_path / "killed") == [1, 2, 3, 4, 5, 6]
    assert [path.name for path in (tmp_path / "killed").iterdir()] == [FILE_NAME]
    file.close()


def test_numbers_go_on_where_they_ended(tmp_path):
    recorded(tmp_path, 1, 2)
    with closing(RunFile(tmp_path, go_on=True)) as file:
        file.add(Rewound(1, 0.1, 2))
        add(file, 2)
        assert file.flush()
        assert file.recorded == 4


def test_a_reader_that_stays_does_not_disturb_the_end(tmp_path):
    file = RunFile(tmp_path)
    add(file, 1)
    assert file.flush()
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as reader:
        reader.execute("BEGIN")
        assert len(reader.execute("SELECT * FROM stepped").fetchall()) == 1
        add(file, 2)
        file.close()
        assert steps(tmp_path) == [1, 2]
        tidy(tmp_path)
        assert journal_mode(tmp_path) == "wal"
    tidy(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]
    assert journal_mode(tmp_path) == "delete"
    assert steps(tmp_path) == [1, 2]


@pytest.mark.parametrize("first", ["the reader", "the writer", "the writer, unseen"])
def test_one_clean_file_is_left_whoever_goes_first(tmp_path, first):
    file = RunFile(tmp_path)
    add(file, 1)
    assert file.flush()
    with Reader(tmp_path) as reader:
        recording = reader.recording()
        reader.take_in(recording)
        add(file, 2)
        if first == "the writer":
            file.close()
            assert reader.take_in(recording)
            assert recording.count(Stepped) == 2
            assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]
        elif first == "the writer, unseen":
            file.close()
            assert LEFT_OPEN in {path.name for path in tmp_path.iterdir()}
    file.close()
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]
    assert journal_mode(tmp_path) == "delete"


def test_a_run_is_not_tidied_while_it_is_recorded_nor_where_there_is_none(tmp_path):
    tidy(tmp_path)
    with closing(RunFile(tmp_path)) as file:
        add(file, 1)
        assert file.flush()
        tidy(tmp_path)
        assert journal_mode(tmp_path) == "wal"
    (tmp_path / LEFT_OPEN).touch()
    (tmp_path / FILE_NAME).unlink()
    tidy(tmp_path)
    assert not (tmp_path / FILE_NAME).exists()


@pytest.mark.parametrize(("limit", "why"), [("max_page_count=1", "full"), ("query_only=1", "may not be written")])
def test_what_waits_for_room_is_written_when_there_is_some(tmp_path, soon, limit, why):
    with closing(RunFile(tmp_path)) as file:
        add(file, 1)
        assert file.flush()
        file._database._file.execute(f"PRAGMA {limit}")  # until it is opened anew
        for number in (2, 3):
            file.add(look(number))
            add(file, number)
        while file.recorded < 5 or file.trouble:
            file.flush()
        first, then = file.news()
    assert why in first.message
    assert "again" in then.message
    assert not file.news()
    assert file.trouble is None
    assert [event.step for event in read_events(tmp_path)] == [1, 2, 2, 3, 3]


def test_trouble_is_told_once_and_kept_while_it_lasts(tmp_path, disk, soon):
    file = RunFile(tmp_path)
    disk.error = full()
    add(file, 1)
    assert not file.flush()
    assert [news.message for news in file.news()] == ["The run is not being recorded: the disk is full."]
    while len(disk.given) < 4:
        file.flush()
    assert file.trouble
    assert not file.news()
    disk.error = None
    file.close()
    assert steps(tmp_path) == [1]


def test_what_could_not_be_written_to_the_end_is_counted_in_words(tmp_path, disk):
    file = RunFile(tmp_path)
    add(file, 1)
    assert file.flush()
    disk.error = full()
    add(file, 2, 3)
    with pytest.raises(Trouble, match=r"last 2 events .* the disk is full"):
        file.close()
    file.close()  # says nothing more
    assert steps(tmp_path) == [1]


def test_the_memory_is_not_filled_for_a_disk_that_stays_full(tmp_path, disk, monkeypatch):
    monkeypatch.setattr(writer, "MOST_EVENTS", 3)
    file = RunFile(tmp_path)
    add(file, 1)
    assert file.flush()
    disk.error = full()
    add(file, 2)
    assert not file.flush()
    with pytest.raises(Trouble, match="3 events wait"):
        add(file, 3, 4, 5, 6)
    add(file, 7)  # once is enough
    file.close()
    assert steps(tmp_path) == [1]


def test_looks_that_are_written_make_room_for_others(tmp_path, monkeypatch):
    monkeypatch.setattr(writer, "MOST_BYTES", look(1).attention_LHTT.nbytes)
    monkeypatch.setattr(writer, "PATIENCE", LONG)
    with closing(RunFile(tmp_path)) as file:
        add(file, 1)
        for number in range(2, 6):
            file.add(look(number))
            assert file.flush()


def test_training_waits_for_a_disk_that_is_slow(tmp_path, disk, monkeypatch):
    monkeypatch.setattr(writer, "MOST_EVENTS", 3)
    disk.go.clear()
    file = RunFile(tmp_path)
    trainer = Thread(target=add, args=(file, *range(1, 11)))
    trainer.start()
    assert disk.asked.wait(LONG)
    disk.go.set()
    trainer.join(LONG)
    file.close()
    assert steps(tmp_path) == list(range(1, 11))
    assert max(len(given) for given in disk.given) == 3


@pytest.mark.parametrize("limits", [{"MOST_EVENTS": 2}, {"MOST_BYTES": 1000}])
def test_training_does_not_wait_for_ever_for_a_disk_that_is_dead(tmp_path, disk, monkeypatch, limits):
    for name, value in {"PATIENCE": 0.01, **limits}.items():
        monkeypatch.setattr(writer, name, value)
    disk.go.clear()
    file = RunFile(tmp_path)
    add(file, 1)
    assert disk.asked.wait(LONG)
    with pytest.raises(Trouble, match="wait for a disk"):
        deque(map(file.add, map(look, range(2, 6))), maxlen=0)
    disk.go.set()
    file.close()
    assert steps(tmp_path) == [1]


def test_closing_does_not_wait_for_ever_either(tmp_path, disk, monkeypatch):
    monkeypatch.setattr(writer, "CLOSE_SECONDS", 0.01)
    disk.go.clear()
    file = RunFile(tmp_path)
    add(file, 1)
    with pytest.raises(Trouble, match="does not answer"):
        file.close()
    disk.go.set()


@pytest.mark.skipif(sys.platform == "win32", reason="a folder with an open file cannot go there")
def test_a_drive_that_is_unplugged_and_comes_back(tmp_path, soon):
    with closing(RunFile(tmp_path / "run")) as file:
        add(file, 1)
        assert file.flush()
        (tmp_path / "run").rename(tmp_path / "away")
        add(file, 2)
        assert not file.flush()
        assert "not there any more" in file.news()[0].message
        assert not (tmp_path / "run").exists()
        (tmp_path / "away").rename(tmp_path / "run")
        add(file, 3)
        while file.recorded < 3 or file.trouble:
            file.flush()
    assert steps(tmp_path / "run") == [1, 2, 3]


def test_another_run_in_its_place_is_not_added_to(tmp_path, disk, soon):
    recorded(tmp_path / "other", 1, 2, 3, 4, 5)
    file = RunFile(tmp_path / "run")
    add(file, 1)
    assert file.flush()
    disk.error = OSError("unplugged")
    add(file, 2)
    assert not file.flush()
    file._database._drop()
    shutil.copy(tmp_path / "other" / FILE_NAME, tmp_path / "run" / FILE_NAME)
    disk.error = None
    with pytest.raises(Trouble, match="another run now"):
        file.close()
    assert steps(tmp_path / "run") == [1, 2, 3, 4, 5]


def test_what_is_on_disk_although_it_was_said_to_have_failed_is_not_written_twice(tmp_path, soon, monkeypatch):
    def lying(self: Database, events: Sequence[Event], after: int) -> None:
        really(self, events, after)
        lies.append(after)
        if len(lies) == 1:
            self._drop()
            raise OSError("the answer was lost")

    really, lies = Database.add, []
    monkeypatch.setattr(Database, "add", lying)
    with closing(RunFile(tmp_path)) as file:
        add(file, 1)
        while file.recorded < 1 or file.trouble:
            file.flush()
        add(file, 2)
    assert lies == [0, 0, 1]
    assert steps(tmp_path) == [1, 2]


def test_an_event_that_no_file_can_hold_ends_the_recording_with_a_sentence(tmp_path):
    file = RunFile(tmp_path)
    add(file, 1)
    assert file.flush()
    file.add(Paced(1, 0.1, object()))
    with pytest.raises(Trouble, match="not JSON serializable"):
        file.close()
    assert steps(tmp_path) == [1]


def test_pages_that_are_damaged_end_the_recording_with_a_sentence(tmp_path):
    recorded(tmp_path, *range(1, 2000))
    whole = (tmp_path / FILE_NAME).read_bytes()
    (tmp_path / FILE_NAME).write_bytes(whole[:4096] + bytes(len(whole) - 4096))
    file = RunFile(tmp_path, go_on=True)
    add(file, 2000)
    with pytest.raises(Trouble, match="the file is damaged"):
        file.close()
    assert (tmp_path / FILE_NAME).stat().st_size == len(whole)


def test_a_folder_that_may_not_be_written_to_is_trouble_once(tmp_path, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    file = RunFile(tmp_path / "run")
    monkeypatch.setattr(Path, "mkdir", refuse)
    add(file, 1)
    file.flush()
    with pytest.raises(Trouble, match=r"cannot be recorded .* may not be written to"):
        add(file, 2)
    add(file, 3)
    file.close()


def test_a_second_writer_is_refused_with_a_word(tmp_path):
    with closing(RunFile(tmp_path)) as file:
        add(file, 1)
        assert file.flush()
        with pytest.raises(Trouble, match="being recorded by another"):
            RunFile(tmp_path, go_on=True)
        other = RunFile(tmp_path)
        add(other, 7)
        with pytest.raises(Trouble, match="being recorded by another"):
            other.close()
        add(file, 2)
    assert steps(tmp_path) == [1, 2]
    RunFile(tmp_path, go_on=True).close()


def test_who_goes_on_keeps_others_away_from_the_beginning(tmp_path):
    recorded(tmp_path, 1)
    file = RunFile(tmp_path, go_on=True)
    with pytest.raises(Trouble, match="being recorded by another"):
        RunFile(tmp_path, go_on=True)
    file.close()
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def test_a_folder_with_checkpoints_alone_gets_a_new_record(tmp_path):
    (tmp_path / "checkpoints").mkdir()
    with closing(RunFile(tmp_path, go_on=True)) as file:
        file.add(Rewound(5, 0.5, 5))
        add(file, 6)
    assert steps(tmp_path) == [6]


def test_a_file_with_code_of_its_own_is_not_added_to(tmp_path):
    recorded(tmp_path, 1)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as file:
        file.execute("CREATE TRIGGER harm AFTER INSERT ON stepped BEGIN DELETE FROM stepped; END")
    file = RunFile(tmp_path, go_on=True)
    add(file, 2)
    with pytest.raises(Trouble, match="has triggers"):
        file.close()
    assert steps(tmp_path) == [1]


def test_a_file_that_leads_elsewhere_is_not_added_to(tmp_path):
    recorded(tmp_path / "other", 1)
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / FILE_NAME).symlink_to(tmp_path / "other" / FILE_NAME)
    file = RunFile(tmp_path / "run", go_on=True)
    add(file, 2)
    with pytest.raises(Trouble, match="is a link"):
        file.close()
    assert steps(tmp_path / "other") == [1]


def test_a_place_that_is_not_safe_is_said_and_has_no_log(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "unsafe", lambda folder: "is on a network drive (nfs)")
    file = RunFile(tmp_path)
    add(file, 1)
    assert file.flush()
    assert [news.message for news in file.news()] == ["The run's folder is on a network drive (nfs)."]
    assert journal_mode(tmp_path) == "delete"
    add(file, 2)
    file.close()
    assert steps(tmp_path) == [1, 2]


def test_elsewhere_there_is_a_log_and_nothing_to_say(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "unsafe", lambda folder: "")
    with closing(RunFile(tmp_path)) as file:
        add(file, 1)
        assert file.flush()
        assert journal_mode(tmp_path) == "wal"
        assert not file.news()


def test_a_clock_that_is_set_back_changes_nothing(tmp_path, monkeypatch):
    class Earlier(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(1999, 1, 1)

    recorded(tmp_path, 1, 2)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as file:
        (made,) = file.execute("SELECT value FROM about WHERE key = 'created'").fetchone()
    monkeypatch.setattr(schema, "datetime", Earlier)
    monkeypatch.setattr("time.time", lambda: 0.0)
    with closing(RunFile(tmp_path, go_on=True)) as again:
        add(again, 3)
        assert again.flush()
        add(again, 4)
    assert steps(tmp_path) == [1, 2, 3, 4]
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as file:
        assert file.execute("SELECT value FROM about WHERE key = 'created'").fetchone() == (made,)


def test_a_note_is_written_at_once_and_one_before_the_first_step_with_it(tmp_path):
    with closing(RunFile(tmp_path / "run", group="five seeds")) as file:
        file.annotate(comment("begun in the rain"))
        file.flush()
        assert not (tmp_path / "run").exists()
        add(file, 1)
        assert file.flush()
        file.annotate(note(1, "here"))
        assert file.flush()
        found = read(tmp_path / "run")
    assert (found.comment, found.group) == ("begun in the rain", "five seeds")
    assert [note.text for note in found.notes] == ["here"]


def test_a_run_that_is_gone_on_with_joins_a_group_or_stays_in_its_own(tmp_path):
    recorded(tmp_path, 1)
    for group in ("five seeds", ""):
        with closing(RunFile(tmp_path, go_on=True, group=group)) as file:
            add(file, 2)
        assert read(tmp_path).group == "five seeds"


def test_a_note_on_a_run_that_is_gone_on_with_but_not_played_leaves_its_record_alone(tmp_path):
    recorded(tmp_path, 1)
    with closing(RunFile(tmp_path, go_on=True)) as file:
        file.add(Rewound(1, 0.1, 1))
        file.annotate(note(1, "here"))
        file.flush()
        assert [note.text for note in read(tmp_path).notes] == ["here"]
    assert len(list(read_events(tmp_path))) == 1


def test_a_note_that_the_file_refuses_costs_no_event(tmp_path):
    with closing(RunFile(tmp_path)) as file:
        add(file, 1)
        file.annotate(lambda connection: connection.execute("INSERT INTO nowhere VALUES (1)"))
        assert file.flush()
        add(file, 2)
        assert [news.message for news in file.news()] == ["It cannot be written on the run: no such table: nowhere."]
    assert steps(tmp_path) == [1, 2]


def test_after_the_end_nothing_is_taken(tmp_path):
    file = RunFile(tmp_path)
    add(file, 1)
    file.close()
    add(file, 2)
    with pytest.raises(Trouble, match="not being recorded"):
        file.annotate(note(1, "late"))
    assert steps(tmp_path) == [1]
