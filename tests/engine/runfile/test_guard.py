"""A run file of a stranger: no code, no time, no memory, no path is its to take."""

import io
import shutil
import sqlite3
import zlib
from contextlib import closing, suppress
from pathlib import Path

import numpy as np
import pytest

from engine.events import KINDS, Attended, Started, Stepped, Turned, Wrote
from engine.runfile import FILE_NAME, Reader, guard, values
from engine.runfile.schema import APPLICATION, SCHEMA
from engine.trouble import Trouble
from tests.engine.runfile.files import harmed, record, step
from tests.engine.runfile.test_reader import look
from tests.fakes import events


def opened(folder: Path) -> tuple[object, tuple[str, ...]]:
    """The recording, and what was said about it."""
    with Reader(folder) as reader:
        return reader.recording(), reader.warnings


def steps(folder: Path) -> list[float]:
    recording, _ = opened(folder)
    return recording.curve(Stepped, "step")[0].tolist()


def test_a_file_of_a_newer_program_says_which_wrote_it(tmp_path):
    record(tmp_path, [step(1)])
    with harmed(tmp_path) as file:
        file.execute("PRAGMA user_version=99")
        file.execute("UPDATE about SET value = 'lm-terrarium 9.1' WHERE key = 'program'")
    with pytest.raises(Trouble, match=rf"schema 99, written by lm-terrarium 9.1; this program reads up to {SCHEMA}"):
        Reader(tmp_path)


@pytest.mark.parametrize("numbers", [(0, 0), (2, 7), (2, 0), (1, APPLICATION), (-1, 0)])
def test_a_database_of_another_program_is_no_run(tmp_path, numbers):
    record(tmp_path, [step(1)])
    with harmed(tmp_path) as file:
        file.execute(f"PRAGMA user_version={numbers[0]}")
        file.execute(f"PRAGMA application_id={numbers[1]}")
    with pytest.raises(Trouble, match="a database, but no run"):
        Reader(tmp_path)


@pytest.mark.parametrize("content", [b"", b"no database at all " * 999, b"SQLite format 3\x00" + b"\x07" * 5000])
def test_what_is_no_database_is_refused(tmp_path, content):
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(Trouble, match="no run"):
        Reader(tmp_path)


def test_only_what_lies_in_real_tables_is_read(tmp_path):
    record(tmp_path, [step(1), Turned(1, 0.1, "clip", 1.0), look(1)])
    with harmed(tmp_path) as file:
        file.execute("ALTER TABLE turned RENAME TO aside")
        file.execute("CREATE VIEW turned AS SELECT * FROM aside, (SELECT 1 UNION SELECT 2)")
        file.execute("DROP TABLE wrote")
        file.execute(
            "CREATE VIRTUAL TABLE wrote USING fts5(id, step, time, prompt, text, temperature, top_k, top_p, seed)"
        )
        file.execute("INSERT INTO wrote VALUES (1, 1, 1, 'a', 'b', 1, 1, 1, 1)")
    recording, warnings = opened(tmp_path)
    assert (recording.count(Turned), recording.count(Wrote), recording.count(Attended)) == (0, 0, 1)
    assert warnings == ()


def test_a_column_that_is_computed_is_not_read(tmp_path):
    record(tmp_path, [step(1), Turned(1, 0.1, "clip", 1.0)])
    with harmed(tmp_path) as file:
        file.execute("DROP TABLE turned")
        bomb = "printf('%.*c', 1000000, 'x')"
        file.execute(f"CREATE TABLE turned (id INTEGER PRIMARY KEY, step, time, knob AS ({bomb}), value)")
        file.execute("INSERT INTO turned (step, time, value) VALUES (1, 1, 1)")
    recording, warnings = opened(tmp_path)
    assert recording.count(Turned) == 0
    assert "turned" in warnings[0]


def test_a_trigger_does_nothing_and_nothing_is_written(tmp_path):
    record(tmp_path, [step(1)])
    with harmed(tmp_path) as file:
        file.execute("CREATE TRIGGER t AFTER INSERT ON stepped BEGIN DELETE FROM stepped; END")
    before = (tmp_path / FILE_NAME).read_bytes()
    assert steps(tmp_path) == [1]
    assert (tmp_path / FILE_NAME).read_bytes() == before
    with (
        closing(guard.connect(tmp_path / FILE_NAME)) as file,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        file.execute("DELETE FROM stepped")


def test_a_default_that_would_fill_the_memory_is_not_read(tmp_path):
    record(tmp_path, [step(1)])
    with harmed(tmp_path) as file:
        file.execute(f"ALTER TABLE turned ADD COLUMN extra TEXT DEFAULT '{'x' * 20_000}'")
        file.executemany("INSERT INTO turned (step, time, knob, value) VALUES (1, 1, 'clip', 1)", [()] * 5)
    recording, warnings = opened(tmp_path)
    assert recording.count(Turned) == 0
    assert "turned" in warnings[0]


def test_a_statement_that_takes_too_long_is_ended(tmp_path, monkeypatch):
    record(tmp_path, [step(1)])
    monkeypatch.setattr(guard, "OPERATIONS", 100)
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
    with closing(guard.connect(tmp_path / FILE_NAME)) as file:
        monkeypatch.setattr(guard, "STATEMENT_SECONDS", -1.0)
        with pytest.raises(sqlite3.OperationalError, match="interrupted"):
            file.execute(endless).fetchone()


def array(made: np.ndarray) -> bytes:
    raw = io.BytesIO()
    np.save(raw, made)
    return zlib.compress(raw.getvalue())


def header(shape: str, descr: str = "<f4") -> bytes:
    """An array that says more than it holds."""
    raw = io.BytesIO()
    text = f"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}"
    raw.write(b"\x93NUMPY\x01\x00" + (len(text) + 1).to_bytes(2, "little") + text.encode() + b"\n" + b"\0" * 64)
    return zlib.compress(raw.getvalue())


@pytest.mark.parametrize(
    "blob",
    [
        header("(1000000000, 1000000000)"),
        header("(-1, 5, 1, 1)"),
        header("(100,)"),
        header("(1, 1, 2, 2)", "|O"),
        header("(1, 1, 2, 2)", "|S4"),
        array(np.zeros((1, 1, 3, 3), np.uint16)),  # of three tokens where there are two
        array(np.zeros(4, np.uint16)),
        array(np.zeros((0, 1, 2, 2), np.uint16)),
        array(np.zeros((1, 300, 2, 2), np.uint16)),
        array(np.zeros((1, 1, 2, 2))),  # shares that are no whole numbers
        array(np.full((1, 1, 2, 2), -1)),
        zlib.compress(b"\x93NUMPY\x02\x00"),
        b"no zlib",
        None,
        7,
    ],
)
def test_an_array_that_is_not_as_declared_is_not_shown(tmp_path, blob):
    record(tmp_path, [step(1), look(1), step(2), look(2)])
    with harmed(tmp_path) as file:
        file.execute("UPDATE attended SET attention_LHTT = ? WHERE step = 2", (blob,))
    with Reader(tmp_path) as reader:
        recording = reader.recording()
        assert recording.latest(Attended, 1).step == 1
        assert recording.latest(Attended, 2).step == 1  # the last one that can be shown


def test_memory_is_given_to_an_array_only_when_its_size_is_known(monkeypatch):
    huge = zlib.compress(zlib.decompress(array(np.zeros(4))) + b"\0" * 50_000_000)
    assert values.array_of(huge).tolist() == [0, 0, 0, 0]  # what it says counts, not what it unpacks to
    monkeypatch.setattr(values, "LARGEST_ARRAY", 31)
    with pytest.raises(ValueError, match="too large"):
        values.array_of(huge)


@pytest.mark.parametrize("settings", ["[1, 2]", "7", "null", '"text"', "{", "[" * 100_000, f'{{"a": "{"x" * 2**20}"}}'])
def test_settings_that_are_none_are_left_out(tmp_path, settings):
    record(tmp_path, events(5))
    with harmed(tmp_path) as file:
        file.execute("UPDATE started SET settings = ?", (settings,))
    recording, warnings = opened(tmp_path)
    assert recording.latest(Started) is None
    assert recording.last_step == 5
    assert "started" in warnings[0]


@pytest.mark.parametrize("wrong", ["'soon'", "NULL", "-1", "1e300", "x'00'", "9223372036854775807"])
def test_a_step_that_is_none_is_left_out(tmp_path, wrong):
    record(tmp_path, [step(1), Turned(1, 0.1, "clip", 1.0), look(1), step(2), Turned(2, 0.1, "clip", 1.0), look(2)])
    with harmed(tmp_path) as file:
        for name in ("stepped", "turned", "attended"):
            file.execute(f"UPDATE {name} SET step = {wrong} WHERE step = 2")
    recording, warnings = opened(tmp_path)
    assert recording.last_step == 1
    assert [recording.count(kind) for kind in (Stepped, Turned, Attended)] == [1, 1, 1]
    assert "attended, stepped, turned" in warnings[0]


def test_a_link_is_read_and_never_written_through(tmp_path):
    record(tmp_path / "real", [step(1)])
    (tmp_path / "link").mkdir()
    (tmp_path / "link" / FILE_NAME).symlink_to(tmp_path / "real" / FILE_NAME)
    before = (tmp_path / "real" / FILE_NAME).read_bytes()
    assert steps(tmp_path / "link") == [1]
    assert (tmp_path / "real" / FILE_NAME).read_bytes() == before


def killed(folder: Path, journal: str) -> None:
    """What a program that was killed while it wrote leaves behind: two steps, and a third that may count."""
    record(folder / "whole", [step(1), step(2)])
    file = sqlite3.connect(folder / "whole" / FILE_NAME, isolation_level=None)
    file.execute(f"PRAGMA journal_mode={journal}")
    file.execute("PRAGMA cache_size=1")
    file.execute("BEGIN")
    file.execute(
        "INSERT INTO stepped SELECT 3, 3, time, loss, learning_rate, gradient_norm, tokens, epochs, looking "
        "FROM stepped WHERE id = 1"
    )
    file.execute("CREATE TABLE big (x)")
    file.execute("INSERT INTO big SELECT zeroblob(30000) FROM stepped")
    if journal == "WAL":
        file.execute("COMMIT")
    shutil.copytree(folder / "whole", folder / "killed")
    file.close()


@pytest.mark.parametrize(("journal", "left"), [("WAL", [1, 2, 3]), ("DELETE", [1, 2])])
def test_what_a_killed_program_left_beside_it_counts(tmp_path, journal, left):
    killed(tmp_path, journal)
    assert steps(tmp_path / "killed") == left


@pytest.mark.parametrize(("journal", "left"), [("WAL", [1, 2, 3]), ("DELETE", [1, 2])])
def test_the_same_on_a_medium_that_cannot_be_written_to(tmp_path, monkeypatch, journal, left):
    killed(tmp_path, journal)
    folder = tmp_path / "killed"
    before = {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith("-shm")}
    unwritable(monkeypatch, folder)
    assert steps(folder) == left
    assert {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith("-shm")} == before


def test_a_clean_file_on_a_medium_that_cannot_be_written_to_is_read(tmp_path, monkeypatch):
    record(tmp_path, [step(1)])
    with harmed(tmp_path) as file:
        file.execute("PRAGMA journal_mode=WAL")
    unwritable(monkeypatch, tmp_path)
    assert steps(tmp_path) == [1]
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def unwritable(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Whoever may do everything can write anywhere, so SQLite's answers are made up."""
    connect = sqlite3.connect

    def refusing(name: object, *args: object, **options: object) -> sqlite3.Connection:
        if str(folder) in str(name) and "immutable" not in str(name):
            error = sqlite3.OperationalError("attempt to write a readonly database")
            error.sqlite_errorname = "SQLITE_READONLY_ROLLBACK"
            raise error
        return connect(name, *args, **options)

    monkeypatch.setattr(sqlite3, "connect", refusing)


def test_a_file_that_somebody_keeps_to_himself_is_no_damaged_one(tmp_path, monkeypatch):
    record(tmp_path, [step(1)])
    monkeypatch.setattr(guard, "BUSY_SECONDS", 0.0)
    with harmed(tmp_path) as file:
        file.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Trouble, match="cannot be opened: database is locked"):
            Reader(tmp_path)


def test_a_row_of_the_highest_number_there_is_breaks_nothing(tmp_path):
    record(tmp_path, [step(1), Turned(1, 0.1, "clip", 1.0), look(1), step(2)])
    with harmed(tmp_path) as file:
        for name in ("stepped", "turned", "attended"):
            file.execute(f"UPDATE {name} SET id = {2**63 - 1} WHERE id = (SELECT max(id) FROM {name})")
    with Reader(tmp_path) as reader:
        recording = reader.recording()
        assert [recording.count(kind) for kind in (Stepped, Turned, Attended)] == [2, 1, 1]
        with harmed(tmp_path) as file:
            file.execute("UPDATE about SET value = ''")
        assert not reader.take_in(recording)


@pytest.mark.parametrize("seed", range(25))
def test_a_file_of_scattered_wrong_bytes_raises_nothing_but_trouble(tmp_path, seed):
    random = np.random.default_rng(seed)
    content = bytearray((record(tmp_path, events(60)) / FILE_NAME).read_bytes())
    for place in random.integers(100, len(content), int(random.choice([1, 30, 300]))):
        content[place] = random.integers(256)
    (tmp_path / FILE_NAME).write_bytes(content)
    with suppress(Trouble):
        recording, _ = opened(tmp_path)
        for kind in KINDS:
            recording.latest(kind)
            recording.count(kind, 30)
