"""Sheets without a window: panels that are never shown, over runs that were recorded."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from engine.checkpoints import run_folder
from engine.runfile import RunFile
from engine.trouble import Trouble
from gui.bundled import bundled
from gui.export.sheet import Curve, Sheet
from gui.export.sheets import desk, panel_named, slug
from gui.panels import PANELS
from tests.fakes import events

LAST = 60


@pytest.fixture
def run(tmp_path: Path) -> Path:
    file = RunFile(tmp_path / "red-fox")
    for event in events(LAST):
        file.add(event)
    file.close()
    return tmp_path / "red-fox"


def curve(sheet: Sheet, part: str) -> Curve:
    return next(mark for mark in sheet.plots[0].marks if isinstance(mark, Curve) and part in mark.name)


def test_every_panel_has_a_name_for_the_command_line():
    assert [panel_named(slug(panel)) for panel in PANELS] == list(PANELS)
    assert panel_named("Side by side") is panel_named("side-by-side")
    with pytest.raises(Trouble) as raised:
        panel_named("lots")
    assert "loss, predictions, attention" in raised.value.advice


def test_a_run_is_found_by_its_folder_and_the_bundled_one_by_its_name(run):
    assert run_folder(str(run)) == run
    assert run_folder(bundled().name) == bundled()
    with pytest.raises(Trouble, match="There is no run"):
        run_folder("nothing")


def test_a_sheet_is_of_the_step_that_is_asked_for_and_nothing_stays_behind(qapp, run):
    loss = panel_named("loss")
    with desk([run], [loss]) as room:
        early, late = room.sheet(loss, 20), room.sheet(loss, LAST)
        origin = room.origin(loss, 20)
        assert not [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    assert curve(early, "validation").live is not None
    assert curve(late, "validation").live is None
    assert (origin.run, origin.step, origin.panel, len(origin.settings)) == ("red-fox", 20, "Loss", 12)
    assert not QApplication.topLevelWidgets()
    (run / "run.sqlite").rename(run / "free.sqlite")  # no file is held


def test_runs_are_laid_beside_it(qapp, run):
    overlay = panel_named("overlay")
    with desk([run], [overlay]) as alone, desk([run, bundled()], [overlay]) as both:
        assert "amber-heron" not in str(alone.sheet(overlay, LAST))
        assert "amber-heron" in str(both.sheet(overlay, LAST))


def test_options_are_chosen_for_all_panels_or_for_one(qapp, run):
    loss, overlay = panel_named("loss"), panel_named("overlay")
    with desk([run], [loss, overlay]) as room:
        room.choose(["smoothing=7", "loss.log-x=no", "loss.x = tokens"])
        assert [room.options(panel).smoothing for panel in (loss, overlay)] == [7, 7]
        assert (room.options(loss).log_x, room.options(loss).x, room.options(overlay).x) == (False, "tokens", "step")
        assert room.sheet(loss, LAST).plots[0].x.title == "Tokens"


@pytest.mark.parametrize("choice", ["smoothing=none", "smoothing", "shine=1", "overlay.smoothing=5", "smoothing=9999"])
def test_an_option_that_cannot_be_is_said(qapp, run, choice):
    with desk([run], [panel_named("loss")]) as room, pytest.raises(Trouble):
        room.choose([choice])
