"""The comparison of tokenizers: what is known of each slot, what is asked, what a person does with it."""

from math import nan

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from engine.commands import CompareTokenizers
from engine.corpus.world.parallel import SAME
from engine.events import Ended, Rewound, Started, TokenizerCompared
from engine.recording import Recording
from gui.panels.tokenizers import TEXT, TokenizersPanel
from gui.panels.tokenizers_picture import (
    LEARNING,
    MISSING,
    SENTENCES,
    Slot,
    TokenizersOptions,
    comparison,
    found,
    recorded,
    told,
    wanted,
)

LETTERS = tuple(" .aehilnrtoZ")
BYTES = tuple(bytes([byte]).decode("utf-8", "surrogateescape") for byte in range(256))
DEFAULT = (Slot("character", 0), Slot("bpe", 1024), Slot("unigram", 4096), Slot("wordpiece", 4096))


def compared(kind, size=0, vocabulary=(), left=(), right=(), scores=(), per_word=2.0, bits=1.7, step=0):
    return TokenizerCompared(
        step, 0.0, kind, vocabulary, left, right, np.array(scores, np.float32), per_word, 3.0, bits, size
    )


CHARACTER = compared("character", 0, LETTERS, per_word=5.6, bits=1.92)
BPE = compared("bpe", 1024, (*BYTES, "th", "the", " the"), ("t", "th", " "), ("h", "e", "the"), bits=1.71)
UNIGRAM = compared("unigram", 4096, (*BYTES, " the", "lan"), scores=[-9.0] * 256 + [-1.0, -2.0], bits=1.68)
WORDPIECE = compared("wordpiece", 4096, (*BYTES, *(f"##{byte}" for byte in BYTES), " lan", "##tern"), bits=1.7)
ALL = (CHARACTER, BPE, UNIGRAM, WORDPIECE)


def run(*events):
    made = Recording()
    for event in (Started(0, 0.0, "amber-heron", {"width": 128}, 1, "CPU"), *events):
        made.add(event)
    return made


def picture(*events, text="the lantern", **options):
    return comparison(run(*events), TokenizersOptions(**options), text)


# the numbers


def test_the_usual_four_are_wanted():
    assert wanted(TokenizersOptions()) == DEFAULT


def test_a_slot_may_be_left_out_or_have_no_size():
    options = TokenizersOptions(first="none", second="byte", third="bpe", third_size="16,384", fourth="none")
    assert wanted(options) == (Slot("byte", 0), Slot("bpe", 16384))


def test_what_is_not_there_is_being_learned():
    rows = picture(CHARACTER).rows
    assert [row.state for row in rows] == ["", LEARNING, LEARNING, LEARNING]
    assert [row.size for row in rows] == [len(LETTERS), 1024, 4096, 4096]


def test_each_row_has_its_pieces_and_its_costs():
    rows = picture(*ALL).rows
    assert ["".join(cell.piece for cell in row.cells) for row in rows] == ["the lantern"] * 4
    assert [len(row.cells) for row in rows] == [11, 9, 9, 5]
    assert rows[1].embedding == len(BPE.vocabulary) * 128
    assert [row.best for row in rows] == [False, False, True, False]


def test_what_looks_equally_good_is_equally_good():
    close = compared("wordpiece", 4096, BYTES, bits=1.684)
    assert [row.best for row in picture(CHARACTER, BPE, UNIGRAM, close).rows] == [False, False, True, True]


def test_what_was_not_measured_is_never_the_best():
    assert not any(row.best for row in picture(compared("character", 0, LETTERS, bits=nan)).rows)


def test_the_mark_of_a_piece_that_goes_on_is_not_drawn():
    assert [cell.piece for cell in picture(*ALL, text=" lantern").rows[3].cells] == [" lan", "tern"]
    assert [cell.piece for cell in picture(*ALL, text="##").rows[1].cells] == ["#", "#"]


def test_half_characters_are_marked():
    rows = picture(*ALL, text="Zoë").rows
    assert [cell.halves for cell in rows[1].cells] == [False, False, True, True]
    assert [sign.text for cell in rows[0].cells for sign in cell.signs][-1] == "‹?›"


def test_the_last_one_that_was_measured_for_a_slot_counts():
    newer = compared("bpe", 1024, BYTES, bits=1.5)
    other = compared("bpe", 512, BYTES, bits=1.4)
    made = run(BPE, newer, other)
    assert found(made, Slot("bpe", 1024)) is newer
    assert found(made, Slot("bpe", 512)) is other
    assert found(made, Slot("bpe", 4096)) is None


def test_a_run_that_is_over_shows_what_was_recorded():
    other = compared("bpe", 512, BYTES)
    over = picture(other, CHARACTER, Ended(0, 0.0))
    assert [row.name for row in over.rows] == ["Byte-level BPE", "Character"]
    assert recorded(run(CHARACTER, BPE, BPE, other, UNIGRAM, WORDPIECE)) == (
        Slot("bpe", 1024), Slot("bpe", 512), Slot("unigram", 4096), Slot("wordpiece", 4096),
    )  # fmt: skip
    assert picture(Ended(0, 0.0)).rows == ()
    assert MISSING not in {row.state for row in over.rows}


def test_the_same_sentence_is_counted_in_every_language():
    shown = picture(CHARACTER, BPE, sentence=2).languages
    assert [language.name for language in shown] == list(SAME)
    assert [language.counts[0] for language in shown] == [len(sentences[1]) for sentences in SAME.values()]
    greek = shown[-1]
    assert greek.counts[1] > 1.5 * greek.counts[0]
    assert greek.counts[2] is None


def test_a_piece_is_told_by_number_bytes_and_score():
    assert (
        told(UNIGRAM, "a the", 1) == "“·the” · token 256 of 258 · 4 bytes, 20 74 68 65 · score -1.00 nats (log chance)"
    )
    assert told(WORDPIECE, " lantern", 1).startswith("“##tern” · token 513 of 514 · 4 bytes, 74 65 72 6E")
    assert "one of 2 bytes of ë" in told(BPE, "ë", 0)
    assert "not among the tokens" in told(CHARACTER, "ë", 0)


# the panel


@pytest.fixture
def panel(qtbot):
    made = TokenizersPanel()
    for widget in (made, *made.title_row()):
        qtbot.addWidget(widget)
        widget.show()
    made.resize(900, 340)
    qtbot.waitExposed(made)
    return made


def asked_of(slots):
    return [CompareTokenizers(tuple((slot.kind, slot.size) for slot in slots))]


def test_it_asks_for_what_was_not_measured_yet_and_only_once(panel, qtbot):
    made = run(CHARACTER)
    with qtbot.waitSignal(panel.asked) as asked:
        panel.refresh(made, 0)
    assert asked.args == asked_of(DEFAULT[1:])
    made.add(BPE)
    with qtbot.assertNotEmitted(panel.asked):
        panel.refresh(made, 0)
    assert [row.state for row in panel._shown.rows] == ["", "", LEARNING, LEARNING]


def test_another_choice_asks_for_that_one(panel, qtbot):
    made = run(*ALL)
    with qtbot.assertNotEmitted(panel.asked):
        panel.refresh(made, 0)
    panel.choose(second_size="512")
    with qtbot.waitSignal(panel.asked) as asked:
        panel.refresh(made, 0)
    assert asked.args == asked_of([Slot("bpe", 512)])
    panel.choose(second_size="1,024")
    with qtbot.assertNotEmitted(panel.asked):
        panel.refresh(made, 0)


def test_the_same_one_twice_is_learned_once(panel, qtbot):
    panel.choose(third="bpe", third_size="1,024", fourth="none")
    with qtbot.waitSignal(panel.asked) as asked:
        panel.refresh(run(CHARACTER), 0)
    assert asked.args == asked_of([Slot("bpe", 1024)])


def test_after_going_back_it_asks_again(panel, qtbot):
    made = run(BPE, UNIGRAM, WORDPIECE, compared("character", 0, LETTERS, step=50))
    panel.refresh(made, 50)
    made.add(Rewound(10, 0.0, 50))
    with qtbot.waitSignal(panel.asked) as asked:
        panel.refresh(made, 10)
    assert asked.args == asked_of(DEFAULT[:1])


def test_it_does_not_ask_while_nobody_sees_it_or_answers(panel, qtbot):
    with qtbot.assertNotEmitted(panel.asked):
        panel.refresh(Recording(), 0)
        assert "appears here" in panel.note.headline.text()
        panel.refresh(run(Ended(0, 0.0)), 0)
        assert "No tokenizers were compared" in panel.note.headline.text()
        panel.hide()
        panel.refresh(run(), 0)


def test_a_text_is_cut_while_it_is_written(panel, qtbot):
    panel.refresh(run(*ALL), 0)
    panel.edit()
    assert panel.heading.line.field.text() == TEXT
    qtbot.keyClicks(panel.heading.line.field, "the")
    assert panel._shown.text == "the"
    qtbot.keyClick(panel.heading.line.field, Qt.Key.Key_Escape)
    assert panel._shown.text == TEXT


def test_the_menu_of_a_row_puts_another_in_its_place(panel):
    panel.choose(first="none")
    panel.refresh(run(*ALL), 0)
    menu = panel.menu(0)
    next(action for action in menu.actions() if action.text() == "Byte").trigger()
    assert panel.options.second == "byte"
    sizes = next(sizes for sizes in menu.findChildren(QMenu) if sizes.title() == "Unigram")
    next(action for action in sizes.actions() if action.text().startswith("8,192")).trigger()
    assert (panel.options.second, panel.options.second_size) == ("unigram", "8,192")
    next(action for action in menu.actions() if action.text().startswith("Leave")).trigger()
    assert panel.options.second == "none"
    menu.close()


def test_another_sentence_follows_the_last_by_the_first(panel, qtbot):
    panel.refresh(run(*ALL), 0)
    for place in range(2, SENTENCES + 1):
        qtbot.mouseClick(panel.another, Qt.MouseButton.LeftButton)
        assert panel.options.sentence == place
    qtbot.mouseClick(panel.another, Qt.MouseButton.LeftButton)
    assert panel.options.sentence == 1


def test_the_marks_begin_where_the_pieces_begin(panel):
    panel.refresh(run(*ALL), 0)
    assert panel.dots._left == panel.rows.left
    panel.resize(560, 300)
    assert panel.dots._left == panel.rows.left


def test_a_low_panel_keeps_the_table(panel):
    panel.refresh(run(*ALL), 0)
    assert panel.languages.isVisible()
    panel.resize(900, 180)
    assert not panel.languages.isVisible()
    assert panel.rows.isVisible()


def test_no_tokenizer_at_all_says_what_to_do(panel):
    panel.choose(first="none", second="none", third="none", fourth="none")
    panel.refresh(run(), 0)
    assert "No tokenizer is chosen" in panel.note.headline.text()
