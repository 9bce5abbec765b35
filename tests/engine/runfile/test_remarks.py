"""What a person has written is read as far as it is what it should be."""

import pytest

from engine.annotations import Annotations
from engine.events import Stepped
from engine.runfile import Reader, reader, remarks
from tests.engine.runfile.files import harmed, record, step


@pytest.mark.parametrize(
    ("harm", "name", "tags", "notes"),
    [
        ("INSERT INTO note VALUES (NULL, 'soon', 'a', 'b')", "warm", ("a",), ["hot", "cold"]),
        ("INSERT INTO note VALUES (NULL, 1, x'00', 'b')", "warm", ("a",), ["hot", "cold"]),
        ("DROP TABLE note", "warm", ("a",), []),
        ("UPDATE about SET value = x'00' WHERE key = 'name'", "", ("a",), ["hot", "cold"]),
        ("UPDATE about SET value = '[[[' WHERE key = 'tags'", "warm", (), ["hot", "cold"]),
        ("UPDATE about SET value = '{}' WHERE key = 'tags'", "warm", (), ["hot", "cold"]),
        ("ALTER TABLE about RENAME TO a; CREATE VIEW about AS SELECT * FROM a", "", (), ["hot", "cold"]),
        (
            "DROP TABLE note; CREATE TABLE note (key, step, made, text AS (printf('%.*c', 9, 'x')));"
            "INSERT INTO note VALUES (1, 1, 'a')",
            "warm",
            ("a",),
            [],
        ),
    ],
)
def test_what_is_harmed_is_left_out(tmp_path, harm, name, tags, notes):
    record(tmp_path, [step(1)])
    with harmed(tmp_path) as file:
        file.execute("INSERT INTO note VALUES (1, 5, 'cold', ''), (2, 1, 'hot', '')")
        file.execute("""INSERT OR REPLACE INTO about VALUES ('name', 'warm'), ('tags', '["a"]')""")
        for view in ("curve", "validation", "average_validation", "summary"):
            file.execute(f"DROP VIEW {view}")
        file.executescript(harm)
    with Reader(tmp_path) as reader:
        found = reader.annotations()
        assert (found.name, found.tags, [note.text for note in found.notes]) == (name, tags, notes)
        assert reader.recording().count(Stepped) == 1


def test_there_is_an_end_to_what_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(remarks, "MOST_NOTES", 3)
    monkeypatch.setattr(reader, "MOST_NOTES", 3)
    record(tmp_path, [step(1)])
    with harmed(tmp_path) as file:
        file.executemany("INSERT INTO note (step, text, made) VALUES (?, ?, '')", ((n, "x" * 30_000) for n in range(9)))
    with Reader(tmp_path) as run:
        notes = run.annotations().notes
        run.recording()
        assert run.warnings == ("Only the first 3 notes are shown.",)
        assert [(note.step, len(note.text)) for note in notes] == [(0, 20_000), (1, 20_000), (2, 20_000)]


def test_a_run_nobody_wrote_on_has_nothing(tmp_path):
    with Reader(record(tmp_path, [step(1)])) as reader:
        assert reader.annotations() == Annotations()
