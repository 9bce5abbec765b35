"""What was done to a run, read from its record."""

import pytest

from engine.commands import Anneal, Turn
from engine.events import Annealed, Chosen, Event, Rewound, Started, Stepped, Turned
from engine.repeat import script_of
from engine.settings import Settings
from engine.trouble import Trouble

START = Started(0, 0.0, "test", Settings().model_dump(), 1000, "CPU, 1 thread")
CHOSEN = Chosen(0, 0.0, "bf16", "plain", 3, 0.0, "")


def stepped(step: int) -> Stepped:
    return Stepped(step, step * 0.1, 1.0, 1e-3, 0.5, step * 100, 0.0, 0.0)


def steps(first: int, last: int) -> list[Event]:
    return [stepped(step) for step in range(first, last + 1)]


def test_nothing_is_left_to_choose():
    script = script_of([START, CHOSEN, *steps(1, 3)])
    assert script.settings == Settings(precision="bf16", attention="plain", threads=3)
    assert (script.steps, script.commands) == (3, {})


def test_turns_and_an_anneal_stand_at_their_steps():
    turned = [Turned(0, 0.0, "clip", 2.0), *steps(1, 2), Turned(2, 0.2, "clip", 3.0), Annealed(2, 0.2, 9), *steps(3, 3)]
    assert script_of([START, *turned]).commands == {0: [Turn("clip", 2.0)], 2: [Turn("clip", 3.0), Anneal()]}


def test_what_was_left_behind_is_not_repeated():
    before = [*steps(1, 4), Turned(2, 0.2, "clip", 2.0), Turned(4, 0.4, "clip", 3.0), Annealed(2, 0.2, 9), *steps(5, 6)]
    after = [Rewound(2, 0.2, 6), Turned(2, 0.2, "clip", 1.0), *steps(3, 4)]
    script = script_of([START, *before, *after])
    assert script.steps == 4
    assert script.commands == {2: [Turn("clip", 2.0), Turn("clip", 1.0)]}


def test_a_resume_turns_what_its_start_says():
    again = Started(2, 0.2, "test", Settings(clip=0.5).model_dump(), 1000, "CPU, 1 thread")
    other = Chosen(2, 0.2, "bf16", "plain", 1, 0.0, "")
    script = script_of([START, CHOSEN, *steps(1, 2), Rewound(2, 0.2, 2), again, other, *steps(3, 3)])
    assert script.commands == {2: [Turn("clip", 0.5), Turn("threads", 1)]}


def test_weights_that_were_turned_are_turned_again():
    settings = Settings(corpus=("stories", "facts")).model_dump(mode="json")  # in a record tuples are lists
    start, again = (Started(0, 0.0, "test", {**settings, "weights": w}, 1, "CPU") for w in ([], [0.2, 0.8]))
    turned = Turned(1, 0.1, "weights", (0.2, 0.8))
    script = script_of([start, *steps(1, 1), turned, *steps(2, 2), Rewound(2, 0.2, 2), again, *steps(3, 3)])
    assert script.commands == {1: [Turn("weights", (0.2, 0.8))]}
    assert (script.settings.corpus, script.settings.weights) == (("stories", "facts"), ())


def test_a_run_of_one_text_that_an_older_program_recorded_is_repeated():
    older = {"corpus": "stories", "tokenizer": "byte", "layers": 2}
    script = script_of([Started(0, 0.0, "test", older, 1, "CPU"), *steps(1, 2)])
    assert script.settings == Settings(corpus=("stories",), tokenizer="byte", layers=2)


def test_a_run_without_a_step_cannot_be_repeated():
    with pytest.raises(Trouble, match="Nothing was trained"):
        script_of([START, CHOSEN])
