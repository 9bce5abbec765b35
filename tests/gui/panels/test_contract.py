"""What holds for every panel: it can draw anything a run can be, and leaves nothing behind."""

import gc
import subprocess
import sys

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from engine.bench.scripted_text import merges_counted, tokenizers_compared
from engine.declared import knobs
from engine.events import Rewound
from engine.recording import Recording
from engine.settings import Settings
from gui.frame.dock import Dock
from gui.panels import PANELS
from gui.theme import DARK, LIGHT, PROJECTOR
from tests.fakes import events, recording

LAST = 120


def measured(steps):
    """A run whose text was looked into as well."""
    made = recording(steps)
    for event in (merges_counted(0, 0.0), *tokenizers_compared(0, 0.0)):
        made.add(event)
    return made


EMPTY, RUN, OTHER = Recording(), measured(LAST), measured(40)
TASKS = {
    "masked": recording(LAST, Settings(objective="masked", average=0.99)),
    "infill": recording(LAST, Settings(objective="infill")),
}
COLOURS = 8  # a picture with fewer shows nothing
FRAMES = 250  # so many that a leak in each of them shows
SETTLED = 4  # drawings after which a panel must be at rest


def ends(knob):
    """Both ends of a range, or each of a choice; of words the usual ones and others."""
    if knob.kind is str and not knob.choices:
        return knob.default, "other words"
    return knob.choices or ((False, True) if knob.kind is bool else (knob.low, knob.high))


CHOICES = [
    pytest.param(panel, knob.name, value, id=f"{panel.title}-{knob.name}-{value}")
    for panel in PANELS
    for knob in knobs(panel.Options)
    for value in ends(knob)
]


@pytest.fixture(params=PANELS, ids=[panel.title for panel in PANELS])
def panel(request, open_panel):
    return open_panel(request.param)


@pytest.fixture
def open_panel(qtbot):
    """In its dock, so that its title row is there too."""
    docks = []  # Qt keeps none that has no parent

    def open_one(panel_class):
        made = panel_class()
        dock = Dock(made.title, made.help, made)
        docks.append(dock)
        qtbot.addWidget(dock)
        dock.resize(700, 420)
        dock.show()
        return made

    yield open_one
    docks.clear()


def draw(panel, run, step):
    """Until nothing changes any more: what is shown may make room for other numbers. Tell the trouble, if any."""
    for _ in range(SETTLED):
        drawn = panel.refresh(run, step)
        assert panel._stack.currentWidget() is panel.body, panel._trouble.details
        QCoreApplication.sendPostedEvents()
        QCoreApplication.processEvents()
        if not drawn:
            return
    raise AssertionError(f"still drawing after {SETTLED} times")


def colours(panel):
    """How many different ones the panel shows."""
    image = panel.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return len(np.unique(np.frombuffer(image.constBits(), np.uint32)))


@pytest.mark.parametrize("step", [0, 1, LAST // 2, LAST])
def test_every_step_is_drawn(panel, step):
    draw(panel, RUN, step)
    assert colours(panel) > COLOURS


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("step", [0, LAST // 2, LAST])
def test_every_task_is_drawn(panel, task, step):
    draw(panel, TASKS[task], step)
    assert colours(panel) > COLOURS


def test_after_going_back_in_the_run_only_what_is_left_is_drawn(panel, open_panel):
    made = recording(LAST)
    draw(panel, made, LAST)
    made.add(Rewound(50, 2.5, LAST))
    fresh = open_panel(type(panel))
    for one in (panel, fresh):
        draw(one, made, made.last_step)
    assert panel.grab().toImage() == fresh.grab().toImage()


def test_an_empty_recording_is_drawn_and_says_something(panel):
    draw(panel, EMPTY, 0)
    assert colours(panel) > COLOURS


@pytest.mark.parametrize("theme", [DARK, PROJECTOR, LIGHT.at_lecture_size(1280)], ids=["dark", "projector", "lecture"])
def test_every_theme_is_worn(panel, theme):
    draw(panel, RUN, LAST)
    panel.dress(theme)
    draw(panel, RUN, LAST)
    assert colours(panel) > COLOURS
    draw(panel, EMPTY, 0)
    assert colours(panel) > COLOURS


def test_another_recording_is_drawn_as_if_it_were_the_first(panel, open_panel):
    draw(panel, RUN, LAST)
    draw(panel, EMPTY, 0)
    draw(panel, OTHER, 40)
    fresh = open_panel(type(panel))
    draw(fresh, OTHER, 40)
    assert panel.grab().toImage() == fresh.grab().toImage()


def test_after_going_back_the_picture_is_the_one_of_that_step(panel):
    draw(panel, RUN, LAST // 2)
    before = panel.grab().toImage()
    draw(panel, RUN, LAST)
    if RUN.stamp(panel.watches, LAST) != RUN.stamp(panel.watches, LAST // 2):
        assert panel.grab().toImage() != before
    draw(panel, RUN, LAST // 2)
    assert panel.grab().toImage() == before


@pytest.mark.parametrize(("panel_class", "name", "value"), CHOICES)
def test_each_option_is_drawn_at_its_ends(open_panel, panel_class, name, value):
    panel = open_panel(panel_class)
    panel.choose(**{name: value})
    for run, step in ((EMPTY, 0), (RUN, LAST), (RUN, 1)):
        draw(panel, run, step)
    assert getattr(panel.options, name) == value


def test_nothing_is_drawn_while_hidden(panel, monkeypatch):
    drawn = []
    monkeypatch.setattr(panel, "draw", drawn.append)
    panel.window().hide()
    assert not panel.refresh(RUN, LAST)
    assert not drawn
    panel.window().show()
    assert panel.refresh(RUN, LAST)
    assert len(drawn) == 1


def test_nothing_is_drawn_twice(panel):
    draw(panel, RUN, LAST)
    assert not panel.refresh(RUN, LAST)


def test_an_error_is_shown_in_the_panel_and_can_be_tried_again(panel, monkeypatch):
    def broken(*_):
        raise ValueError("<b>no</b>")

    with monkeypatch.context() as patch:
        patch.setattr(panel, "picture", broken)
        panel.refresh(RUN, LAST)
        assert panel._trouble.isVisible()
        assert "<b>no</b>" in panel._trouble.reason.text()
    panel._trouble.retry.click()
    draw(panel, RUN, LAST)


def test_growing_and_going_back_leaks_neither_references_nor_widgets(panel):
    growing, happened = Recording(), iter(events(900))

    def live(frames):
        for turn, event in zip(range(frames), happened, strict=False):
            growing.add(event)
            draw(panel, growing, growing.last_step if turn % 3 else turn)
            panel.body.repaint()
        below = len(panel.window().findChildren(QObject))  # makes Python objects of them, so first
        gc.collect()
        return sys.getrefcount(None), below

    before, widgets = live(FRAMES + 650)  # fills what is kept on purpose
    after, still = live(FRAMES)
    assert abs(after - before) < FRAMES / 10
    assert still == widgets


def test_it_has_a_name_and_a_sentence_for_those_who_cannot_see_it(panel):
    assert panel.accessibleName() == panel.title
    assert panel.help.endswith(".")
    keyboard = [w for w in panel.window().findChildren(QWidget) if w.focusPolicy() & w.focusPolicy().TabFocus]
    assert keyboard
    assert not [w for w in keyboard if w.isVisible() and not (w.accessibleName() or getattr(w, "text", str)())]


def test_the_titles_are_all_different():
    assert len({panel.title for panel in PANELS}) == len(PANELS)


def test_it_can_be_run_alone_without_a_warning(panel, tmp_path):
    command = [sys.executable, "-W", "error", "-m", type(panel).__module__, str(tmp_path / "none")]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    assert "is not there" in said
    assert "Warning" not in said
    assert "Traceback" not in said
