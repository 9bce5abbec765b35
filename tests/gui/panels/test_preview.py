"""One panel alone on a recorded run."""

import sys

import pytest

from engine import checkpoints as module
from gui.panels.predictions import PredictionsPanel
from gui.panels.preview import Preview, preview
from tests.fakes import recording


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
