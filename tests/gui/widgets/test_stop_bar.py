"""The bar that says why training stopped: where there is little height, the cause and one button are left."""

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.theme import LIGHT, PROJECTOR
from gui.widgets.stop_bar import StopBar

ADVICE = "The learning rate was 1.0e-1; go back to step 32 with a lower one. All steps before are kept."


@pytest.fixture
def panel(qtbot):
    panel = QWidget()
    qtbot.addWidget(panel)
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 0, 0, 0)
    column.addStretch()
    column.addWidget(StopBar())
    panel.resize(540, 400)
    panel.show()
    return panel


@pytest.mark.parametrize("theme", [LIGHT, PROJECTOR], ids=lambda theme: theme.name)
@pytest.mark.parametrize(("height", "all_of_it"), [(400, True), (150, False)])
def test_a_low_panel_has_the_cause_and_the_button_that_mends_it(panel, theme, height, all_of_it):
    bar = panel.findChild(StopBar)
    panel.resize(540, height)
    bar.dress(theme)
    bar.say("The loss is not a number.", ADVICE, "Start again at 1.0e-2", "Go back to step 32 at half the rate")
    assert bar.headline.isVisible()
    assert bar.back_button.isVisible()
    assert bar.advice.isVisible() == bar.button.isVisible() == all_of_it
    assert bar.layout().totalMinimumSize().height() <= height
    assert ADVICE in bar.accessibleDescription()
    assert ADVICE in bar.toolTip()


def test_without_a_way_back_the_other_button_stays(panel):
    bar = panel.findChild(StopBar)
    panel.resize(540, 150)
    bar.say("There is nothing at mine.txt.", "Check the path.", "Start again", other_text=True)
    assert bar.button.isVisible()
    assert bar.open_button.isVisible()
