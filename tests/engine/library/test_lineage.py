"""Which rows count after going back: the same as a recording keeps, whatever was gone back to."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.events import Failed, Stepped
from engine.library.lineage import Lineage
from engine.recording import Recording
from engine.runfile.rows import reading
from tests.engine.library.recorded import back_to, record, started, stepped


def run_of(jumps):
    """So many steps forward, then back to a share of the way, and so on."""
    events, step = [started()], 0
    for forward, share, failed in jumps:
        for _ in range(forward):
            step += 1
            events.append(stepped(step, 1000.0 * len(events) + step))
        events += [Failed(step, 0.0, "It stopped.", "Go back.")] if failed else []
        events.append(back_to(int(step * share), step))
        step = int(step * share)
    return [*events, stepped(step + 1, 0.5)]


@settings(max_examples=20, deadline=None)
@example([(3, 1.0, True)])  # back to the very step at which it failed
@given(st.lists(st.tuples(st.integers(1, 6), st.floats(0, 1), st.booleans()), max_size=5))
def test_the_rows_that_count_are_those_a_recording_keeps(jumps):
    events, recording = run_of(jumps), Recording()
    for event in events:
        recording.add(event)
    with TemporaryDirectory() as folder, reading(record(Path(folder) / "run", events)) as file:
        lineage = Lineage(file)
        rows = lineage.newest(Stepped, ("step", "loss"), 1000)[::-1]
        failed = lineage.newest(Failed, ("step",), 1000)
    kept_steps, kept_losses = recording.curve(Stepped, "loss")
    assert rows == list(zip(kept_steps.tolist(), kept_losses.tolist(), strict=True))
    assert len(failed) == recording.count(Failed)


def test_no_more_rows_come_than_are_asked_for(tmp_path):
    with reading(record(tmp_path / "run", run_of([(5, 0.5, False)]))) as file:
        assert [row[0] for row in Lineage(file).newest(Stepped, ("step",), 2)] == [3, 2]


def test_a_table_or_column_that_an_old_file_lacks_has_no_rows(tmp_path):
    with reading(record(tmp_path / "run", run_of([]))) as file:
        lineage = Lineage(file)
        del lineage.stored["failed"]
        assert lineage.newest(Failed, ("step",)) == []
        assert lineage.last(Stepped, ("temperature_of_the_room",)) is None
