"""What is chosen, asked, turned and waiting; without a screen."""

import pytest

from engine.events import CorpusRead, Rewound, Turned, Warned
from engine.recording import Recording
from engine.settings import Settings
from engine.size import parameters
from engine.trouble import Trouble
from gui.form.choices import KNOBS, Choices
from gui.mixing import Mixture

SETTINGS = Settings()


@pytest.fixture
def choices() -> Choices:
    return Choices(SETTINGS)


def test_a_live_knob_is_asked_for_and_shown_until_it_is_turned(choices: Choices) -> None:
    made = Recording()
    choices.take_in(SETTINGS, made)
    assert choices.choose("batch_size", 48, running=True)
    assert choices.value("batch_size") == 48
    assert choices.present("batch_size") == 24
    made.add(Turned(3, 0.1, "batch_size", 48.0))
    choices.take_in(SETTINGS, made)
    assert choices.asked == {}
    assert choices.present("batch_size") == 48


def test_an_older_answer_does_not_end_the_waiting_for_the_newest_wish(choices: Choices) -> None:
    made = Recording()
    choices.take_in(SETTINGS, made)
    choices.choose("clip", 2.0, running=True)
    choices.choose("clip", 3.0, running=True)
    made.add(Turned(3, 0.1, "clip", 2.0))
    choices.take_in(SETTINGS, made)
    assert choices.asked == {"clip": 3.0}


def test_a_refusal_shows_what_the_engine_has(choices: Choices) -> None:
    made = Recording()
    choices.take_in(SETTINGS, made)
    choices.choose("batch_size", 512, running=True)
    made.add(Warned(3, 0.1, "That does not fit in memory.", "Take fewer."))
    choices.take_in(SETTINGS, made)
    assert choices.value("batch_size") == 24


def test_without_a_run_everything_waits(choices: Choices) -> None:
    assert not choices.choose("clip", 2.0, running=False)
    assert choices.next_settings().clip == 2.0


def test_going_back_to_the_present_value_ends_the_waiting(choices: Choices) -> None:
    choices.choose("layers", 6, running=True)
    choices.choose("layers", 4, running=True)
    assert choices.edits == {}


def test_the_next_run_has_what_was_turned_and_what_waits(choices: Choices) -> None:
    made = Recording()
    made.add(Turned(3, 0.1, "clip", 2.0))
    choices.take_in(SETTINGS, made)
    choices.choose("layers", 6, running=True)
    chosen = choices.next_settings()
    assert (chosen.clip, chosen.layers) == (2.0, 6)


def test_a_new_run_begins_with_nothing_asked_turned_or_waiting(choices: Choices) -> None:
    made = Recording()
    made.add(Turned(3, 0.1, "clip", 2.0))
    choices.take_in(SETTINGS, made)
    choices.choose("layers", 6, running=True)
    choices.choose("clip", 3.0, running=True)
    choices.take_in(choices.next_settings(), Recording())
    assert (choices.asked, choices.turned, choices.edits) == ({}, {}, {})


def test_what_a_setting_hangs_on_exists() -> None:
    for knob in KNOBS.values():
        for name, values in knob.when.items():
            assert set(values) <= set(KNOBS[name].choices or values), knob.name


@pytest.mark.parametrize(("optimizer", "matters"), [("sgd", True), ("muon", True), ("adamw", False)])
def test_a_setting_matters_beside_the_choices_it_hangs_on(optimizer: str, matters: bool) -> None:
    assert KNOBS["momentum"].matters({**SETTINGS.model_dump(), "optimizer": optimizer}) is matters
    assert KNOBS["clip"].matters(SETTINGS.model_dump())


def test_after_going_back_only_what_was_turned_until_then_is_turned(choices: Choices) -> None:
    made = Recording()
    for event in (Turned(3, 0.1, "clip", 2.0), Turned(9, 0.2, "clip", 4.0), Turned(9, 0.2, "batch_size", 8.0)):
        made.add(event)
    choices.take_in(SETTINGS, made)
    for event in (Rewound(5, 0.1, 9), Turned(5, 0.1, "learning_rate", 1e-3)):
        made.add(event)
    choices.take_in(SETTINGS, made)
    assert choices.turned == {"clip": 2.0, "learning_rate": 1e-3}


def test_another_corpus_forgets_the_weights(choices: Choices) -> None:
    settings = Settings(corpus=("stories", "python"), weights=(0.9, 0.1))
    choices.take_in(settings, Recording())
    choices.choose("corpus", ("stories",), running=True)
    assert choices.next_settings().weights == ()
    choices.choose("corpus", ("stories", "python"), running=True)
    assert choices.edits == {}


def test_weights_are_turned_while_it_runs_and_wait_otherwise(choices: Choices) -> None:
    settings, made = Settings(corpus=("stories", "python")), Recording()
    choices.take_in(settings, made)
    assert choices.choose("weights", (0.5, 0.5), running=True)
    assert choices.mixture(True) == Mixture(
        settings.corpus, (0.5, 0.5), True, next_corpus=settings.corpus, next_weights=(0.5, 0.5), running=True
    )
    made.add(Turned(3, 0.1, "weights", (0.5, 0.5)))
    choices.take_in(settings, made)
    assert choices.mixture(True).asked is False
    assert not choices.choose("weights", (0.2, 0.8), running=False)
    assert choices.mixture(False).weights == (0.5, 0.5)
    assert choices.next_settings().weights == (0.2, 0.8)


def test_a_mixture_waits_and_a_live_turn_beside_it_is_still_asked(choices: Choices) -> None:
    settings = Settings(corpus=("stories", "python"), weights=(0.5, 0.5))
    choices.take_in(settings, Recording())
    choices.choose("weights", (0.9, 0.1), running=True)
    choices.mix(("stories", "python", "facts"), (0.6, 0.1, 0.3))
    assert choices.asked == {"weights": (0.9, 0.1)}
    mixture = choices.mixture(True)
    assert (mixture.weights, mixture.next_weights) == ((0.9, 0.1), (0.6, 0.1, 0.3))
    assert choices.next_settings().corpus == ("stories", "python", "facts")


@pytest.mark.parametrize("preset", ["tiny", "fast", "stories-8m"])
def test_a_preset_leaves_the_texts_and_their_spoiling_alone(choices: Choices, preset: str) -> None:
    own = {"corpus": ("stories", "python"), "weights": (0.5, 0.5), "typos": 0.1}
    for name, value in own.items():
        choices.choose(name, value, running=False)
    choices.fill(preset)
    assert {name: getattr(choices.next_settings(), name) for name in own} == own


def test_settings_that_do_not_fit_together_are_trouble(choices: Choices) -> None:
    choices.choose("heads", 5, running=True)
    with pytest.raises(Trouble, match="5 heads"):
        choices.next_settings()
    assert choices.parameters() is None


def test_the_size_uses_the_vocabulary_that_was_read_while_it_is_the_same(choices: Choices) -> None:
    made = Recording()
    made.add(CorpusRead(0, 0.0, "Stories", "", 4, 1, 9, 1, "", ("a", "b", "c"), 0))
    choices.take_in(SETTINGS, made)
    assert choices.parameters() == parameters(SETTINGS, 3)
    choices.choose("vocabulary", 2048, running=True)
    assert choices.parameters() == parameters(SETTINGS, 2048)
