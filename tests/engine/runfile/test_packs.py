"""When rows are packed: a few spans at a time while a run is recorded, the rest at its end."""

from pathlib import Path

from engine.events import Stepped
from engine.runfile import Reader, packs
from engine.runfile.database import PACKS, Database
from tests.engine.runfile.files import harmed, record, step

SPAN, LONG = 4, 10 * PACKS  # rows of a pack, and packs of the run


def packed(folder: Path) -> int:
    with harmed(folder) as file:
        (count,) = file.execute("SELECT count(*) FROM packed WHERE \"column\" = 'id'").fetchone()
    return int(count)


def test_an_old_run_that_goes_on_is_packed_little_by_little(tmp_path, monkeypatch):
    record(tmp_path, [step(number) for number in range(SPAN * LONG)])
    monkeypatch.setattr(packs, "SPAN", SPAN)
    database, found = Database(tmp_path), []
    try:
        database.open(go_on=True)
        for number in range(4):
            database.add([step(SPAN * LONG + number)], database.written)
            database.pack(least=2)
            found.append(packed(tmp_path))
        database.finish()
    finally:
        database.leave()
    assert found == [0, PACKS, 2 * PACKS, 3 * PACKS]
    assert packed(tmp_path) == LONG + 1
    with harmed(tmp_path) as file:
        assert not packs.pack(file)


def test_what_is_no_number_is_not_packed_and_the_run_goes_on_all_the_same(tmp_path, monkeypatch):
    record(tmp_path, [step(number) for number in range(SPAN)])
    monkeypatch.setattr(packs, "SPAN", SPAN)
    with harmed(tmp_path) as file:
        file.execute("UPDATE stepped SET loss = 'small' WHERE step = 2")
    record(tmp_path, [step(SPAN)], go_on=True)
    with Reader(tmp_path) as reader:
        assert reader.recording().curve(Stepped, "step")[0].tolist() == [0, 1, 3, 4]
    assert packed(tmp_path) == 0
