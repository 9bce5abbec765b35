"""The card of a run: its words are plain, its tokens can be read aloud, and it stands as it is told."""

import pytest
from PySide6.QtCore import Qt

from gui.theme import DARK, LIGHT
from gui.widgets.run_card import Part, RunCard
from gui.widgets.token_strip import Tile

TEXT = Part(
    "<b>heron</b>", 1, "2.15", "heron: loss 2.150.", "Once", " <i>upon</i>", note="<u>cut</u>", remark="seed <7>"
)
PROBE = Part("heron", 0, "2.00", "heron.", tiles=(Tile("Mira", 3.0), Tile("·put", 1.0)))


@pytest.fixture
def card(qtbot):
    made = RunCard()
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    return made


def test_nothing_in_it_is_markup(card):
    card.show_part(TEXT)
    assert card.text.toPlainText() == "Once <i>upon</i>"
    assert card.remark.text() == "seed <7>"
    assert card.head.accessibleName() == "<b>heron</b>"
    assert "&lt;u&gt;" in card.text.toolTip()


def test_only_what_there_is_is_seen(card):
    card.show_part(TEXT)
    assert (card.text.isVisible(), card.strip.isVisible(), card.remark.isVisible()) == (True, False, True)
    card.show_part(PROBE)
    assert (card.text.isVisible(), card.strip.isVisible(), card.remark.isVisible()) == (False, True, False)


def test_its_tokens_are_read_aloud_and_take_no_focus(card):
    card.show_part(PROBE)
    assert "“Mira”: loss 3.00 nats, token 1 of 2." in card.strip.accessibleDescription()
    assert "“·put”: loss 1.00 nats, token 2 of 2." in card.strip.accessibleDescription()
    assert card.strip.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_a_selection_stays_while_the_words_stay(card):
    card.show_part(TEXT)
    card.text.selectAll()
    card.show_part(TEXT._replace())
    assert card.text.textCursor().hasSelection()
    card.show_part(TEXT._replace(text=" other"))
    assert not card.text.textCursor().hasSelection()


def test_its_head_stands_above_or_beside(card):
    card.show_part(PROBE)
    card.stand(ruled=False, beside=False)
    card.layout().activate()
    assert card.head.geometry().bottom() <= card.strip.y()
    card.stand(ruled=False, beside=True)
    card.layout().activate()
    assert card.head.geometry().right() < card.strip.x()


def test_it_wears_a_theme(card):
    card.show_part(TEXT)
    light = card.grab().toImage()
    card.dress(DARK)
    assert card.grab().toImage() != light
    card.dress(LIGHT)
    assert card.grab().toImage() == light
