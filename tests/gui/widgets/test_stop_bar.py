"""The bar that says why training stopped: where there is little height, the cause and one button are left."""

import pytest
from PySide6.QtCore import Qt
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


def test_a_stretch_of_text_and_other_choices_can_be_offered(panel, qtbot):
    bar = panel.findChild(StopBar)
    bar.say("old.txt is not in UTF-8.", "Read as Windows-1252 it says:", "Read it as Windows-1252")
    bar.offer("<b>Gr\u00fc\u00dfe</b>", {"cp1250": "Windows-1250 (Central Europe)", "utf-16": "UTF-16"})
    assert bar.preview.isVisible()
    assert (bar.preview.text(), bar.preview.textFormat()) == ("<b>Gr\u00fc\u00dfe</b>", Qt.TextFormat.PlainText)
    assert bar.other_button.isVisible()
    with qtbot.waitSignal(bar.other_chosen) as chosen:
        bar.others.actions()[1].trigger()
    assert chosen.args == ["utf-16"]
    bar.say("The loss is not a number.", ADVICE, "Start again")
    assert not bar.preview.isVisible()
    assert not bar.other_button.isVisible()
