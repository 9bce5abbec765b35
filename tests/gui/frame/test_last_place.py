"""The last place of the transport offers one thing, or tells one."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.frame.last_place import LastPlace
from gui.theme import LIGHT


@pytest.fixture
def place(qtbot: QtBot) -> LastPlace:
    made = LastPlace()
    qtbot.addWidget(made)
    made.dress(LIGHT)
    made.show()
    return made


@pytest.mark.parametrize(
    ("offer", "words", "signal"),
    [
        ("back", "Back to live", "live_asked"),
        ("continue", "Continue from here", "continue_asked"),
        ("train", "Train it yourself", "train_asked"),
    ],
)
def test_a_button_asks_for_what_it_says(place: LastPlace, offer, words: str, signal: str) -> None:
    told: list[str] = []
    for name in ("live_asked", "continue_asked", "train_asked"):
        getattr(place, name).connect(lambda name=name: told.append(name))
    place.show_place(offer, False)
    assert (place.button.isVisible(), place.pill.isVisible()) == (True, False)
    assert place.button.accessibleName() == place.button.text().strip() == words
    place.button.click()
    assert told == [signal]


def test_live_is_a_word_and_no_button(place: LastPlace) -> None:
    place.show_place("live", True)
    assert (place.button.isVisible(), place.pill.isVisible()) == (False, True)
    assert place.pill.accessibleName() == "Live: the newest step is shown"
    assert place.pill.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert place.pill.property("live") == "true"
    place.show_place("live", False)
    assert place.pill.property("live") == "false"


def test_it_is_always_as_wide(place: LastPlace) -> None:
    widths = set()
    for offer in ("", "live", "back", "continue", "train"):
        place.show_place(offer, True)
        widths.add(place.width())
    assert widths == {136}
