"""The samples panel: which samples are shown, where, and how they are asked for."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout

from engine.commands import Prompt
from engine.events import Ended, Started, Wrote
from engine.recording import Recording
from gui.panels.samples import SamplesPanel
from gui.panels.samples_picture import facts, spread
from gui.theme import DARK
from tests.fakes import recording

RUN = recording(400)  # writes every 50 steps


def wrote(step, text=" there was a mill.", prompt="Once"):
    return Wrote(step, 0.0, prompt, text, 0.8, 40, 0.95, 1)


def recorded(*events):
    made = Recording()
    for event in events:
        made.add(event)
    return made


# which are shown


def test_a_few_are_all_shown():
    assert spread([0, 10, 20], 2, 6) == [0, 1, 2]


def test_of_many_the_first_the_newest_and_the_one_on_show_are_among_the_shown():
    shown = spread(range(0, 100_000, 200), 137, 6)
    assert len(shown) == len(set(shown)) == 6
    assert {0, 137, 499} <= set(shown)
    assert shown == sorted(shown)


def test_early_steps_are_shown_more_densely():
    steps = [0, 1, 3, 10, 30, 100, 300, 1000, *range(2000, 12000, 1000)]
    chosen = [steps[place] for place in spread(steps, len(steps) - 1, 6)]
    assert chosen == [0, 10, 100, 1000, 3000, 11000]


def test_samples_of_one_step_are_all_different_ones():
    assert len(set(spread([0, 5, 5, 5, 5, 5, 5, 5], 7, 6))) == 6


def test_there_may_be_less_room_than_samples_that_matter():
    assert len(spread([0, 1, 2, 3, 4], 2, 2)) == 2


def test_the_picture_knows_which_sample_belongs_to_the_step():
    panel_picture = SamplesPanel.picture
    assert panel_picture(None, RUN, 175, None).now == 2
    assert panel_picture(None, RUN, 10, None).now == -1
    assert len(panel_picture(None, RUN, 10, None).written) == 8


def test_how_a_sample_was_made_is_told():
    told = dict(facts(wrote(3, prompt="Once\nupon\u202e a time, a very long time ago, there"), 6, 1017))
    assert told["prompt"] == "Once uponU+202E a time, a very l…"
    assert (told["temperature"], told["top-k"], told["top-p"], told["seed"]) == ("0.8", "40", "0.95", "1")
    assert "6 of 1,017 shown" in told
    assert dict(facts(Wrote(0, 0.0, "", "", 0.0, 0, 1.0, 7), 1, 1))["top-k"] == "all"


# the panel


@pytest.fixture
def panel(qtbot):
    made = SamplesPanel()
    for widget in (made, *made.title_row()):
        qtbot.addWidget(widget)
    made.resize(1064, 150)
    made.show()
    qtbot.waitExposed(made)
    return made


def texts(panel):
    """What is to be read on the cards, in the order of time."""
    return [card.text.toPlainText() for card in panel._cards if not card.isHidden()]


def test_wide_time_runs_to_the_right(panel):
    panel.refresh(RUN, 400)
    cards = [card for card in panel._cards if not card.isHidden()]
    assert cards[0].head.text() == "Step 50"
    assert cards[-1].head.text() == "Step 400"
    assert panel.cards.direction() == QBoxLayout.Direction.LeftToRight
    assert "6 of 8 shown" in panel.facts.text


def test_tall_the_newest_is_on_top(panel, qtbot):
    panel.resize(320, 500)
    panel.refresh(RUN, 400)
    assert panel.cards.direction() == QBoxLayout.Direction.BottomToTop
    assert len(texts(panel)) == 8
    newest, oldest = panel._cards[7], panel._cards[0]
    qtbot.waitUntil(lambda: newest.y() < oldest.y())


def test_what_was_written_after_the_step_on_show_is_fainter(panel):
    panel.refresh(RUN, 200)
    looks = [card.text.textCursor().charFormat().foreground().color().alphaF() for card in panel._cards[:6]]
    assert looks[0] == 1.0
    assert looks[-1] < 0.5


def test_markup_in_a_sample_is_text(panel):
    panel.refresh(recorded(wrote(0, "<b>bold</b> \u202e &lt;")), 0)
    assert texts(panel) == ["Once<b>bold</b> U+202E &lt;"]


def test_a_step_without_a_sample_changes_nothing_on_the_cards(panel):
    panel.refresh(RUN, 350)
    panel._cards[0].text.selectAll()
    panel.refresh(RUN, 360)
    assert panel._cards[0].text.textCursor().hasSelection()


def test_cards_are_kept_when_samples_come(panel):
    made = recorded(wrote(0))
    panel.refresh(made, 0)
    first = panel._cards[0]
    made.add(wrote(10))
    panel.refresh(made, 10)
    assert panel._cards[0] is first
    assert len(texts(panel)) == 2


def test_fewer_may_be_asked_for(panel):
    panel.choose(side_by_side=3)
    panel.refresh(RUN, 400)
    assert len(texts(panel)) == 3
    panel.choose(side_by_side=2)
    panel.refresh(RUN, 400)
    assert len(texts(panel)) == 2


def test_a_run_without_samples_says_what_will_be_here(panel):
    panel.refresh(RUN, 400)
    panel.refresh(Recording(), 0)
    assert panel.note.isVisible()
    assert not panel.area.isVisible()
    assert panel.facts.text == ""


def test_another_prompt_is_asked_and_shown_when_it_was_answered(panel, qtbot):
    made = recorded(wrote(0))
    panel.refresh(made, 0)
    panel.pencil.click()
    assert panel.line.field.text() == "Once"
    panel.line.field.setText("Mira said")
    with qtbot.waitSignal(panel.asked) as asked:
        qtbot.keyClick(panel.line.field, Qt.Key.Key_Return)
    assert asked.args == [Prompt("Mira said")]
    assert panel.facts.text == "asking…"
    assert texts(panel) == ["Once there was a mill."]
    made.add(wrote(0, " no.", prompt="Mira said"))
    panel.refresh(made, 0)
    assert texts(panel)[-1] == "Mira said no."
    assert "prompt Mira said" in panel.facts.text


def test_a_run_that_has_ended_is_not_asked(panel, qtbot):
    panel.refresh(recorded(wrote(0), Ended(0, 0.0)), 0)
    panel.edit()
    with qtbot.assertNotEmitted(panel.asked):
        qtbot.keyClick(panel.line.field, Qt.Key.Key_Return)
    assert "nobody answers" in panel.facts.text


def test_a_change_of_theme_reaches_the_cards(panel):
    panel.refresh(RUN, 400)
    panel.dress(DARK)
    newest = [card for card in panel._cards if not card.isHidden()][-1]
    assert newest.text.textCursor().charFormat().foreground().color().name().upper() in (DARK.ink, DARK.ink3)


# a gap to be filled


@pytest.mark.parametrize(
    ("objective", "words"), [("infill", "To be or not to be"), ("causal", "To be ___ to beor not")]
)
def test_a_gap_is_filled_where_it_stands(qtbot, objective, words):
    panel = SamplesPanel()
    qtbot.addWidget(panel)
    panel.resize(900, 160)
    panel.show()
    started = Started(0, 0.0, "amber-heron", {"objective": objective}, 1, "CPU")
    run = recorded(started, wrote(5, "or not", "To be ___ to be"))
    panel.refresh(run, 5)
    assert panel._cards[0].text.toPlainText() == words


def test_a_sample_that_ends_inside_a_character_says_so_when_pointed_at(panel):
    panel.refresh(recorded(wrote(1, " caf\udcc3")), 1)
    (card,) = panel._cards
    assert card.text.toPlainText() == "Once caf‹C3›"
    assert "ends inside a character" in card.text.statusTip()
    assert "ends inside a character" in card.text.toolTip()
    panel.refresh(recorded(wrote(1)), 1)
    assert not card.text.toolTip()
