"""A run on disk: what goes in comes out, nothing is written over, trouble has a sentence."""

import io
import shutil
import sqlite3
import zlib
from dataclasses import fields
from math import inf, nan
from pathlib import Path

import numpy as np
import pytest

from engine.events import (
    KINDS,
    Diverged,
    Event,
    Failed,
    FloorCounted,
    Paced,
    Progressed,
    Rewound,
    Stepped,
    Turned,
    Wrote,
)
from engine.recording import Recording
from engine.runfile import (
    FILE_NAME,
    RunFile,
    highest_recorded_floor,
    last_recorded_step,
    read_events,
    schema,
    table,
    values,
)
from engine.trouble import Trouble
from tests.fakes import events


def write(folder: Path, many: list[Event]) -> list[Event]:
    file = RunFile(folder)
    for event in many:
        file.add(event)
    file.close()
    return list(read_events(folder))


def assert_same(one: Event, other: Event) -> None:
    assert type(one) is type(other)
    for field in fields(one):
        a, b = getattr(one, field.name), getattr(other, field.name)
        if isinstance(a, np.ndarray):
            assert a.dtype == b.dtype
            np.testing.assert_array_equal(a, b)
        else:
            assert a == b or (a != a and b != b), field.name
            assert type(a) is type(b), field.name


def drop_views(file: sqlite3.Connection) -> None:
    """They would not let go of the columns they show."""
    for name in schema.VIEWS:
        file.execute(f"DROP VIEW {name}")


def step(number: int, loss: float = 1.0) -> Stepped:
    return Stepped(number, number * 0.1, loss, 1e-3, 0.5, number * 10, 0.1, 0.0)


def test_a_run_comes_back_event_for_event(tmp_path):
    made = events(60)
    for before, after in zip(made, write(tmp_path / "run", made), strict=True):
        assert_same(before, after)


def test_values_that_sql_does_not_know_come_back(tmp_path):
    odd = [
        step(1, nan),
        step(2, inf),
        Paced(2, 0.2, None),
        Paced(2, 0.2, 2.5),
        Turned(2, 0.2, "learning_rate", 1e-4),
        Wrote(2, 0.2, "p\x00", "half \udcc3 a \ud83c \u202e character 🌱", 0.8, 40, 0.95, 1),
        Failed(2, 0.2, "a", "b", "c"),
        Diverged(2, 0.2, "a", "b"),
    ]
    for before, after in zip(odd, write(tmp_path, odd), strict=True):
        assert_same(before, after)


def test_a_turned_value_comes_back_to_the_last_digit(tmp_path):
    third = 1 / 3
    write(
        tmp_path / "run", [*events(1), Turned(1, 0.1, "learning_rate", third), Turned(1, 0.1, "weights", (third, 1.0))]
    )
    turned = [event.value for event in read_events(tmp_path / "run") if isinstance(event, Turned)]
    assert turned == [third, (third, 1.0)]


def test_every_kind_of_event_has_its_table_and_any_tool_can_read_the_curve(tmp_path):
    write(tmp_path, [step(n, loss=n / 2) for n in range(1, 6)])
    file = sqlite3.connect(tmp_path / FILE_NAME)
    assert file.execute("SELECT step, loss FROM stepped").fetchall() == [(n, n / 2) for n in range(1, 6)]
    tables = {name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    file.close()
    assert tables == {table(kind) for kind in KINDS} | {"about", "note", "packed"}


def test_nothing_is_on_disk_before_the_first_step(tmp_path):
    file = RunFile(tmp_path / "run")
    for event in events(1)[:-2]:
        if not isinstance(event, Stepped):
            file.add(event)
    file.close()
    assert not (tmp_path / "run").exists()


def test_a_closed_run_is_one_clean_file(tmp_path):
    write(tmp_path, [step(1)])
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def test_progress_is_not_recorded(tmp_path):
    assert len(write(tmp_path, [Progressed(0, 0.0, "Reading corpus", 0.5), step(1)])) == 1


def test_a_run_is_never_written_over(tmp_path):
    write(tmp_path, [step(1)])
    with pytest.raises(Trouble, match="already"):
        write(tmp_path, [step(1), step(2)])
    assert len(list(read_events(tmp_path))) == 1


def test_a_file_cut_short_or_foreign_is_refused_with_a_sentence(tmp_path):
    write(tmp_path, events(60))
    whole = (tmp_path / FILE_NAME).read_bytes()
    for damaged in (whole[: len(whole) // 3], b"no database at all " * 100, b""):
        (tmp_path / FILE_NAME).write_bytes(damaged)
        with pytest.raises(Trouble):
            list(read_events(tmp_path))
    with pytest.raises(Trouble, match="not there"):
        list(read_events(tmp_path / "nowhere"))


def test_a_file_of_a_newer_program_is_refused_with_a_sentence(tmp_path):
    write(tmp_path, [step(1)])
    file = sqlite3.connect(tmp_path / FILE_NAME)
    file.execute("PRAGMA user_version=99")
    file.close()
    with pytest.raises(Trouble, match="schema 99"):
        list(read_events(tmp_path))


def test_a_pickle_in_an_array_is_not_opened(tmp_path):
    write(tmp_path, events(10))
    file = sqlite3.connect(tmp_path / FILE_NAME)
    raw = io.BytesIO()
    np.save(raw, np.array([{"a": 1}], dtype=object), allow_pickle=True)
    with file:
        file.execute("UPDATE attended SET tokens_T = ?", (zlib.compress(raw.getvalue()),))
    file.close()
    with pytest.raises(Trouble, match="damaged"):
        list(read_events(tmp_path))


def test_a_folder_that_cannot_be_made_is_trouble(tmp_path):
    (tmp_path / "file").write_text("in the way")
    file = RunFile(tmp_path / "file" / "run")
    with pytest.raises(Trouble, match="cannot be recorded"):
        write(tmp_path / "file" / "run", [step(1)])
    file.close()  # nothing waits any more


@pytest.mark.parametrize(
    "harm",
    [
        "ALTER TABLE stepped DROP COLUMN loss",
        "UPDATE stepped SET step = 'soon'",
        "UPDATE stepped SET step = NULL",
        "UPDATE attended SET tokens_T = NULL",
        "UPDATE attended SET tokens_T = 'text'",
        "UPDATE started SET settings = '[[[' ",
        "DROP TABLE about; ALTER TABLE wrote DROP COLUMN text",
    ],
)
def test_a_file_made_to_harm_is_refused_with_a_sentence(tmp_path, harm):
    write(tmp_path, events(60))
    file = sqlite3.connect(tmp_path / FILE_NAME)
    drop_views(file)
    file.executescript(harm)
    file.close()
    with pytest.raises(Trouble, match="damaged"):
        list(read_events(tmp_path))


def test_a_field_that_is_newer_than_the_file_has_its_default(tmp_path):
    write(tmp_path, [step(1), Failed(1, 0.1, "a", "b", "c")])
    file = sqlite3.connect(tmp_path / FILE_NAME)
    file.execute("ALTER TABLE failed DROP COLUMN details")
    file.close()
    assert list(read_events(tmp_path))[1].details == Failed(1, 0.1, "a", "b").details


def test_a_blob_that_would_fill_the_memory_is_refused(tmp_path, monkeypatch):
    write(tmp_path, events(10))
    monkeypatch.setattr(values, "LARGEST_ARRAY", 1000)
    raw = io.BytesIO()
    np.save(raw, np.zeros(10_000, np.int32))
    file = sqlite3.connect(tmp_path / FILE_NAME)
    with file:
        file.execute("UPDATE attended SET tokens_T = ?", (zlib.compress(raw.getvalue()),))
    file.close()
    with pytest.raises(Trouble, match="too large"):
        list(read_events(tmp_path))


def go_on(folder: Path, made: list[Event]) -> list[Event]:
    file = RunFile(folder, go_on=True)
    for event in made:
        file.add(event)
    file.close()
    return list(read_events(folder))


def test_a_run_that_goes_on_is_added_to(tmp_path):
    first, then = [step(1), step(2), Turned(2, 0.2, "clip", 2.0)], [Rewound(1, 0.1, 2), step(2), step(3)]
    write(tmp_path, first)
    assert last_recorded_step(tmp_path) == 2
    for before, after in zip([*first, *then], go_on(tmp_path, then), strict=True):
        assert_same(before, after)
    assert last_recorded_step(tmp_path) == 3
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def test_a_run_that_is_gone_on_with_but_not_played_stays_as_it_is(tmp_path):
    write(tmp_path, [step(1)])
    assert len(go_on(tmp_path, [Rewound(1, 0.1, 1)])) == 1


def test_what_was_reached_is_read_from_the_record(tmp_path):
    assert (last_recorded_step(tmp_path), highest_recorded_floor(tmp_path)) == (0, 0)
    write(tmp_path / "run", [*(FloorCounted(0, 0.0, "some", order, 1.0) for order in (0, 3, -1)), step(4)])
    assert (last_recorded_step(tmp_path / "run"), highest_recorded_floor(tmp_path / "run")) == (4, 3)
    write(tmp_path / "other", [step(1)])
    assert highest_recorded_floor(tmp_path / "other") == 0


def test_going_on_where_there_is_nothing_begins(tmp_path):
    assert len(go_on(tmp_path / "new", [step(1)])) == 1
    assert last_recorded_step(tmp_path / "nowhere") == 0


def test_a_loaded_run_is_the_one_that_was_lived_through(tmp_path):
    made = [*events(60), Rewound(30, 1.5, 60), *(event for event in events(80) if event.step > 30), Rewound(5, 0.2, 80)]
    loaded, lived = Recording(), Recording()
    for event in made:
        lived.add(event)
    for event in write(tmp_path, made):
        loaded.add(event)
    for kind in KINDS:
        assert loaded.count(kind) == lived.count(kind), kind
        assert loaded.stamp((kind,)) == lived.stamp((kind,)), kind
    np.testing.assert_array_equal(loaded.curve(Stepped, "loss")[1], lived.curve(Stepped, "loss")[1])
    assert loaded.last_step == lived.last_step == 5


def test_an_older_run_gets_the_tables_and_columns_it_lacks(tmp_path):
    write(tmp_path, [step(1), Failed(1, 0.1, "a", "b", "c")])
    file = sqlite3.connect(tmp_path / FILE_NAME)
    drop_views(file)
    file.executescript("DROP TABLE rewound; ALTER TABLE failed DROP COLUMN details")
    file.close()
    made = go_on(tmp_path, [Rewound(1, 0.1, 1), step(2), Failed(2, 0.2, "d", "e", "f")])
    assert [event.details for event in made if isinstance(event, Failed)] == ["", "f"]
    assert [event.left for event in made if isinstance(event, Rewound)] == [1]


def test_what_is_no_run_of_this_program_is_not_added_to(tmp_path):
    write(tmp_path, [step(1)])
    file = sqlite3.connect(tmp_path / FILE_NAME)
    file.execute("PRAGMA user_version=99")
    file.close()
    with pytest.raises(Trouble, match="schema 99"):
        go_on(tmp_path, [step(2)])
    with pytest.raises(Trouble, match="schema 99"):
        last_recorded_step(tmp_path)
    (tmp_path / FILE_NAME).write_bytes(b"no database at all " * 100)
    with pytest.raises(Trouble, match="recorded"):
        go_on(tmp_path, [step(2)])


def test_a_run_whose_making_was_cut_short_can_be_made_again(tmp_path):
    (tmp_path / f"{FILE_NAME}.aside").write_bytes(b"half a file")
    (tmp_path / f"{FILE_NAME}.aside-journal").write_bytes(b"and its journal")
    assert last_recorded_step(tmp_path) == 0
    assert len(write(tmp_path, [step(1)])) == 1
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def test_a_run_that_was_killed_while_it_closed_is_read(tmp_path):
    write(tmp_path, [step(1)])
    file = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
    file.execute("PRAGMA cache_size=1")
    file.execute("BEGIN")
    file.execute("CREATE TABLE big (x)")
    file.execute("INSERT INTO big SELECT zeroblob(3000) FROM stepped, (SELECT 1 UNION SELECT 2 UNION SELECT 3)")
    file.execute("INSERT INTO big SELECT x FROM big, (SELECT 1 UNION SELECT 2 UNION SELECT 3)")
    shutil.copytree(tmp_path, tmp_path / "killed")
    file.close()
    assert (tmp_path / "killed" / f"{FILE_NAME}-journal").stat().st_size > 0
    assert [event.step for event in read_events(tmp_path / "killed")] == [1]
