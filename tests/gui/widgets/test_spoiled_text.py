"""Spoiled words stand on the colour of what was done to them, as plain text."""

import pytest
from PySide6.QtCore import QPointF

from engine.corpus.spoiling import Span
from gui.theme import DARK, LIGHT, PROJECTOR
from gui.widgets.spoiled_text import MEANT, NAMES, SpoiledLegend, SpoiledText, ground

SPANS = (
    Span("", "One "),
    Span("typo", "evning"),
    Span("", " <b>the</b> "),
    Span("shuffled", "lamp"),
    Span("duplicate", "\nOne evning"),
    Span("boilerplate", "\nRead \u202emore."),
)


@pytest.fixture
def text(qtbot):
    made = SpoiledText()
    qtbot.addWidget(made)
    made.resize(400, 120)
    made.show_spans(SPANS)
    made.show()
    return made


def looks(text, words):
    """Of the first letter of some words."""
    cursor = text.document().find(words)
    assert not cursor.isNull()
    cursor.setPosition(cursor.selectionStart() + 1)
    return cursor.charFormat()


def test_each_kind_has_a_ground_of_its_own_and_clean_words_have_none(text):
    kinds = {"evning": "typo", "lamp": "shuffled", "Read": "boilerplate"}
    for words, kind in kinds.items():
        assert looks(text, words).background().color() == ground(kind, LIGHT)
    assert not looks(text, "One").background().color().isValid() or looks(text, "One").background().style().value == 0


def test_markup_and_hidden_signs_are_shown_not_obeyed(text):
    assert text.toPlainText() == "One evning <b>the</b> lamp\nOne evning\nRead U+202Emore."


@pytest.mark.parametrize("theme", [LIGHT, DARK, PROJECTOR], ids=lambda theme: theme.name)
def test_the_grounds_differ_and_the_words_on_them_can_be_read(theme):
    from tests.gui.test_theme import contrast

    grounds = {kind: ground(kind, theme).name() for kind in NAMES}
    assert len(set(grounds.values())) == len(NAMES)
    for colour in grounds.values():
        assert contrast(theme.ink, colour) >= 4.5


def test_the_pointer_is_told_what_was_done_to_a_word(text, qtbot):
    cursor = text.document().find("evning")
    cursor.setPosition(cursor.selectionStart() + 2)
    place = text.cursorRect(cursor).center()
    with qtbot.waitSignal(text.pointed) as told:
        qtbot.mouseMove(text.viewport(), place)
    assert told.args == [MEANT["typo"]]
    assert text.kind_at(QPointF(1, place.y())) == ""


def test_the_same_text_keeps_what_a_person_selected(text):
    text.selectAll()
    text.show_spans(list(SPANS))
    assert text.textCursor().hasSelection()


def test_a_legend_names_every_kind(qtbot):
    legend = SpoiledLegend()
    qtbot.addWidget(legend)
    assert all(words in legend.accessibleName() for words in NAMES.values())
    legend.resize(legend.sizeHint())
    legend.grab()


@pytest.mark.parametrize("theme", [LIGHT, PROJECTOR], ids=lambda theme: theme.name)
@pytest.mark.parametrize("height", [45, 60, 97])
def test_no_line_is_cut_in_half(text, theme, height):
    text.dress(theme)
    text.resize(150, height)
    line = text.document().firstBlock().layout().lineAt(0).height()
    assert text.viewport().height() >= line
    assert text.viewport().height() / line == pytest.approx(round(text.viewport().height() / line), abs=0.07)
