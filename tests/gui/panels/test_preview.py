"""One panel alone on a recorded run."""

import sys

import pytest

from engine.runfile import RunFile
from gui import bundled as module
from gui.bundled import bundled
from gui.panels.predictions import PredictionsPanel
from gui.panels.preview import Preview, preview, recorded
from tests.fakes import events, recording


def test_a_run_comes_back_from_disk_as_it_was(tmp_path):
    run = RunFile(tmp_path / "run")
    for event in events(20):
        run.add(event)
    run.close()
    assert recorded(tmp_path / "run").last_step == 20


def test_the_panel_is_drawn_at_the_step_of_the_slider(qtbot):
    window = Preview(PredictionsPanel(), recording(40))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.slider.setValue(0)
    window.refresh()
    first = window.panel.strip.accessibleDescription()
    window.slider.setValue(40)
    window.refresh()
    assert window.panel.strip.accessibleDescription() != first


def test_without_a_run_it_says_so_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "files", lambda package: tmp_path)
    monkeypatch.setattr(sys, "argv", ["preview"])
    with pytest.raises(SystemExit, match="There is no recorded run"):
        preview(PredictionsPanel)


def test_a_run_that_comes_with_the_program_is_taken(tmp_path, monkeypatch):
    (tmp_path / "recordings" / "first").mkdir(parents=True)
    monkeypatch.setattr(module, "files", lambda package: tmp_path)
    assert bundled() == tmp_path / "recordings" / "first"
