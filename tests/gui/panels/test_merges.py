"""The merges panel: cuts, pairs and sizes as numbers, then what a person does with them."""

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt

from engine.commands import CountMerges
from engine.events import CorpusRead, Ended, Failed, MergesCounted, Rewound, Started, Unanswered
from engine.recording import Recording
from engine.settings import Settings
from gui.panels.merges import MergesPanel
from gui.panels.merges_picture import (
    LADDER,
    LONGEST,
    SMALLEST,
    Growth,
    compression,
    ladder,
    merges,
    next_pairs,
    own_merges,
    told,
)
from gui.theme import DARK, LIGHT, PROJECTOR

PAIRS = [("t", "h"), ("th", "e"), (" ", "the"), ("\udcc3", "\udca9"), ("a", "n"), ("l", "an"), (" ", "lan")]
COUNTS = [90, 60, 50, 40, 30, 20, 10]


def counted(pairs=PAIRS, step=0):
    left, right = zip(*pairs, strict=True)
    counts = np.array(COUNTS[: len(pairs)] + [1] * (len(pairs) - len(COUNTS)))
    return MergesCounted(step, 0.0, left, right, counts, 1000 - np.cumsum(counts), 1000)


def started(**settings):
    return Started(
        0, 0.0, "amber-heron", {"probe": "the lane", "tokenizer": "bpe", "vocabulary": 260} | settings, 1, "CPU"
    )


def recorded(*events):
    made = Recording()
    for event in events:
        made.add(event)
    return made


def corpus(size):
    return CorpusRead(0, 0.0, "x", "y", 1, 1, 1, 1, "z", tuple(map(str, range(size))), 0)


RUN = recorded(corpus(SMALLEST + 3), started(), counted())
GROWTH = Growth(counted())


def cut(text, count):
    return GROWTH.pieces(text, count)


# the numbers


def test_pieces_join_merge_by_merge():
    assert cut("the the", 0) == ["t", "h", "e", " ", "t", "h", "e"]
    assert cut("the the", 1) == ["th", "e", " ", "th", "e"]
    assert cut("the the", 3) == ["the", " the"]


def test_a_character_is_cut_into_bytes_until_they_are_joined():
    assert cut("é", 3) == ["\udcc3", "\udca9"]
    assert cut("é", 4) == ["é"]


def test_changes_of_this_text_are_found_in_both_directions():
    assert GROWTH.next_change("the", 0) == 1
    assert GROWTH.next_change("the", 2) == GROWTH.most
    assert GROWTH.next_change("é", 0) == 4
    assert GROWTH.last_change("é", 6) == 3
    assert GROWTH.last_change("é", 3) == 0
    assert GROWTH.last_change("xyz", 7) == 0


def test_a_cut_word_is_remembered_and_still_right_when_there_were_too_many(monkeypatch):
    monkeypatch.setattr("gui.panels.merges_picture.WORDS_KEPT", 3)
    small = Growth(counted())
    for text in ("the", "lan", "x", "y", "the"):
        assert small.pieces(text, 7) == cut(text, 7)


@pytest.mark.parametrize(
    ("chosen", "rows"),
    [
        (767, (0, 32, 128, 512, 767, 4096)),
        (0, (0, 32, 128, 512, 1024, 4096)),
        (1, (1, 32, 128, 512, 1024, 4096)),
        (4000, (0, 32, 128, 512, 1024, 4000)),
        (60, (0, 60, 128, 512, 1024, 4096)),
    ],
)
def test_the_chosen_row_takes_the_place_of_the_nearest(chosen, rows):
    assert ladder(chosen, LADDER[-1]) == rows


@pytest.mark.parametrize("most", [0, 1, 7, 32, 500, 1024, 3900, 5000])
def test_rows_end_with_what_was_counted(most):
    rows = ladder(0, most)
    assert rows[-1] == most
    assert list(rows) == sorted(set(rows))
    assert len(rows) <= len(LADDER)


def test_the_vocabulary_of_the_run_is_chosen_at_first():
    picture = merges(RUN, GROWTH, None, None)
    assert (picture.merges, picture.vocabulary, picture.own) == (3, SMALLEST + 3, True)
    assert [row.merges for row in picture.rows if row.chosen] == [3]
    assert picture.text == "the lane"
    assert [(row.merges, len(row.cells)) for row in picture.rows] == [(0, 8), (3, 6), (7, 3)]


def test_a_person_chooses_another():
    picture = merges(RUN, GROWTH, "the", 99)
    assert (picture.merges, picture.own, picture.text) == (7, False, "the")


def test_another_tokenizer_stands_for_its_size():
    assert own_merges(recorded(corpus(5), started(tokenizer="unigram", vocabulary=1024))) == 1024 - SMALLEST
    assert own_merges(recorded(corpus(SMALLEST + 6), started(objective="masked"))) == 5
    assert own_merges(Recording()) == 1024 - SMALLEST


def test_what_is_joined_next_comes_in_its_order():
    pairs = next_pairs(GROWTH.counted, 2)
    assert [(pair.left.text, pair.right.text, pair.times, pair.merge) for pair in pairs[:2]] == [
        ("·", "the", 50, 3),
        ("‹C3›", "‹A9›", 40, 4),
    ]
    assert len(pairs) == 5
    assert next_pairs(GROWTH.counted, 7) == ()


def test_bytes_per_token_begin_at_one():
    shown = compression(GROWTH.counted, 2)
    assert shown.bytes_per_token_P[0] == 1
    assert shown.bytes_per_token_P[1] == pytest.approx(1000 / 910)
    assert len(shown.bytes_per_token_P) == 8
    assert shown.first + shown.chosen == SMALLEST + 2


def test_a_piece_is_told_by_its_bytes_and_its_merge():
    rows = merges(RUN, GROWTH, "the é", 3).rows
    cells = {row.merges: row for row in rows}
    assert told(GROWTH, cells[3], 0) == "“the” is 3 bytes, 74 68 65. Merge 2 made it of “th” and “e”, 60 times."
    assert told(GROWTH, cells[0], 0) == "“t” is one byte, 74: it needs no merge."
    assert "one of 2 bytes of é" in told(GROWTH, cells[0], 5)


def test_a_long_sentence_and_halves_of_characters_are_no_trouble():
    assert len(merges(RUN, GROWTH, "x" * 999, None).text) == LONGEST
    assert merges(RUN, GROWTH, "a\ud83d", None).text == "a\ufffd"
    assert merges(RUN, GROWTH, "", 0).rows[0].cells == ()


# the panel


@pytest.fixture
def panel(qtbot):
    made = MergesPanel()
    for widget in (made, *made.title_row()):
        qtbot.addWidget(widget)
        widget.show()
    made.resize(780, 320)
    qtbot.waitExposed(made)
    return made


def test_it_asks_once_when_it_is_seen_and_nothing_was_counted(panel, qtbot):
    run = recorded(started())
    with qtbot.waitSignal(panel.asked) as asked:
        panel.refresh(run, 0)
    assert asked.args == [CountMerges()]
    assert "Counting merges" in panel.note.headline.text()
    with qtbot.assertNotEmitted(panel.asked):
        panel.refresh(run, 0)
    run.add(counted())
    panel.refresh(run, 0)
    assert panel.full.isVisible()
    assert not panel.note.isVisible()


def test_it_asks_again_for_another_run_and_after_going_back(panel, qtbot):
    first = recorded(started())
    panel.refresh(first, 0)
    with qtbot.waitSignal(panel.asked):
        panel.refresh(recorded(started()), 0)
    third = recorded(started(), counted(step=50))
    panel.refresh(third, 50)
    third.add(Rewound(10, 0.0, 50))
    with qtbot.waitSignal(panel.asked):
        panel.refresh(third, 10)


def test_it_does_not_ask_while_nobody_sees_it_or_answers(panel, qtbot):
    panel.hide()
    with qtbot.assertNotEmitted(panel.asked):
        panel.refresh(recorded(started()), 0)
    panel.show()
    for end in (Ended(0, 0.0), Failed(0, 0.0, "no", "no")):
        with qtbot.assertNotEmitted(panel.asked):
            panel.refresh(recorded(started(), end), 0)
        assert "No merges were counted" in panel.note.headline.text()
    with qtbot.assertNotEmitted(panel.asked):
        panel.refresh(Recording(), 0)
    assert "appears here" in panel.note.headline.text()


def test_the_slider_moves_the_chosen_row_and_a_button_leads_back(panel, qtbot):
    panel.refresh(RUN, 0)
    assert panel.number.text() == f"{SMALLEST + 3}"
    assert not panel.own.isEnabled()
    panel.slider.setValue(5)
    panel.refresh(RUN, 0)
    assert [row.merges for row in panel._shown.rows if row.chosen] == [5]
    assert panel.number.text() == f"{SMALLEST + 5}"
    qtbot.mouseClick(panel.own, Qt.MouseButton.LeftButton)
    panel.refresh(RUN, 0)
    assert panel.number.text() == f"{SMALLEST + 3}"


@pytest.mark.parametrize(
    ("key", "merges"), [("Right", 4), ("Left", 2), ("Home", 0), ("End", 7), ("PageUp", 1), ("PageDown", 5)]
)
def test_keys_go_from_merge_to_merge(panel, qtbot, key, merges):
    panel.refresh(RUN, 0)
    qtbot.keyClick(panel.rows, getattr(Qt.Key, f"Key_{key}"))
    panel.refresh(RUN, 0)
    assert panel._shown.merges == merges


def test_keys_may_be_faster_than_frames(panel, qtbot):
    panel.refresh(RUN, 0)
    for _ in range(3):
        qtbot.keyClick(panel.rows, Qt.Key.Key_Right)
    panel.refresh(RUN, 0)
    assert panel._shown.merges == 6


def test_a_sentence_is_cut_while_it_is_written(panel, qtbot):
    panel.refresh(RUN, 0)
    panel.edit()
    assert panel.heading.line.field.text() == "the lane"
    qtbot.keyClicks(panel.heading.line.field, "lan")
    assert panel._shown.text == "lan"
    assert [len(row.cells) for row in panel._shown.rows] == [3, 3, 1]
    qtbot.keyClick(panel.heading.line.field, Qt.Key.Key_Escape)
    assert panel._shown.text == "the lane"


def test_a_press_on_a_pair_goes_to_where_it_is_joined(panel, qtbot):
    panel.refresh(RUN, 0)
    panel.pairs.chosen.emit(panel._shown.pairs[1].merge)
    panel.refresh(RUN, 0)
    assert panel._shown.merges == 5


def test_the_piece_under_the_pointer_is_told_in_the_status_line(panel, qtbot):
    panel.refresh(RUN, 0)
    at = QPoint(round(panel.rows._across(0)) + 5, round(panel.rows._box(0).center().y()))
    with qtbot.waitSignal(panel.explained) as explained:
        qtbot.mouseMove(panel.rows.viewport(), at)
    assert "74" in explained.args[0]


def test_a_narrow_panel_keeps_the_sentence(panel):
    panel.refresh(RUN, 0)
    assert panel.side.isVisible()
    panel.resize(420, 260)
    assert not panel.side.isVisible()
    assert panel.rows.isVisible()


def test_what_could_not_be_counted_says_why(qtbot):
    panel = MergesPanel()
    qtbot.addWidget(panel)
    panel.resize(780, 350)
    panel.show()
    panel.refresh(recorded(started(), Unanswered(2, 1.0, "It takes too long.", "Wait.", "CountMerges")), 2)
    assert panel.note.isVisible()
    assert (panel.note.headline.text(), panel.note.reason.text()) == ("It takes too long.", "Wait.")


@pytest.mark.parametrize(
    ("theme", "width"), [(LIGHT, 632), (DARK, 632), (PROJECTOR, 792)], ids=["light", "dark", "projector"]
)
def test_the_first_sentence_is_seen_whole_in_a_small_window(panel, qtbot, theme, width):
    """As wide as the layout Data makes it at 1280 pixels, and at 1600 in large type."""
    panel.dress(theme)
    panel.resize(width, 320)
    panel.refresh(recorded(corpus(SMALLEST + 3), started(probe=Settings().probe), counted()), 0)
    QCoreApplication.sendPostedEvents()
    assert panel.side.isVisible()
    assert panel.rows.horizontalScrollBar().maximum() == 0
