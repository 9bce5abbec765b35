"""A reader makes of a file what adding every event makes, opens long runs at once, and follows those that grow."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.events import (
    KINDS,
    Annealed,
    Attended,
    Ended,
    Event,
    Failed,
    Logged,
    Rewound,
    SentencePredicted,
    Stepped,
    Turned,
    Validated,
)
from engine.looks import HEAVY, HEAVY_KEPT
from engine.recording import FIELDS, NUMBERS_ONLY, Recording
from engine.runfile import FILE_NAME, Reader, RunFile, packs, reading
from engine.runfile.lock import hold
from engine.trouble import Trouble
from tests.engine.runfile.files import harmed, lived, record, step
from tests.fakes import events


def look(number: int) -> Attended:
    return Attended(number, number * 0.1, np.arange(2, dtype=np.int32), np.full((1, 1, 2, 2), number % 999, np.uint16))


@pytest.fixture
def read() -> Iterator[object]:
    """Opens readers and closes them."""
    made: list[Reader] = []

    def opened(folder: Path) -> Reader:
        made.append(Reader(folder))
        return made[-1]

    yield opened
    for reader in made:
        reader.close()


def assert_same(one: Recording, other: Recording, at: tuple[int | None, ...] = (None,)) -> None:
    assert one.last_step == other.last_step
    assert one.stamp(KINDS) == other.stamp(KINDS)
    for kind in KINDS:
        for until in at:
            assert one.count(kind, until) == other.count(kind, until), kind
            latest, same = one.latest(kind, until), other.latest(kind, until)
            assert (latest and (latest.step, latest.time)) == (same and (same.step, same.time)), kind
        for name in FIELDS[kind] if kind in NUMBERS_ONLY else ():
            np.testing.assert_array_equal(one.curve(kind, name)[1], other.curve(kind, name)[1])
        if kind not in NUMBERS_ONLY:
            assert [e.step for e in one.all(kind)] == [e.step for e in other.all(kind)], kind


@st.composite
def lives(draw: st.DrawFn) -> list[Event]:
    """What a run may tell: steps, looks and marks, going back any number of times, stopping and going on."""
    made: list[Event] = [step(1)]
    now = 1
    for what in draw(st.lists(st.sampled_from("ssssvlte" + "afrr"), max_size=60)):
        if what == "s":
            now += 1
        back = draw(st.integers(0, now)) if what == "r" else now
        event = {
            "s": step(now, now / 7),
            "v": Validated(now, 0.1, 1.0, now),
            "l": look(now),
            "t": Turned(now, 0.1, "clip", 1.0),
            "e": Ended(now, 0.1),
            "a": Annealed(now, 0.1, now + 9),
            "f": Failed(now, 0.1, "a", "b"),
            "r": Rewound(back, 0.1, now),
        }[what]
        now = back
        made.append(event)
    return made


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=lives())
def test_a_run_that_is_opened_is_the_one_that_was_lived_through(tmp_path_factory, made):
    span, packs.SPAN = packs.SPAN, 4
    try:
        folder = record(tmp_path_factory.mktemp("run") / "run", made)
        with Reader(folder) as reader:
            assert_same(reader.recording(), lived(made), (None, *range(0, 30, 3)))
            assert reader.warnings == ()
    finally:
        packs.SPAN = span


def test_a_whole_run_is_opened_and_went_back(tmp_path, read):
    made = [*events(60), Rewound(30, 1.5, 60), *(event for event in events(80) if event.step > 30)]
    opened = read(record(tmp_path / "run", made)).recording()
    assert_same(opened, lived(made), (None, 0, 29, 30, 31, 70))
    np.testing.assert_array_equal(opened.latest(Attended).attention_LHTT, lived(made).latest(Attended).attention_LHTT)


def test_packs_hold_the_same_numbers_as_the_rows(tmp_path, read, monkeypatch):
    monkeypatch.setattr(packs, "SPAN", 16)
    made = [step(n, n / 3 if n % 5 else float("nan")) for n in range(1, 101)]
    record(tmp_path, made)
    with harmed(tmp_path) as file:
        (packed,) = file.execute(
            "SELECT sum(rows) FROM packed WHERE kind = 'stepped' AND \"column\" = 'loss'"
        ).fetchone()
    assert packed == 96
    assert_same(read(tmp_path).recording(), lived(made))
    with harmed(tmp_path) as file:
        file.execute("DELETE FROM stepped WHERE id <= 96")
    assert_same(read(tmp_path).recording(), lived(made))  # they were what was read


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE packed SET data = zeroblob(length(data))",
        "UPDATE packed SET data = substr(data, 9)",
        "UPDATE packed SET data = NULL",
        "DELETE FROM packed WHERE rowid = 3",
        "DELETE FROM packed WHERE \"column\" = 'loss'",
        "UPDATE packed SET \"column\" = 'x' WHERE \"column\" = 'id'",
        'INSERT INTO packed SELECT kind, "column", first - 1, last, rows, data, low, high, crc FROM packed',
        "DROP TABLE packed",
    ],
)
def test_packs_that_do_not_fit_are_left_aside(tmp_path, read, monkeypatch, harm):
    monkeypatch.setattr(packs, "SPAN", 16)
    made = [step(n, n / 3) for n in range(1, 101)]
    record(tmp_path, made)
    with harmed(tmp_path) as file:
        file.execute(harm)
    reader = read(tmp_path)
    assert_same(reader.recording(), lived(made))
    assert reader.warnings == ()


def test_looks_are_fetched_when_they_are_looked_at(tmp_path, read):
    record(tmp_path, [step(1), look(1), step(5), look(5), step(9), look(9)])
    recording = read(tmp_path).recording()
    with harmed(tmp_path) as file:
        file.execute("DELETE FROM attended WHERE step = 9")
    assert recording.latest(Attended, 6).attention_LHTT.max() == 5
    assert recording.latest(Attended, 9).step == 5  # the last one that is in memory
    assert recording.latest(Attended, 4).step == 1


def test_where_the_file_is_gone_nothing_is_raised(tmp_path, read):
    reader = read(record(tmp_path, [step(1), look(1), step(2), look(2)]))
    recording = reader.recording()
    recording.latest(Attended, 1)
    (tmp_path / FILE_NAME).unlink()
    assert recording.latest(Attended, 2).step == 1
    assert recording.latest(SentencePredicted) is None
    assert [event.step for event in recording.all(Attended)] == [1]
    assert not reader.take_in(recording)


def test_every_look_of_a_long_run_is_found_though_few_are_in_memory(tmp_path, read):
    made = [event for n in range(1, 3 * HEAVY_KEPT) for event in (step(n), look(n))]
    live = lived(made)
    gone = next(n for n in range(1, 999) if live.latest(Attended, n).step < n)
    reader = read(record(tmp_path, made))
    live.shelf = reader
    for recording in (live, reader.recording()):
        assert [recording.latest(Attended, n).step for n in (1, gone, 1199)] == [1, gone, 1199]
        assert recording.count(Attended) == len(recording.steps(Attended)) == 3 * HEAVY_KEPT - 1
        assert len(recording.all(Attended)) <= HEAVY_KEPT


def test_marks_without_number_are_thinned_evenly_and_it_is_said(tmp_path, read, monkeypatch):
    monkeypatch.setattr(reading, "MOST_EVENTS", 100)
    made: list[Event] = [step(1)]
    for n in range(1, 1001):
        made += [Logged(n, 0.1, "even" if n % 2 else "odd", float(n)), step(n)]
    reader = read(record(tmp_path, made))
    recording = reader.recording()
    shown = recording.all(Logged)
    assert 90 < len(shown) <= 102
    assert (shown[0].step, shown[-1].step) == (1, 1000)
    assert np.diff([event.step for event in shown]).max() < 40
    assert {event.name for event in shown} == {"even", "odd"}  # nothing that recurs is lost
    assert reader.warnings == (f"Of 1,000 entries in logged {len(shown)} are shown, evenly over the run.",)
    assert recording.stamp((Logged,))[1] == 1000


def test_a_run_that_grows_is_followed(tmp_path, read):
    file = RunFile(tmp_path)
    first, then = [step(1), look(1), step(2)], [Rewound(1, 0.1, 2), step(2, 7.0), look(2), Turned(2, 0.2, "clip", 2.0)]
    for event in first:
        file.add(event)
    file.close()
    reader = read(tmp_path)
    recording = reader.recording()
    assert not reader.take_in(recording)
    record(tmp_path, then, go_on=True)
    assert reader.take_in(recording)
    assert_same(recording, lived([*first, *then]), (None, 1, 2))
    assert recording.curve(Stepped, "loss")[1].tolist() == [1.0, 7.0]
    assert recording.number == 7
    assert not reader.take_in(recording)


def test_what_a_person_writes_is_read_and_followed(tmp_path, read):
    record(tmp_path, [step(1)])
    reader = read(tmp_path)
    recording = reader.recording()
    before = recording.stamp((Stepped,))
    with harmed(tmp_path) as file:
        file.execute("INSERT INTO note (step, text, made) VALUES (1, 'look here', '2026-01-01T00:00:00+00:00')")
        file.execute("INSERT OR REPLACE INTO about VALUES ('name', 'warm'), ('tags', '[\"a\", \"b\"]')")
    assert reader.take_in(recording)
    assert [note.text for note in recording.notes] == ["look here"]
    assert recording.name == "warm"
    assert reader.annotations().tags == ("a", "b")
    assert recording.stamp((Stepped,)) != before


def test_whether_it_is_being_written_is_known(tmp_path, read):
    reader = read(record(tmp_path, [step(1)]))
    assert not reader.being_written
    lock = hold(tmp_path)
    assert reader.being_written
    lock.release()


def test_an_old_file_is_read_as_it_is_and_made_new_by_its_writer(tmp_path, read):
    made = [step(1), look(1), Turned(1, 0.1, "clip", 2.0)]
    record(tmp_path, made)
    with harmed(tmp_path) as file:
        for (view,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
            file.execute(f"DROP VIEW {view}")
        for name in ("note", "packed", "logged", "branched"):
            file.execute(f"DROP TABLE {name}")
        file.execute("DROP INDEX attended_step")
        file.execute("DELETE FROM about WHERE key != 'program'")
        file.execute("PRAGMA user_version=1")
        file.execute("PRAGMA application_id=0")
    before = (tmp_path / FILE_NAME).read_bytes()
    reader = read(tmp_path)
    assert_same(reader.recording(), lived(made))
    assert (reader.warnings, reader.annotations().notes) == ((), ())
    assert (tmp_path / FILE_NAME).read_bytes() == before
    reader.close()
    record(tmp_path, [step(2)], go_on=True)
    assert_same(read(tmp_path).recording(), lived([*made, step(2)]))
    with harmed(tmp_path) as file:
        assert file.execute("SELECT step FROM curve").fetchall() == [(1,), (2,)]


def test_half_a_folder_is_said(tmp_path):
    (tmp_path / "checkpoints" / "step-000100").mkdir(parents=True)
    with pytest.raises(Trouble, match="has checkpoints but no run"):
        Reader(tmp_path)
    with pytest.raises(Trouble, match="not there"):
        Reader(tmp_path / "nowhere")


def test_no_kind_is_forgotten():
    assert {*HEAVY, *NUMBERS_ONLY} < set(KINDS)


def test_a_run_is_followed_while_it_is_recorded_and_let_go_of_then(tmp_path, read):
    file = RunFile(tmp_path)
    file.add(step(1))
    assert file.flush()
    reader = read(tmp_path)
    recording = reader.recording()
    for number in (2, 3):
        file.add(step(number))
        file.add(look(number))
        assert file.flush()
        assert reader.take_in(recording)
        assert not reader.take_in(recording)
        assert (recording.last_step, recording.latest(Attended).step) == (number, number)
    file.close()
    reader.take_in(recording)
    assert reader._file is None
    assert recording.curve(Stepped, "step")[0].tolist() == [1, 2, 3]


def test_a_shelf_does_not_keep_the_writer_from_tidying_up(tmp_path, read):
    file = RunFile(tmp_path)
    file.add(step(1))
    file.add(look(1))
    assert file.flush()
    reader = read(tmp_path)
    assert reader.fetch(Attended, [2])[0].step == 1
    assert reader.fetch(Attended, [1]) == [None]
    file.close()
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def test_what_is_written_while_a_run_is_opened_comes_later(tmp_path, read, monkeypatch):
    record(tmp_path, [step(1)])
    reader, real = read(tmp_path), reading.read_places

    def meanwhile(*given: object) -> object:
        monkeypatch.setattr("engine.runfile.loading.read_places", real)
        record(tmp_path, [step(2)], go_on=True)
        return real(*given)

    with harmed(tmp_path) as file:
        file.execute("PRAGMA journal_mode=WAL")
    monkeypatch.setattr("engine.runfile.loading.read_places", meanwhile)
    recording = reader.recording()
    assert recording.last_step == 1
    assert reader.take_in(recording)
    assert recording.curve(Stepped, "step")[0].tolist() == [1, 2]
