"""What the transport says: every state in its words, every number right."""

from collections.abc import Sequence

import pytest

from engine.events import (
    Annealed,
    CorpusRead,
    Diverged,
    Event,
    Failed,
    Finished,
    FloorCounted,
    Paced,
    Paused,
    Progressed,
    Resumed,
    Stalled,
    Started,
    Stepped,
)
from engine.recording import Recording
from engine.settings import Settings
from gui.state import Facts
from gui.status import (
    Stopwatch,
    corpus_words,
    duration,
    parameter_words,
    run_words,
    status,
)
from tests.fakes import events, recording

SETTINGS = Settings(horizon=1000)
READY = Facts(SETTINGS, running=True, playing=False)
PLAYING = Facts(SETTINGS, running=True, playing=True)


def stepped(step: int, time: float, tokens: int) -> Stepped:
    return Stepped(step, time, 3.0, 5.7e-4, 1.0, tokens, tokens / 1000, 0.0)


def recorded(*more: Event, steps: int = 0) -> Recording:
    made = Recording()
    for event in events(steps) if steps else [event for event in events(1) if event.step == 0]:
        made.add(event)
    for event in more:
        made.add(event)
    return made


def of(some: Sequence[Event]) -> Recording:
    made = Recording()
    for event in some:
        made.add(event)
    return made


def test_nothing_begun_is_ready_with_the_corpus_that_will_be_read() -> None:
    seen = status(Recording(), Facts(Settings(megabytes=7), running=False, playing=False))
    assert (seen.state, seen.headline, seen.button, seen.dot) == ("ready", "Ready", "play", "")
    assert seen.detail.endswith(", 7 MB")


def test_before_the_engine_speaks_it_is_starting_and_can_be_cancelled() -> None:
    seen = status(Recording(), READY)
    assert (seen.headline, seen.button, seen.dot) == ("Starting the engine…", "cancel", "accent")


def test_loading_tells_percent_and_time_left() -> None:
    reading = of([Progressed(0, 0.0, "Reading corpus", 0.62)])
    seen = status(reading, READY._replace(waited=10.0, gained=0.5))
    assert (seen.headline, seen.detail, seen.progress) == ("Reading corpus…", "62 %, 8 s left", 0.62)


def test_time_left_is_not_guessed_from_nothing() -> None:
    assert status(of([Progressed(0, 0.0, "Reading corpus", 0.0)]), READY).detail == "0 %"


def test_counting_floors_is_still_loading() -> None:
    started = Started(0, 0.0, "amber-heron", {}, 920_000, "CPU")
    seen = status(of([started, FloorCounted(0, 0.0, "bigram", 2, 3.4)]), READY)
    assert seen.state == "loading"
    assert "bigram" in seen.detail


def test_a_prepared_run_is_ready_with_what_was_read() -> None:
    seen = status(recorded(), READY)
    assert (seen.state, seen.detail) == ("ready", "6 sources, 4 MB")


def test_training_tells_step_speed_and_time_left() -> None:
    made = recorded(*(stepped(step, step * 0.05, step * 1536) for step in range(1, 418)))
    seen = status(made, PLAYING)
    assert seen.headline == "Step 417  ·  30.7 k tokens/s"  # 1536 tokens in 0.05 s
    assert seen.detail == "29 s left"  # 583 steps of 0.05 s
    assert (seen.button, seen.dot) == ("pause", "accent")


def test_after_the_horizon_no_time_is_left_to_tell() -> None:
    made = recorded(stepped(1000, 50.0, 1), stepped(1001, 50.1, 2))
    assert status(made, PLAYING).detail == "at the final rate"


def test_an_annealed_run_ends_earlier() -> None:
    made = recorded(*(stepped(step, step * 0.05, step * 1536) for step in range(1, 418)), Annealed(417, 20.8, 517))
    assert status(made, PLAYING).detail == "coming down, 5 s left"


def test_what_must_be_mended_stands_beside_the_pause() -> None:
    stalled = Stalled(417, 20.0, "The disk is full.", "Free some space, then press play.")
    made = recorded(stepped(417, 20.0, 1), stalled, Paused(417, 20.0))
    assert status(made, READY).detail == "Free some space, then press play."
    made.add(stepped(418, 20.1, 2))
    assert status(made, READY).detail == ""


def test_a_run_that_is_being_resumed_is_loading_until_its_model_is_there() -> None:
    made = recorded(steps=30)
    resuming = READY._replace(prepared=False)
    assert status(made, resuming).headline == "Starting the engine…"
    made.add(Progressed(30, 1.5, "Reading corpus", 0.4))
    assert (status(made, resuming).headline, status(made, resuming).detail) == ("Reading corpus…", "40 %")
    assert status(made, READY).headline == "Paused at step 30"


def test_slow_motion_tells_steps_a_second() -> None:
    made = recorded(Paced(0, 0.0, 2.0), stepped(12, 0.6, 12))
    assert status(made, PLAYING).headline == "Step 12  ·  2 steps/s"


def test_a_pace_the_machine_cannot_reach_is_not_claimed() -> None:
    made = recorded(Paced(0, 0.0, 50.0), stepped(1, 0.1, 1536))  # ten steps a second
    assert "tokens/s" in status(made, PLAYING).headline


def test_full_speed_ends_slow_motion() -> None:
    made = recorded(Paced(0, 0.0, 2.0), stepped(12, 0.6, 12), Paced(12, 0.6, None))
    assert "tokens/s" in status(made, PLAYING).headline


@pytest.mark.parametrize("last", [Paused(417, 20.0), Resumed(417, 20.0)])
def test_whatever_does_not_play_after_a_step_is_paused(last: Event) -> None:
    seen = status(recorded(stepped(417, 20.0, 1), last), READY)
    assert (seen.headline, seen.button, seen.dot) == ("Paused at step 417", "play", "warn")


def test_finished_until_it_is_played_on() -> None:
    done = [stepped(5000, 250.0, 1), Finished(5000, 250.0)]
    seen = status(recorded(*done), READY)
    assert (seen.headline, seen.state, seen.button) == ("Finished at step 5,000", "finished", "play")
    assert status(recorded(*done, stepped(5001, 250.1, 2)), READY).state == "paused"


def test_divergence_says_where_and_why_and_offers_to_restart() -> None:
    seen = status(recorded(Diverged(312, 9.0, "The loss is not a number.", "Lower the rate.")), READY)
    assert (seen.headline, seen.detail) == ("Stopped at step 312", "the loss is not a number")
    assert (seen.button, seen.dot) == ("restart", "bad")


def test_a_run_that_could_not_start_says_what_to_do() -> None:
    seen = status(of([Failed(0, 0.0, "The file is empty.", "Choose another.")]), READY._replace(running=False))
    assert (seen.headline, seen.detail) == ("Could not start", "The file is empty. Choose another.")


def test_words_of_the_run() -> None:
    assert run_words(recording(1), SETTINGS) == "6 sources, 4 MB  ·  0.92 M parameters"
    assert run_words(Recording(), SETTINGS) == corpus_words(Recording(), SETTINGS)
    imported = of([Started(0, 0.0, "quiet-river", {}, 0, "another program")])
    assert run_words(imported, SETTINGS) == "another program"


def test_the_text_is_told_before_it_is_read() -> None:
    read = CorpusRead(0, 0.0, "Stories", "", 4_000_000, 1, 9, 1, "", (), 0)
    assert corpus_words(of([read]), SETTINGS) == "Stories, 4 MB"
    assert corpus_words(Recording(), Settings(corpus=("stories", "facts"))) == "2 sources, 4 MB"
    assert corpus_words(Recording(), Settings(corpus=("stories", "/texts/a.txt"))) == "2 sources"
    assert corpus_words(Recording(), Settings(corpus="python")) == "Python's library"


def test_a_hostile_file_name_is_made_harmless() -> None:
    hostile = CorpusRead(0, 0.0, "a\u202eb.txt", "", 12, 1, 9, 1, "", (), 0)
    assert corpus_words(of([hostile]), SETTINGS) == "aU+202Eb.txt, 12 bytes"
    assert corpus_words(Recording(), Settings(corpus="/texts/a\u202eb.txt")) == "aU+202Eb.txt"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "1 s"),
        (8.4, "8 s"),
        (185, "3 min 5 s"),
        (2226, "37 min"),
        (4790, "1 h 20 min"),
        (4320, "1 h 12 min"),
        (90_000, "1 d 1 h"),
    ],
)
def test_durations(seconds: float, words: str) -> None:
    assert duration(seconds) == words


@pytest.mark.parametrize(
    ("count", "words"), [(918_656, "0.92 M"), (12_400, "12,400"), (12_340_000, "12.3 M"), (350_000_000, "350 M")]
)
def test_parameter_counts(count: int, words: str) -> None:
    assert parameter_words(count) == f"{words} parameters"


def test_the_stopwatch_begins_anew_with_each_task() -> None:
    watch = Stopwatch()
    assert watch.watch(None) == (0.0, 0.0)
    assert watch.watch(Progressed(0, 0.0, "Reading", 0.2))[1] == 0.0
    assert watch.watch(Progressed(0, 0.0, "Reading", 0.5))[1] == pytest.approx(0.3)
    assert watch.watch(Progressed(0, 0.0, "Counting", 0.1))[1] == 0.0
