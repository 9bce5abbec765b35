"""The predictions panel: its numbers without a screen, and what a person can do."""

from math import exp

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from engine.commands import Probe
from engine.events import CorpusRead, Ended, SentencePredicted, Started
from engine.recording import Recording
from engine.settings import Settings
from gui.panels.predictions import PredictionsPanel
from gui.panels.predictions_picture import Choice, as_written, chances, predictions, without_spaces
from gui.theme import LIGHT, PROJECTOR
from gui.widgets.chance_bars import Chance, sentence
from gui.widgets.token_strip import UNASKED
from tests.fakes import PIECES, SENTENCE, recording

RUN = recording(100)
LAST_WORD = 12  # "dark", before the full stop
HOSTILE = ("<|end|>", "<b>", "\u202e", "caf", "\udcc3", "\udca9", " the")


def corpus(pieces=PIECES):
    return CorpusRead(0, 0.0, "Stories", "", 1, 1, 1, 1, "", tuple(pieces), 0)


def look(step, tokens, losses=None, guesses=None):
    tokens = np.array(tokens, np.int32)
    losses = np.ones(len(tokens), np.float32) if losses is None else np.array(losses, np.float32)
    guesses = np.array([guesses or [1, 2, 3]] * (len(tokens) + 1), np.int32)
    likely = np.array([[0.5, 0.25, 0.125]] * (len(tokens) + 1), np.float32)
    return SentencePredicted(step, 0.0, tokens, losses, guesses, likely)


def recorded(*events):
    made = Recording()
    for event in events:
        made.add(event)
    return made


def picture(made, step=100, source="sentence", choice=None):
    return predictions(made, step, source, 10, choice)


# hidden tokens

MASKED = recording(100, Settings(objective="masked"))
ASKED = [1, 5, 9, 13]  # places of the batch


def test_only_what_was_hidden_in_a_batch_has_a_loss_and_nothing_follows():
    made = picture(MASKED, source="batch")
    assert [place for place, tile in enumerate(made.tiles) if tile.loss is not UNASKED] == ASKED
    assert len(made.tiles) == len(SENTENCE)
    assert made.tiles == picture(MASKED, source="batch").tiles  # nothing is painted twice
    assert made.selected == 9  # the first hidden one that has a context


def test_a_hidden_token_is_guessed_from_both_sides_and_its_truth_is_shown():
    made = picture(MASKED, source="batch")
    assert made.lead == "Hidden in"
    assert made.around == "…lantern on the table because ▢ room was dark."
    assert sum(row.truth for row in made.chances) == 1


def test_what_the_model_was_not_asked_has_no_guesses():
    made = picture(MASKED, source="batch", choice=Choice("batch", b"", 2))
    assert (made.lead, made.chances) == ("Not asked:", ())
    assert picture(MASKED, source="batch", choice=Choice("batch", b"", 99)).selected == len(SENTENCE) - 1


def test_the_sentence_has_a_guess_for_each_hidden_token_and_for_what_comes_after():
    made = picture(MASKED)
    assert made.masked
    assert (len(made.tiles), made.tiles[-1].loss) == (len(SENTENCE) + 1, None)
    assert (made.lead, made.chances[0].rank) == ("Hidden in", 1)
    after = picture(MASKED, choice=Choice("sentence", SENTENCE.tobytes(), len(SENTENCE)))
    assert after.lead == "Next after"
    assert after.around == after.before


def test_for_the_back_row_the_box_stands_inside_the_text(panel):
    panel.dress(PROJECTOR.at_lecture_size(1600))
    panel.choose(source="batch")
    panel.refresh(MASKED, 100)
    assert panel.gap.accessibleDescription() == "Mira put the lantern on the table because … room was dark."
    assert panel.lecture_title == "What is hidden?"
    panel.refresh(RUN, 100)
    assert panel.lecture_title == "What comes next?"


def test_a_quiet_tile_says_that_it_was_not_asked_for(panel):
    panel.choose(source="batch")
    panel.refresh(MASKED, 100)
    assert panel._stack.currentWidget() is panel.body, panel._trouble.details
    assert panel.strip.sentence(0) == "“Mira”: not asked for, token 1 of 14."
    assert "hidden" in panel.subtitle.whole
    panel.choose(source="sentence")
    panel.refresh(RUN, 100)
    assert "hidden" not in panel.subtitle.whole


def test_signs_of_a_gap_are_shown_by_name_and_faint():
    infill = Settings(objective="infill").model_dump()
    pieces = (*PIECES, "<|prefix|>", "<|suffix|>", "<|middle|>")
    tokens = [len(PIECES), 1, len(PIECES) + 1, 2, len(PIECES) + 2, 3, 0]
    made = recorded(
        corpus(pieces), Started(0, 0.0, "amber-heron", infill, 1, "CPU"), look(0, tokens, guesses=tokens[:3])
    )
    tiles = picture(made).tiles
    assert [tile.text for tile in tiles[:-1]] == ["prefix", "Mira", "suffix", "·put", "middle", "·the", "end"]
    assert [tile.faint for tile in tiles[:-1]] == [True, False, True, False, True, False, True]
    assert [row.text for row in picture(made).chances[:3]] == ["prefix", "Mira", "suffix"]


# the numbers


def test_before_the_first_look_there_is_nothing():
    assert picture(Recording()) is None
    assert picture(recorded(corpus())) is None


def test_each_token_has_its_own_loss_and_a_blank_follows():
    event, made = RUN.latest(SentencePredicted), picture(RUN)
    assert len(made.tiles) == len(SENTENCE) + 1
    assert [tile.loss for tile in made.tiles[:-1]] == event.losses_T.tolist()
    assert made.tiles[-1].loss is None
    assert made.text == "Mira put the lantern on the table because the room was dark."


def test_at_first_the_last_word_of_the_sentence_is_chosen():
    assert picture(RUN).selected == LAST_WORD
    assert picture(RUN).before == "Mira put the lantern on the table because the room was"


def test_a_choice_holds_from_step_to_step_and_ends_with_its_text():
    chosen = Choice("sentence", SENTENCE.tobytes(), 4)
    assert picture(RUN, 0, choice=chosen).selected == picture(RUN, 100, choice=chosen).selected == 4
    assert picture(RUN, choice=chosen._replace(tokens=b"another")).selected == LAST_WORD


def test_in_a_batch_the_place_holds_though_the_text_changes():
    assert picture(RUN, source="batch", choice=Choice("batch", b"another", 3)).selected == 3
    assert picture(RUN, source="batch", choice=Choice("batch", b"another", 999)).selected == len(SENTENCE)


def test_the_guesses_are_those_of_the_chosen_place():
    event = RUN.latest(SentencePredicted)
    made = picture(RUN, choice=Choice("sentence", SENTENCE.tobytes(), 4))
    assert [row.chance for row in made.chances[:10]] == event.chances_NK[4].tolist()
    assert made.chances[0].truth
    assert [row.rank for row in made.chances] == list(range(1, 11))


def test_a_truth_that_was_not_guessed_comes_last_with_its_chance():
    event = look(0, [7, 9], losses=[0.7, 3.0])
    rows = chances(corpus(), "causal", event, 1, 3)
    assert rows[-1] == Chance("·room", pytest.approx(exp(-3.0)), 0, truth=True)
    assert not any(row.truth for row in rows[:-1])


def test_numbers_that_a_stranger_made_up_are_drawn_all_the_same():
    event = look(0, [7, 999], losses=[0.7, -1e30], guesses=[1, 2, 9999])
    rows = chances(corpus(), "causal", event, 1, 3)
    assert [row.text for row in rows[-2:]] == ["‹?›", "‹?›"]
    assert rows[-1].chance == 1
    assert picture(recorded(corpus(), event)).tiles[1].text == "‹?›"


def test_a_truth_beyond_the_guesses_that_are_wanted_is_not_lost():
    rows = chances(corpus(), "causal", look(0, [3], losses=[2.0]), 0, 2)
    assert [row.truth for row in rows] == [False, False, True]


def test_after_the_text_nothing_is_true():
    made = picture(RUN, choice=Choice("sentence", SENTENCE.tobytes(), len(SENTENCE)))
    assert not any(row.truth for row in made.chances)
    assert len(made.history.steps) == 0


def test_the_history_is_of_this_place_in_this_text_only():
    made = recorded(corpus(), look(0, [7, 9], [6.0, 5.0]), look(1, [9, 7], [1.0, 1.0]), look(2, [7, 9], [3.0, 2.0]))
    history = picture(made, 2, choice=Choice("sentence", np.array([7, 9], np.int32).tobytes(), 1)).history
    assert history.steps.tolist() == [0, 2]
    assert history.values.tolist() == [5.0, 2.0]
    assert history.name == "·room"


def test_looking_back_the_history_goes_on_past_the_step_on_show():
    history = picture(RUN, 50).history
    assert history.step == 50
    assert history.steps[-1] == 100


def test_a_batch_has_no_history():
    assert len(picture(RUN, source="batch").history.steps) == 0


def test_a_text_without_tokens_still_asks_what_comes_first():
    made = picture(recorded(corpus(), look(0, [])))
    assert (made.selected, made.before, len(made.tiles)) == (0, "", 1)
    assert len(made.chances) == 3


def test_text_that_could_mislead_is_shown_not_obeyed():
    made = picture(recorded(corpus(HOSTILE), look(0, [1, 2, 3, 4, 5, 0, 6])))
    assert [tile.text for tile in made.tiles] == ["<b>", "U+202E", "caf", "‹C3›", "‹A9›", "end", "·the", "?"]
    assert [tile.warn for tile in made.tiles].index(True) == 1
    assert made.tiles[3].note == made.tiles[4].note == "one of 2 bytes of é"
    assert made.tiles[5].faint
    assert "\u202e" not in made.before
    assert "café" in made.before


def test_the_dot_of_a_space_goes_only_where_nothing_gets_mixed_up():
    rows = (Chance("·table", 0.5), Chance("table", 0.3), Chance("·wall", 0.1), Chance("·", 0.1))
    assert [row.text for row in without_spaces(rows)] == ["·table", "table", "wall", "·"]


# the panel


@pytest.fixture
def panel(qtbot):
    made = PredictionsPanel()
    heading = made.title_row()[0]
    for widget in (made, heading):
        qtbot.addWidget(widget)
    made.resize(760, 220)
    made.show()
    qtbot.waitExposed(made)
    made.refresh(RUN, 100)
    return made


def test_it_draws_when_seen_and_changed_and_not_otherwise(panel):
    assert not panel.refresh(RUN, 100)
    panel.select(3)
    assert panel.refresh(RUN, 100)
    assert panel.strip.accessibleDescription().startswith("“·lan”")
    panel.hide()
    panel.select(4)
    assert not panel.refresh(RUN, 100)


def test_a_step_without_a_look_is_not_drawn(panel):
    panel.refresh(RUN, 99)
    assert not panel.refresh(RUN, 98)
    assert panel.refresh(RUN, 89)


def test_an_empty_recording_says_what_will_be_here(panel):
    panel.refresh(Recording(), 0)
    assert panel.note.isVisible()
    assert not panel.strip.isVisible()
    panel.refresh(RUN, 100)
    assert panel.strip.isVisible()
    assert not panel.note.isVisible()


def test_the_segments_choose_the_text(panel):
    panel.segments.chosen.emit("batch")
    panel.refresh(RUN, 100)
    assert panel.options.source == "batch"
    assert panel.segments.value == "batch"
    assert panel.subtitle.whole == "on text it is learning from"
    assert not panel.history.isVisible()


def test_arrows_move_in_the_text_and_stop_at_its_ends(panel, qtbot):
    panel.strip.setFocus()
    qtbot.waitUntil(panel.strip.hasFocus)
    qtbot.keyClick(panel.strip, Qt.Key.Key_Left)
    qtbot.keyClick(panel.strip, Qt.Key.Key_Left)  # faster than a frame
    panel.refresh(RUN, 100)
    assert panel.picture(RUN, 100, panel.options).selected == LAST_WORD - 2
    qtbot.keyClick(panel.strip, Qt.Key.Key_Home)
    qtbot.keyClick(panel.strip, Qt.Key.Key_Left)
    assert panel.picture(RUN, 100, panel.options).selected == 0
    qtbot.keyClick(panel.strip, Qt.Key.Key_End)
    assert panel.picture(RUN, 100, panel.options).selected == len(SENTENCE)


def test_arrows_in_the_text_are_not_the_windows(qtbot):
    window, panel = QWidget(), PredictionsPanel()
    for widget in (window, *panel.title_row()):
        qtbot.addWidget(widget)
    QVBoxLayout(window).addWidget(panel)
    shortcut = QShortcut(QKeySequence(Qt.Key.Key_Right), window)
    window.show()
    qtbot.waitActive(window)
    panel.refresh(RUN, 100)
    panel.strip.setFocus()
    qtbot.waitUntil(panel.strip.hasFocus)
    with qtbot.assertNotEmitted(shortcut.activated):
        qtbot.keyClick(panel.strip, Qt.Key.Key_Right)
    assert panel.picture(RUN, 100, panel.options).selected == LAST_WORD + 1


def test_an_edited_sentence_is_asked_and_shown_only_when_it_was_answered(panel, qtbot):
    made = recorded(corpus(), look(0, [7, 9]))
    panel.refresh(made, 0)
    panel.pencil.click()
    assert panel.line.field.text() == " table room"
    assert not panel.strip.isVisible()
    panel.line.field.setText("Mira")
    with qtbot.waitSignal(panel.asked) as asked:
        qtbot.keyClick(panel.line.field, Qt.Key.Key_Return)
    assert asked.args == [Probe("Mira")]
    panel.refresh(made, 0)
    assert panel.subtitle.whole == "asking…"
    assert panel.strip.accessibleDescription().startswith("“·room”")
    made.add(look(0, [1]))
    panel.refresh(made, 0)
    assert panel.subtitle.whole == "on your own sentence"
    assert panel.strip.accessibleDescription().startswith("“Mira”")


def test_enter_stays_in_the_line_and_does_not_open_it_again(panel):
    panel.pencil.click()
    enter = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    enter.ignore()
    panel.line.field.keyPressEvent(enter)
    assert not panel.line.isVisible()
    assert enter.isAccepted()  # else it goes on to the panel, where it opens the line


def test_going_elsewhere_closes_the_line_and_asks_nothing(panel, qtbot):
    panel.pencil.click()
    with qtbot.assertNotEmitted(panel.asked):
        panel.line.field.focusOutEvent(QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason))
        assert panel.line.isVisible()  # another window is no change of mind
        panel.line.field.focusOutEvent(QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.MouseFocusReason))
    assert not panel.line.isVisible()


def test_a_click_elsewhere_closes_the_line_and_keeps_the_focus_it_took(qtbot):
    window, panel, other = QWidget(), PredictionsPanel(), QLineEdit()
    for widget in (window, *panel.title_row()):
        qtbot.addWidget(widget)
    column = QVBoxLayout(window)
    column.addWidget(panel)
    column.addWidget(other)
    window.show()
    qtbot.waitActive(window)
    panel.refresh(RUN, 100)
    panel.edit()
    qtbot.waitUntil(panel.line.field.hasFocus)
    qtbot.mouseClick(other, Qt.MouseButton.LeftButton)
    other.setFocus(Qt.FocusReason.MouseFocusReason)
    assert panel.line.isHidden()
    assert other.hasFocus()
    panel.edit()
    qtbot.waitUntil(panel.line.field.hasFocus)
    qtbot.keyClick(panel.line.field, Qt.Key.Key_Return)
    assert panel.line.isHidden()
    assert panel.strip.hasFocus()


def test_escape_leaves_the_sentence_as_it_was(panel, qtbot):
    panel.strip.edit_asked.emit()
    with qtbot.assertNotEmitted(panel.asked):
        qtbot.keyClick(panel.line.field, Qt.Key.Key_Escape)
    assert panel.strip.isVisible()
    assert not panel.line.isVisible()


def test_a_run_that_has_ended_is_not_asked(panel, qtbot):
    made = recorded(corpus(), look(0, [7, 9]), Ended(0, 0.0))
    panel.refresh(made, 0)
    panel.edit()
    with qtbot.assertNotEmitted(panel.asked):
        qtbot.keyClick(panel.line.field, Qt.Key.Key_Return)
    assert "nobody answers" in panel.subtitle.whole


def test_a_batch_is_not_for_editing(panel):
    panel.choose(source="batch")
    panel.refresh(RUN, 100)
    panel.edit()
    assert not panel.line.isVisible()


def test_in_a_lecture_the_question_stands_alone(panel):
    panel.dress(PROJECTOR.at_lecture_size(1600))
    panel.resize(700, 700)
    panel.refresh(RUN, 100)
    assert panel.gap.isVisible()
    assert " ".join(panel.gap.lines).rstrip().endswith("the room was")
    assert not any(part.isVisible() for part in (panel.strip, panel.history, panel.segments, panel.pencil))
    panel.dress(LIGHT)
    panel.refresh(RUN, 100)
    assert panel.strip.isVisible()


def test_a_narrow_panel_leaves_the_history_out(panel, qtbot):
    assert panel.history.isVisible()
    panel.resize(420, 400)
    qtbot.waitUntil(lambda: not panel.history.isVisible())


def test_making_a_panel_opens_no_window_of_its_parts(qtbot):
    panel = PredictionsPanel(PROJECTOR)
    qtbot.addWidget(panel)
    heading = panel.title_row()[0]
    qtbot.addWidget(heading)
    assert not heading.isVisible()
    assert not panel.segments.isVisible()


# characters that are cut or not known

CUT = ("<|end|>", "caf", "\udcc3", "\udca9", "\ufffd", " the")


def test_a_guess_that_is_a_byte_or_not_known_says_so():
    made = recorded(corpus(CUT), look(1, [1, 2, 3, 4], guesses=[3, 2, 4]))
    rows = picture(made, choice=Choice("sentence", np.array([1, 2, 3, 4], np.int32).tobytes(), 2)).chances
    assert [(row.text, row.note) for row in rows] == [
        ("‹A9›", "one of 2 bytes of é"),
        ("‹C3›", "a byte that begins a character of 2"),
        ("‹?›", "a character that is not among the tokens"),
    ]
    assert sentence(rows[0]).startswith("“‹A9›”, one of 2 bytes of é: 50 %")


def test_a_tile_that_is_a_byte_or_not_known_says_so():
    made = picture(recorded(corpus(CUT), look(1, [1, 2, 4, 3])))
    assert [tile.note for tile in made.tiles[:4]] == [
        "",
        "a byte that begins a character of 2",
        "a character that is not among the tokens",
        "a byte that is no character by itself",
    ]


def test_a_sentence_is_edited_as_it_was_written():
    assert as_written("5 \ufffd", ("no", "5 €")) == "5 €"
    assert as_written("5 \ufffd", ("6 €", "")) == "5 \ufffd"
    assert as_written("5 €", ("5 $",)) == "5 €"


def test_the_line_opens_with_the_signs_the_tokenizer_did_not_know(panel):
    started = Started(0, 0.0, "amber-heron", Settings(probe="caf€").model_dump(), 1, "CPU")
    panel.refresh(recorded(started, corpus(CUT), look(1, [1, 4])), 1)
    panel.edit()
    assert panel.line.field.text() == "caf€"
