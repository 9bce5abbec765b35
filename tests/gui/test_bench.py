"""The benchmarks: their arithmetic by hand, and a short soak whose counts must not grow."""

import sys

import pytest

from engine.events import Paused
from engine.runfile import read_events
from engine.trouble import Trouble
from gui.bench import runs
from gui.bench.opened import opened
from gui.bench.runs import measured
from gui.bench.soak import soak
from gui.bench.stream import Block, Stamps, figures
from tests.engine.logs.given import recorded
from tests.fakes import events


def test_stamps_count_steps_and_write_everything_down(tmp_path):
    stamps = Stamps(tmp_path / "run")
    made = [*events(3), Paused(3, 0.1)]
    for event in made:
        stamps.add(event)
    stamps.close()
    assert [type(event) for event in read_events(tmp_path / "run")] == [type(event) for event in made]
    assert len(stamps.at) == 3
    stamps.at = [0.0, 1.0, 1.5, 2.0, 9.0]
    assert stamps.speed(0.5, 2.5) == pytest.approx(2.0)


def test_the_ratio_is_taken_between_neighbours_so_that_drift_cancels_out():
    slowing = [
        Block(live, speed, 9.0, 0.04, 20) for live, speed in ((True, 9.5), (False, 10), (True, 4.75), (False, 5))
    ]
    made = figures(slowing)
    assert made["ratio"] == pytest.approx(0.95)
    assert made["max_gap_ms"] == 20
    assert made["gui_share"] == 0.04


def test_a_program_tells_its_figures_in_its_last_line_and_its_failure_in_words():
    assert measured(sys.executable, "-c", "print('hello'); print('{\"open_s\": 0.5}')") == {"open_s": 0.5}
    with pytest.raises(Trouble, match="no such thing"):
        measured(sys.executable, "-c", "raise SystemExit('no such thing')")


def test_without_tensorboard_nothing_is_written(monkeypatch, tmp_path):
    monkeypatch.setattr(runs, "write_long_run", pytest.fail)
    with pytest.raises(Trouble, match="no TensorBoard"):
        runs.runs(10, 1, str(tmp_path / "no python"), 1)


def test_opening_and_scrubbing_a_recorded_run_is_measured(qapp, tmp_path):
    measured_there = opened(recorded(tmp_path / "run", events(40)))
    assert set(measured_there) == {"open_s", "open_mb", "scrub_ms", "scrub_disk_ms", "scrub_worst_ms"}


def test_some_hundred_frames_keep_the_references_of_none_and_the_number_of_objects(qapp):
    grown = soak(0.03)
    assert grown["steps"] == 1620
    assert abs(grown["none_references"]) < 150
    assert grown["objects"] < 3000  # the recording keeps looks; nothing grows with the frames


def test_all_figures_of_the_bundled_run_and_the_loss_of_a_long_one_are_measured(qapp, tmp_path):
    from gui.bench.exported import all_figures, long_figure
    from gui.bundled import bundled
    from gui.export.sheets import desk, panel_named

    with desk([bundled()], (panel_named("samples"),)) as room:
        room_seconds = all_figures(room, tmp_path / "figures", (panel_named("samples"),))
    assert room_seconds[1] == len(list((tmp_path / "figures").iterdir())) == 1
    made = long_figure(tmp_path / "run", 300)
    assert 0 < made["pdf_kb"] < 500
