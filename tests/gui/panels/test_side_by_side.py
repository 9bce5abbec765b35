"""Side by side: which text of each run is shown, its number, and what is said where they were not made alike."""

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton

from engine.events import CorpusRead, SentencePredicted, Started, Stepped, Wrote
from engine.recording import Recording
from gui.panels.side_by_side import SideBySidePanel
from gui.panels.side_by_side_picture import (
    ALONE,
    NOT_ASKED,
    NOTHING_WRITTEN,
    SideBySideOptions,
    side_by_side,
)
from gui.shown import Shown
from gui.theme import DARK, PROJECTOR
from gui.widgets.run_losses import RunLosses
from tests.fakes import recording

WORDS = ("<|end|>", "Mira", " put", " the", " lan", "tern", " lantern")


def wrote(step, text=" upon a time", prompt="Once", seed=1, temperature=0.8, top_k=40, top_p=0.95):
    return Wrote(step, 0.0, prompt, text, temperature, top_k, top_p, seed)


def stepped(step, loss):
    return Stepped(step, 2.0 * step, loss, 1e-3, 0.5, 100 * step, 0.1, 0.0)


def read(vocabulary=WORDS):
    return CorpusRead(0, 0.0, "Stories", "", 1000, 10, 900, 100, "held out", vocabulary, 0)


def asked(step, tokens, losses):
    rows = len(tokens) + 1
    guesses, chances = np.zeros((rows, 2), np.int32), np.full((rows, 2), 0.1, np.float32)
    return SentencePredicted(step, 0.0, np.array(tokens, np.int32), np.array(losses, np.float32), guesses, chances)


def run(*events, key="a", place=0, group="", losses=(), **settings):
    made = Recording()
    made.add(Started(0, 0.0, key, {"seed": 1, **settings}, 1, "CPU"))
    for step, loss in enumerate(losses, 1):
        made.add(stepped(step, loss))
    for event in events:
        made.add(event)
    return Shown(key, key, made, place, group)


def picture(*runs, step=100, **options):
    return side_by_side(runs, step, SideBySideOptions(smoothing=1, **options), RunLosses())


# samples


def test_each_run_shows_its_latest_sample_up_to_the_step():
    made = picture(run(wrote(50), wrote(100, " later")), run(wrote(50, " other"), key="b"), step=99)
    assert [part.text for part in made.parts] == [" upon a time", " other"]
    assert made.subtitle == "samples at step 50, same prompt, same seed"
    assert [part.remark for part in made.parts] == ["", ""]


def test_samples_of_different_steps_say_so():
    made = picture(run(wrote(50), wrote(100)), run(wrote(50), key="b"))
    assert made.subtitle == "samples at different steps, same prompt, same seed"
    assert [part.remark for part in made.parts] == ["step 100", "step 50"]


@pytest.mark.parametrize(
    ("other", "subtitle", "remark"),
    [
        ({"prompt": "Twice"}, "prompts differ, same seed", "another prompt"),
        ({"seed": 7}, "same prompt, seeds differ", "seed 7"),
        ({"temperature": 0.0}, "same prompt, same seed, chosen differently", "temperature 0"),
        ({"top_k": 0}, "same prompt, same seed, chosen differently", "top-k all"),
        ({"top_p": 0.5}, "same prompt, same seed, chosen differently", "top-p 0.5"),
    ],
)
def test_what_was_not_made_alike_is_told(other, subtitle, remark):
    made = picture(run(wrote(50)), run(wrote(50, **other), key="b"))
    assert made.subtitle == f"samples at step 50, {subtitle}"
    assert [part.remark for part in made.parts] == ["", remark]


def test_the_loss_is_the_one_of_the_step_it_was_written_at():
    made = picture(run(wrote(2), losses=(5.0, 4.0, 3.0)), run(wrote(0), key="b", losses=(5.0,)), step=3)
    assert [part.value for part in made.parts] == ["4.00", ""]
    assert "loss 4.000 nats per token at step 2" in made.parts[0].says


def test_the_loss_is_smoothed_as_wished():
    one = run(wrote(40), losses=range(1, 41))
    made = side_by_side((one,), 40, SideBySideOptions(smoothing=4), RunLosses())
    assert made.parts[0].value == "38.50"


def test_a_run_that_wrote_nothing_yet_says_so():
    made = picture(run(wrote(50)), run(key="b"))
    assert made.parts[1].remark == NOTHING_WRITTEN
    assert made.parts[1].text == ""
    assert made.subtitle == "samples at step 50"  # another run is there: nothing has to be ticked


def test_one_run_alone_says_how_to_have_more():
    assert picture(run(wrote(50))).subtitle == f"samples at step 50, {ALONE}"


def test_no_run_has_no_part():
    assert picture().parts == ()


def test_text_of_strangers_is_shown_and_never_obeyed():
    made = picture(run(wrote(50, "<b>\u202eevil\udcc3", "\x00Once"), key="<i>\nname"))
    (part,) = made.parts
    assert part.text == "<b>U+202Eevil‹C3›"
    assert part.prompt == "U+0000Once"
    assert part.name == "<i>↵name"


def test_a_gap_is_filled_where_it_stands():
    made = picture(run(wrote(50, "the lantern", "Mira put ___ down."), objective="infill"))
    assert (made.parts[0].prompt, made.parts[0].text, made.parts[0].after) == ("Mira put ", "the lantern", " down.")


def test_of_seeds_one_is_shown_that_is_not_there_already():
    group = [run(wrote(50, f" {seed}"), key=f"s{seed}", group="five", seed=seed) for seed in (1, 2, 3)]
    made = picture(run(wrote(50)), *group)
    assert [part.name for part in made.parts] == ["a", "3 seeds, seed 2"]
    assert made.parts[1].text == " 2"
    assert [part.name for part in picture(run(wrote(50)), *group, fold=False).parts] == ["a", "s1", "s2", "s3"]
    assert picture(*group).parts[0].name == "3 seeds, seed 1"


# the probe text


def probe(*runs, step=100):
    return picture(*runs, step=step, view="probe")


def test_the_same_text_shows_the_loss_of_each_token_and_their_mean():
    one = run(read(), asked(10, [1, 2, 3], [3.0, 2.0, 1.0]))
    other = run(read(), asked(10, [1, 2, 3], [3.0, 1.0, 0.5]), key="b")
    made = probe(one, other)
    assert [part.value for part in made.parts] == ["2.00", "1.50"]
    assert [[tile.loss for tile in part.tiles] for part in made.parts] == [[3.0, 2.0, 1.0], [3.0, 1.0, 0.5]]
    assert made.subtitle == "probe text at step 10, mean loss of its tokens in nats"
    assert "6.00 nats for this text at step 10, 2.000 for each of its tokens" in made.parts[0].says


def test_where_tokens_differ_the_whole_text_is_compared():
    one = run(read(), asked(10, [1, 2, 3, 4, 5], [3.0, 2.0, 1.0, 2.0, 1.0]))
    other = run(read(), asked(10, [1, 2, 3, 6], [3.0, 2.0, 1.0, 2.5]), key="b")
    made = probe(one, other)
    assert [part.value for part in made.parts] == ["9.0", "8.5"]
    assert made.subtitle == "probe text at step 10, nats for all of it, as tokens differ"


def test_a_run_that_was_asked_about_another_text_says_so():
    made = probe(run(read(), asked(10, [1, 2], [3.0, 2.0])), run(read(), asked(10, [1, 3], [1.0, 1.0]), key="b"))
    assert made.parts[1].remark == "Asked about another text: “Mira the”"
    assert made.parts[1].tiles == ()
    assert made.parts[1].value == ""


def test_looks_of_different_steps_say_so():
    one = run(read(), asked(10, [1], [3.0]), asked(20, [1], [2.0]))
    made = probe(one, run(read(), asked(10, [1], [3.0]), key="b"), step=30)
    assert [part.remark for part in made.parts] == ["step 20", "step 10"]
    assert [part.value for part in made.parts] == ["2.00", "3.00"]
    assert made.subtitle.startswith("probe text at different steps")
    assert probe(one, run(read(), asked(10, [1], [3.0]), key="b"), step=15).parts[0].remark == ""


def test_guessing_from_both_sides_is_another_task():
    both = run(read((*WORDS, "<|mask|>")), asked(10, [1, 2], [3.0, np.nan]), key="b", objective="masked")
    made = probe(run(read(), asked(10, [1, 2], [3.0, 2.0])), both)
    assert made.parts[1].remark == "guessed from both sides"
    assert made.parts[1].value == "3.00"  # of the one that was asked for


def test_a_run_that_was_not_asked_yet_says_so():
    made = probe(run(read(), asked(10, [1], [3.0])), run(key="b"))
    assert made.parts[1].remark == NOT_ASKED


# the panel


@pytest.fixture
def panel(qtbot):
    made = SideBySidePanel()
    for widget in (made, *made.title_row()):
        qtbot.addWidget(widget)
    made.resize(1000, 240)
    made.show()
    return made


def settle():
    QCoreApplication.sendPostedEvents()
    QCoreApplication.processEvents()


def test_texts_stand_beside_each_other_and_are_plain(panel):
    both = run(wrote(50, "<b>one</b>")), run(wrote(50, " two"), key="b", place=1)
    panel.show_runs(both)
    panel.refresh(both[0].recording, 60)
    assert [card.text.toPlainText() for card in panel._cards] == ["Once<b>one</b>", "Once two"]
    settle()
    assert panel._cards[0].y() == panel._cards[1].y()
    panel.resize(300, 600)
    settle()
    assert panel._cards[0].x() == panel._cards[1].x()
    assert panel._cards[0].geometry().bottom() < panel._cards[1].y() < 200  # as high as its words need


def test_a_sample_of_any_run_is_drawn_when_it_comes(panel):
    both = run(wrote(50)), run(wrote(50), key="b")
    panel.show_runs(both)
    assert panel.refresh(both[0].recording, 60)
    assert not panel.refresh(both[0].recording, 61)
    both[1].recording.add(wrote(55, " news"))
    assert not panel.refresh(both[0].recording, 61, early=True)
    assert panel.refresh(both[0].recording, 61)
    assert "news" in panel._cards[1].text.toPlainText()


def test_the_probe_is_chosen_in_the_title_row(panel):
    both = (
        run(read(), wrote(50), asked(10, [1, 2], [3.0, 2.0])),
        run(read(), wrote(50), asked(10, [1, 2], [2.0, 1.0]), key="b"),
    )
    panel.show_runs(both)
    panel.refresh(both[0].recording, 60)
    panel.segments.findChild(QPushButton, "probe").click()
    assert panel.refresh(both[0].recording, 60)
    assert all(card.strip.isVisible() and not card.text.isVisible() for card in panel._cards)
    assert "probe text" in panel.subtitle.whole


def test_cards_are_reused_when_runs_are_ticked_off(panel):
    both = run(wrote(50)), run(wrote(50), key="b")
    panel.show_runs(both)
    panel.refresh(both[0].recording, 60)
    panel.show_runs(both[:1])
    panel.refresh(both[0].recording, 60)
    assert [card.isHidden() for card in panel._cards] == [False, True]


def test_every_theme_is_worn_by_heads_too(panel):
    both = run(wrote(50)), run(wrote(50), key="b", place=1)
    panel.show_runs(both)
    pictures = []
    for theme in (DARK, PROJECTOR):
        panel.dress(theme)
        panel.refresh(both[0].recording, 60)
        pictures.append(panel._cards[1].head.grab().toImage())
    assert pictures[0] != pictures[1]


def test_a_run_alone_is_shown_and_nothing_at_all_says_what_will_be(panel):
    panel.refresh(Recording(), 0)
    assert panel.note.isVisible()
    panel.refresh(recording(60), 60)
    assert panel.area.isVisible()
    assert panel._cards[0].head.accessibleName() == "amber-heron"
