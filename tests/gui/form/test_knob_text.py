"""Values as a person writes and reads them."""

import pytest

from engine.declared import Knob, knobs
from engine.settings import Settings
from gui.form.knob_text import explanation, nearest, read, said, stops

KNOBS = {knob.name: knob for knob in knobs(Settings)}
RATE, CLIP, HORIZON, BATCH = (KNOBS[name] for name in ("learning_rate", "clip", "horizon", "batch_size"))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("learning_rate", 1e-3, "1.0e-3"),
        ("learning_rate", 0.00123, "1.23e-3"),
        ("clip", 1.0, "1.0"),
        ("beta2", 0.9999, "0.9999"),
        ("horizon", 5000, "5,000"),
        ("tokenizer", "bpe", "BPE"),
        ("schedule", "cosine", "Cosine"),
        ("optimizer", "adamw", "AdamW"),
        ("threads", 0, "auto"),
        ("threads", 2, "2"),
        ("clip", 0.0, "off"),
        ("n_grams", 1, "off"),
        ("dropout", 0.0, "0.0"),
    ],
)
def test_values_are_written_as_in_the_window(name: str, value: object, words: str) -> None:
    assert said(KNOBS[name], value) == words


@pytest.mark.parametrize(("text", "value"), [("3e-3", 3e-3), ("0,003", 3e-3), (" 0.003 ", 3e-3)])
def test_numbers_are_read_however_they_are_typed(text: str, value: float) -> None:
    assert read(RATE, text) == value
    assert read(HORIZON, "5,000") == 5000


def test_the_word_for_the_lowest_value_is_read_as_well() -> None:
    assert read(CLIP, " Off ") == 0.0
    assert read(KNOBS["threads"], "auto") == 0
    assert "from 0.0 to 10.0" in explanation(CLIP)


@pytest.mark.parametrize(
    ("knob", "text"), [(RATE, "fast"), (RATE, "nan"), (RATE, "1"), (HORIZON, "2.5"), (HORIZON, "")]
)
def test_what_cannot_be_used_is_refused_with_a_sentence(knob: Knob, text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a number|goes from"):
        read(knob, text)


@pytest.mark.parametrize("knob", [RATE, CLIP, BATCH, KNOBS["temperature"], KNOBS["top_k"]])
def test_every_step_of_a_slider_changes_the_value_within_its_range(knob: Knob) -> None:
    places = stops(knob)
    assert len(set(places)) == len(places)
    assert (places[0], places[-1]) == (knob.low, knob.high)
    assert list(places) == sorted(places)
    assert all(isinstance(place, knob.kind) for place in places[1:-1])


def test_the_usual_values_are_places_of_the_slider() -> None:
    for knob in (RATE, BATCH, CLIP):
        places = stops(knob)
        assert places[nearest(places, knob.default)] == pytest.approx(knob.default, rel=0.06)


def test_an_explanation_has_help_range_and_unit() -> None:
    assert explanation(BATCH) == "Windows of text read for each correction. Goes from 1 to 512 windows."
