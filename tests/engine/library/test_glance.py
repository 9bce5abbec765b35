"""One run at a glance: right where it can be read, and a sentence where it cannot."""

import sqlite3
from math import isnan

import pytest

from engine import annotations
from engine.events import Branched, CorpusRead, Diverged, Finished, Paused, Resumed, Validated
from engine.library.glance import NO_RECORD, glance
from engine.library.lineage import Lineage
from engine.runfile import SCHEMA
from engine.runfile.rows import reading
from tests.engine.library.recorded import attended, back_to, record, started, stepped, steps

READ = CorpusRead(0, 0.0, "Stories", "made by rules", 4_000_000, 10, 900, 100, "the last tenth", ("a", "b"), 1)


def test_everything_that_is_recorded_is_told(tmp_path):
    folder = tmp_path / "amber-heron"
    known = [Validated(2, 2.0, 2.5, 200), Validated(3, 3.0, 2.25, 300), attended(3)]
    record(folder, [READ, started(seed=7), *steps([4.0, 3.0, 2.0]), *known], group="five seeds")
    (folder / "checkpoints" / "step-000002").mkdir(parents=True)
    (folder / "checkpoints" / "step-000002" / "model.safetensors").write_bytes(bytes(1000))
    entry = glance(folder)
    assert (entry.key, entry.name, entry.state, entry.says) == (str(folder), "amber-heron", "recorded", "")
    assert (entry.corpus, entry.corpus_bytes, entry.parameters) == ("Stories", 4_000_000, 918_000)
    assert (entry.steps, entry.loss, entry.validation) == (3, 2.0, 2.25)
    assert (entry.settings["width"], entry.seed, entry.group) == (128, 7, "five seeds")
    assert entry.checkpoints == (2,)
    assert entry.bytes == (folder / "run.sqlite").stat().st_size + 1000
    assert 0 < entry.heavy_bytes < entry.bytes
    assert entry.date.tzinfo is not None
    assert (entry.parent, entry.fork) == ("", None)


def test_what_a_person_wrote_is_told(tmp_path):
    folder = tmp_path / "amber-heron"
    record(folder, [started(), stepped(1, 4.0)])
    changes = annotations.rename("My run"), annotations.comment("Good"), annotations.tag(["baseline", "slow"])
    for change in changes:
        annotations.write(folder, change)
    entry = glance(folder)
    assert (entry.name, entry.comment, entry.tags) == ("My run", "Good", ("baseline", "slow"))


def test_a_branch_of_a_branch_names_the_nearest_parent(tmp_path):
    first, second = Branched(2, 0.0, "amber-heron", {}, {}), Branched(3, 0.0, "rate", {"width": 1}, {"width": 2})
    record(tmp_path / "b", [started(), *steps([4.0, 3.0]), first, stepped(3, 2.0), second])
    entry = glance(tmp_path / "b")
    assert (entry.parent, entry.fork) == ("rate", 3)


def test_a_run_plays_until_it_is_told_to_wait(tmp_path):
    record(tmp_path / "a", [started(), Resumed(0, 0.0), *steps([4.0, 3.0])])
    assert glance(tmp_path / "a").plays
    record(tmp_path / "a", [stepped(3, 3.0), Paused(3, 3.0)], go_on=True)
    assert not glance(tmp_path / "a").plays
    record(tmp_path / "a", [Resumed(3, 3.0), stepped(4, 2.0)], go_on=True)
    assert glance(tmp_path / "a").plays
    record(tmp_path / "a", [stepped(5, 2.0), Finished(5, 2.0)], go_on=True)
    assert not glance(tmp_path / "a").plays


def test_a_run_that_stopped_says_why_until_it_goes_on(tmp_path):
    failed = Diverged(2, 2.0, "The loss is not a number.", "Lower the rate.")
    record(tmp_path / "a", [started(), *steps([4.0, 9.0]), failed])
    entry = glance(tmp_path / "a")
    assert (entry.state, entry.says) == ("stopped", "step 2: The loss is not a number.")
    record(tmp_path / "a", [back_to(1, 2), *steps([3.0, 2.0], 2)], go_on=True)
    entry = glance(tmp_path / "a")
    assert (entry.state, entry.says, entry.steps, entry.loss) == ("recorded", "", 3, 2.0)


def test_going_back_counts_before_the_next_step_is_made(tmp_path):
    record(tmp_path / "a", [started(), *steps([4.0, 3.0, 2.0]), Validated(3, 0.0, 1.0, 3), back_to(1, 3)])
    entry = glance(tmp_path / "a")
    assert (entry.steps, entry.loss) == (1, 4.0)
    assert isnan(entry.validation)


def test_what_is_no_run_file_says_so_without_its_path(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "run.sqlite").write_text("not a database, but long enough to be looked into as one")
    entry = glance(tmp_path / "a")
    assert (entry.state, entry.name, entry.steps) == ("damaged", "a", 0)
    assert entry.says.startswith("Its record is damaged")
    assert str(tmp_path) not in entry.says


def test_a_newer_file_says_so(tmp_path):
    path = record(tmp_path / "a", [started(), stepped(1, 4.0)])
    with sqlite3.connect(path) as file:
        file.execute(f"PRAGMA user_version={SCHEMA + 1}")
    file.close()
    entry = glance(tmp_path / "a")
    assert entry.state == "damaged"
    assert f"schema {SCHEMA + 1}" in entry.says


def test_checkpoints_without_a_record_are_told_as_such(tmp_path):
    (tmp_path / "a" / "checkpoints" / "step-000010").mkdir(parents=True)
    entry = glance(tmp_path / "a")
    assert (entry.state, entry.says, entry.checkpoints) == ("empty", NO_RECORD, (10,))


def test_a_folder_that_vanished_is_no_error(tmp_path):
    entry = glance(tmp_path / "gone")
    assert (entry.state, entry.bytes) == ("empty", 0)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE started SET settings = '[1, 2]'",
        'UPDATE started SET settings = \'{"seed": "many"}\'',
        "UPDATE about SET value = 'the day after tomorrow' WHERE key = 'created'",
        "UPDATE about SET value = '0001-01-01T00:00:00+14:00' WHERE key = 'created'",
        "DELETE FROM about",
        "DROP TABLE about",
    ],
)
def test_nonsense_in_a_file_is_left_out(tmp_path, statement):
    path = record(tmp_path / "a", [started(), stepped(1, 4.0)])
    with sqlite3.connect(path) as file:
        file.execute(statement)
    file.close()
    entry = glance(tmp_path / "a")
    assert (entry.state, entry.loss) == ("recorded", 4.0)
    assert entry.seed in (1, None)


@pytest.mark.parametrize("settings", ["{not json", "[" * 100_000, f'{{"a": "{"x" * 2**20}"}}'])
def test_settings_that_cannot_be_read_make_a_sentence(tmp_path, settings):
    path = record(tmp_path / "a", [started(), stepped(1, 4.0)])
    with sqlite3.connect(path) as file:
        file.execute("UPDATE started SET settings = ?", (settings,))
    file.close()
    assert glance(tmp_path / "a").state == "damaged"


def test_a_view_that_pretends_to_be_a_table_is_not_looked_at(tmp_path):
    path = record(tmp_path / "a", [started(), stepped(1, 4.0)])
    with sqlite3.connect(path) as file:
        file.execute("DROP TABLE validated")
        file.execute("CREATE VIEW validated AS SELECT 1 AS id, 1 AS step, 0.001 AS loss")
    file.close()
    with reading(path) as file:
        assert "validated" not in Lineage(file).stored
    assert isnan(glance(tmp_path / "a").validation)
