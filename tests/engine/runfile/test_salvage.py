"""What can be read of a damaged run is read: around its damaged pages, and up to where it was cut short."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from engine.events import Attended, Event, Started, Stepped
from engine.runfile import FILE_NAME, Reader, packs
from engine.runfile.salvage import Salvage
from engine.trouble import Trouble
from tests.engine.runfile.files import harmed, record, step
from tests.engine.runfile.test_reader import look
from tests.fakes import events

PAGE = 4096


@pytest.fixture
def run(tmp_path) -> Path:
    """Steps and looks over some hundred pages, and no packs that would make up for them."""
    made: list[Event] = [*events(1)[:-1]]
    for number in range(2, 2001):
        made += [step(number), look(number)] if number % 10 == 0 else [step(number)]
    half = len(made) // 2  # in two goes, so that pages of all kinds lie everywhere
    return record(record(tmp_path, made[:half]), made[half:], go_on=True)


def leaves(folder: Path, table: str) -> list[int]:
    """Numbers of the pages that hold rows of a table."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as file:
        try:
            found = file.execute("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf'", (table,)).fetchall()
        except sqlite3.OperationalError:
            pytest.skip("this SQLite cannot say where its pages are")
    return [page for (page,) in found]


def spoil(folder: Path, pages: list[int]) -> None:
    content = bytearray((folder / FILE_NAME).read_bytes())
    for page in pages:
        content[(page - 1) * PAGE : page * PAGE] = b"\xa5" * PAGE
    (folder / FILE_NAME).write_bytes(content)


def test_steps_around_damaged_pages_are_read(run):
    pages = leaves(run, "stepped")
    spoil(run, [pages[3], pages[4], pages[9]])
    with Reader(run) as reader:
        recording = reader.recording()
        steps = recording.curve(Stepped, "step")[0].tolist()
        lost = set(range(1, 2001)) - {int(each) for each in steps}
        assert 0 < len(lost) < 2000 * 6 / len(pages)
        assert steps == sorted(steps)
        assert steps[-1] == 2000
        assert recording.latest(Started) is not None
        assert recording.count(Attended) > 190
        assert reader.warnings == (
            "The run file is damaged. What can be read is shown; something is missing: of stepped.",
        )


def test_the_last_pages_may_be_the_damaged_ones(run):
    spoil(run, leaves(run, "stepped")[-2:])
    with Reader(run) as reader:
        steps = reader.recording().curve(Stepped, "step")[0]
        assert 1500 < steps[-1] < 2000


def test_packs_make_up_for_damaged_rows(tmp_path, monkeypatch):
    monkeypatch.setattr(packs, "SPAN", 500)
    record(tmp_path, [step(number) for number in range(1, 2001)])
    spoil(tmp_path, leaves(tmp_path, "stepped")[2:5])
    with Reader(tmp_path) as reader:
        assert reader.recording().count(Stepped) == 2000
        assert reader.warnings == ()


def test_looks_that_are_damaged_leave_the_others(run):
    with Reader(run) as reader:
        whole = reader.recording().count(Attended)
    spoil(run, leaves(run, "attended")[2:4])
    with Reader(run) as reader:
        recording = reader.recording()
        assert whole - 60 < recording.count(Attended) <= whole
        assert recording.latest(Attended) is not None


def test_a_file_cut_short_is_read_up_to_there(run):
    content = (run / FILE_NAME).read_bytes()
    (run / FILE_NAME).write_bytes(content[: len(content) * 9 // 10])
    with Reader(run) as reader:
        recording = reader.recording()
        assert 100 < recording.count(Stepped) < 2000
        assert "damaged" in reader.warnings[0]


def test_where_nothing_is_left_it_is_said(run):
    content = (run / FILE_NAME).read_bytes()
    for harmed_content in (content[:PAGE], content[: PAGE // 2], b"\xa5" * PAGE + content[PAGE:]):
        (run / FILE_NAME).write_bytes(harmed_content)
        with pytest.raises(Trouble), Reader(run) as reader:
            reader.recording()


def test_what_went_back_and_is_lost_leaves_steps_that_never_fall(tmp_path):
    record(tmp_path, [step(number) for number in (1, 2, 3, 4)])
    with harmed(tmp_path) as file:
        file.execute("UPDATE stepped SET step = 2 WHERE id = 4")
    with Reader(tmp_path) as reader:
        assert reader.recording().curve(Stepped, "step")[0].tolist() == [1, 2, 2]


class Holed:
    """A table of some rows of which some cannot be read."""

    def __init__(self, there: set[int], damaged: set[int]) -> None:
        self.there, self.damaged = there, damaged

    def execute(self, query: str, values: tuple[int, int]) -> "Holed":
        after, most = values
        self.found = [(number,) for number in sorted(self.there | self.damaged) if number > after][:most]
        if {number for (number,) in self.found} & self.damaged:
            raise sqlite3.DatabaseError("database disk image is malformed")
        return self

    def fetchall(self) -> list[tuple[int]]:
        return self.found


@pytest.mark.parametrize(
    "damaged", [set(), {0}, {1}, {5, 6, 7}, set(range(90, 200)), {10**9}, {3, 5, 9, 10**6}, set(range(300))]
)
def test_every_row_that_can_be_read_is(damaged):
    there = {*range(300), 10**6, 10**9, 10**15} - damaged
    salvage = Salvage(Holed(there, damaged), "stepped", [])
    assert [number for (number,) in salvage.rows()] == sorted(there)
    assert salvage.damaged == bool(damaged)
