"""One declaration gives the form, the range, the sentence and the recorded value."""

import json
import re

import pytest
from pydantic import ValidationError

from engine.declared import knobs
from engine.settings import Settings
from engine.trouble import Trouble

KNOBS = {knob.name: knob for knob in knobs(Settings)}


def test_the_defaults_pass_their_own_checks():
    assert Settings(**Settings().model_dump()) == Settings()


def test_every_field_is_a_knob_in_the_order_it_is_declared():
    assert list(KNOBS) == list(Settings.model_fields)


def test_a_knob_says_what_a_form_needs():
    rate = KNOBS["learning_rate"]
    assert (rate.kind, rate.low, rate.high, rate.log, rate.live) == (float, 1e-5, 1e-1, True, True)
    assert rate.label == "Peak learning rate"
    assert KNOBS["tokenizer"].choices == ("bpe", "unigram", "wordpiece", "character", "byte", "file")
    assert KNOBS["batch_size"].unit == "windows"


def test_every_default_lies_in_its_own_range():
    for knob in KNOBS.values():
        if knob.low is not None:
            assert knob.low <= knob.default <= knob.high, knob.name
        if knob.choices:
            assert knob.default in knob.choices, knob.name


def test_a_slider_by_factors_starts_above_zero():
    for knob in KNOBS.values():
        assert not knob.log or knob.low > 0, knob.name


@pytest.mark.parametrize("name", [knob.name for knob in KNOBS.values() if knob.low is not None])
def test_beyond_the_ends_of_a_range_is_refused_with_the_name_of_the_knob(name):
    knob = KNOBS[name]
    for value in (knob.low - 1, knob.high + 1):
        with pytest.raises(Trouble) as trouble:
            Settings(**{name: value})
        assert trouble.value.message.startswith(knob.label)
        assert trouble.value.advice


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "fast", None, []])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(Trouble, match="Peak learning rate"):
        Settings(learning_rate=value)


def test_a_setting_nobody_declared_is_refused():
    with pytest.raises(Trouble, match="wings"):
        Settings(wings=2)


def test_heads_must_share_the_width():
    with pytest.raises(Trouble) as trouble:
        Settings(width=128, heads=5)
    assert trouble.value.message == "5 heads cannot share a width of 128 evenly."


def test_rotated_heads_must_be_even_and_others_need_not():
    with pytest.raises(Trouble, match="must be even"):
        Settings(width=20, heads=4)
    assert Settings(width=20, heads=4, architecture="gpt2").width == 20


def test_settings_do_not_change():
    with pytest.raises(ValidationError):
        Settings().layers = 2  # type: ignore[misc]


def test_a_sentence_never_speaks_of_python():
    for values in ({"layers": 0}, {"layers": "x"}, {"device": "abacus"}, {"width": 10**9}, {"heads": 3}):
        with pytest.raises(Trouble) as trouble:
            Settings(**values)
        said = trouble.value.message
        assert said.endswith(".")
        assert not any(word in said for word in ("pydantic", "ValueError", "type=", "\n")), said


def test_recorded_as_json_and_read_again_they_are_the_same():
    changed = Settings(learning_rate=3e-4, corpus="tëxt ‮.txt", tokenizer="byte", top_p=0.123456789)
    text = json.dumps(changed.model_dump())
    assert Settings(**json.loads(text)) == changed


def test_one_text_may_be_written_as_a_word():
    assert Settings(corpus="python").corpus == ("python",)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"corpus": ()}, "No text is chosen"),
        ({"corpus": ("stories", "stories")}, "chosen twice"),
        ({"corpus": ("stories", "python"), "weights": (1.0,)}, "each of the 2 texts needs a weight, 1 given"),
        ({"corpus": ("stories", "python"), "weights": (0.0, 0.0)}, "at least one text needs a weight"),
        ({"corpus": ("stories", "python"), "weights": (1.0, -0.1)}, "none a weight below"),
    ],
)
def test_a_mixture_that_cannot_be_is_refused_in_words(values: dict[str, object], words: str):
    with pytest.raises(Trouble, match=re.compile(words, re.IGNORECASE)):
        Settings(**values)


def test_the_world_is_all_texts_made_by_rules():
    world = Settings(corpus="world").corpus
    assert "python" not in world
    assert {"stories", "arithmetic", "german"} <= set(world)
    assert Settings(**Settings(corpus=("world",)).model_dump()).corpus == world
    assert Settings(corpus=("world", "my.txt")).corpus == (*world, "my.txt")
