"""A log becomes a run: which number is what, resumed logs, clocks that jump, and nothing left behind."""

from math import isnan, nan
from pathlib import Path

import numpy as np
import pytest

from engine.events import AverageValidated, Ended, Logged, Rewound, Started, Stepped, Validated, Warned
from engine.folders import runs_folder
from engine.logs import order
from engine.logs.command import worked
from engine.logs.importing import free_folder, make_run
from engine.logs.log import Gathering
from engine.recording import Recording
from engine.runfile import read_events
from engine.trouble import Trouble
from tests.engine.logs.given import imported, log_of


def curve(recording: Recording, field: str = "loss") -> dict[int, float]:
    steps, values = recording.curve(Stepped, field)
    return dict(zip(steps.astype(int).tolist(), values.tolist(), strict=True))


def logged(recording: Recording) -> list[tuple[str, int, float]]:
    return [(event.name, event.step, event.value) for event in recording.all(Logged)]


def test_known_names_find_their_place_and_others_keep_their_name() -> None:
    numbers = [
        ("train/loss", 3.0),
        ("train/grad_norm", 0.5),
        ("lr", 0.1),
        ("num_tokens", 640.0),
        ("epoch", 0.25),
        ("f1", 9.0),
    ]
    recording = imported(log_of((name, 10, value) for name, value in numbers))
    stepped = recording.latest(Stepped)
    assert stepped
    assert (stepped.step, stepped.loss, stepped.gradient_norm, stepped.learning_rate) == (10, 3.0, 0.5, 0.1)
    assert (stepped.tokens, stepped.epochs, stepped.looking) == (640, 0.25, 0.0)
    assert logged(recording) == [("f1", 10, 9.0)]


def test_numbers_of_training_that_lie_in_a_folder_of_their_own_find_their_place() -> None:
    numbers = [("train/epoch_loss", 3.0), ("train/epoch_learning_rate", 0.1), ("validation/epoch_loss", 3.5)]
    recording = imported(log_of((name, 10, value) for name, value in numbers))
    stepped, validated = recording.latest(Stepped), recording.latest(Validated)
    assert stepped
    assert validated
    assert (stepped.loss, stepped.learning_rate, validated.loss) == (3.0, 0.1, 3.5)


def test_what_is_not_known_says_so() -> None:
    stepped = imported(log_of([("loss", 1, 3.0)])).latest(Stepped)
    assert stepped
    assert stepped.tokens == 0
    assert all(isnan(value) for value in (stepped.learning_rate, stepped.gradient_norm, stepped.epochs))


def test_it_says_where_it_comes_from() -> None:
    recording = imported(log_of([("loss", 1, 3.0), ("loss", 5, 2.0)], "quiet-river"))
    started = recording.latest(Started)
    assert started
    assert (started.name, started.settings, started.parameters, started.device) == (
        "quiet-river",
        {},
        0,
        "another program",
    )
    ended = recording.latest(Ended)
    assert ended
    assert ended.step == 5


def test_losses_on_other_text_are_validation() -> None:
    numbers = [
        ("loss", 1, 3.0),
        ("tokens", 1, 64.0),
        ("val/loss", 1, 3.5),
        ("averaged_validation_loss", 1, 3.25),
        ("test_loss", 1, 4.0),
    ]
    recording = imported(log_of(numbers))
    validated, averaged = recording.latest(Validated), recording.latest(AverageValidated)
    assert validated
    assert averaged
    assert (validated.loss, validated.tokens, averaged.loss) == (3.5, 64, 3.25)
    assert logged(recording) == [("test_loss", 1, 4.0)]


def test_a_number_at_a_step_without_a_loss_is_not_lost() -> None:
    recording = imported(log_of([("loss", 10, 3.0), ("lr", 5, 0.1), ("lr", 10, 0.2)]))
    assert curve(recording, "learning_rate") == {10: 0.2}
    assert logged(recording) == [("lr", 5, 0.1)]


def test_tokens_between_losses_are_those_of_the_last_count() -> None:
    recording = imported(log_of([("tokens", 1, 64.0), ("loss", 1, 3.0), ("loss", 2, 2.0), ("val_loss", 2, 2.5)]))
    assert curve(recording, "tokens") == {1: 64, 2: 64}


def test_before_the_first_step_nothing_has_passed() -> None:
    recording = imported(
        log_of([("val_loss", 0, 6.0, 0.0), ("loss", 1, 5.0, 3.0), ("tokens", 1, 64.0, 3.0), ("val_loss", 1, 5.5, 3.0)])
    )
    assert recording.curve(Validated, "tokens")[1].tolist() == [0, 64]
    assert recording.curve(Validated, "time")[1].tolist() == [0, 3]


def test_a_log_that_begins_late_knows_no_earlier_place_than_its_first_step() -> None:
    recording = imported(log_of([("val_loss", 9, 6.0), ("loss", 10, 5.0), ("tokens", 10, 640.0)]))
    assert recording.curve(Validated, "tokens")[1].tolist() == [640]


def test_the_loss_may_be_chosen() -> None:
    log = log_of([("a", 1, 3.0), ("b", 1, 2.0)])
    with pytest.raises(Trouble, match=r"cannot be told: a, b.*--loss"):
        imported(log)
    with pytest.raises(Trouble, match="no c in given, only a, b"):
        imported(log, "c")
    recording = imported(log, "b")
    assert curve(recording) == {1: 2.0}
    assert logged(recording) == [("a", 1, 3.0)]


def test_the_only_series_is_the_loss() -> None:
    assert curve(imported(log_of([("Value", 1, 3.0), ("Value", 2, 2.0)]))) == {1: 3.0, 2: 2.0}


def test_of_two_runs_in_one_export_neither_is_guessed() -> None:
    with pytest.raises(Trouble, match="cannot be told"):
        imported(log_of([("red - train/loss", 1, 3.0), ("blue - train/loss", 1, 2.0)]))
    assert curve(imported(log_of([("red - train/loss", 1, 3.0), ("red - lr", 1, 2.0)]))) == {1: 3.0}


def test_steps_that_go_back_are_a_resumption_and_the_last_try_counts() -> None:
    first = [("loss", step, 10.0 + step) for step in range(1, 8)]
    again = [("loss", step, 20.0 + step) for step in range(4, 10)]
    recording = imported(log_of([*first, *again]))
    assert curve(recording) == {1: 11, 2: 12, 3: 13, 4: 24, 5: 25, 6: 26, 7: 27, 8: 28, 9: 29}
    rewound = recording.latest(Rewound)
    assert rewound
    assert (rewound.step, rewound.left) == (3, 7)


def test_what_was_logged_just_before_the_loss_of_a_resumption_belongs_to_it() -> None:
    def session(steps: range, lr: float) -> list[tuple[str, int, float]]:
        return [(name, step, value) for step in steps for name, value in (("lr", lr), ("loss", 3.0), ("f1", lr))]

    recording = imported(log_of([*session(range(1, 6), 0.1), *session(range(3, 8), 0.2)]))
    assert curve(recording, "learning_rate") == {1: 0.1, 2: 0.1, **dict.fromkeys(range(3, 8), 0.2)}
    assert logged(recording) == [("f1", step, 0.1 if step < 3 else 0.2) for step in range(1, 8)]


def test_what_counts_in_epochs_goes_back_in_its_own_time() -> None:
    numbers: list[tuple[str, int, float]] = []
    for begin, end in ((0, 30), (20, 50)):
        for step in range(begin, end):
            numbers.append(("loss", step, float(begin)))
            if step % 10 == 9:
                numbers.append(("val_loss", step // 10, float(begin + step)))
    recording = imported(log_of(numbers))
    steps, _ = recording.curve(Validated, "loss")
    assert (np.diff(steps) >= 0).all()
    assert steps.tolist() == [0, 1, 2, 2, 3, 4]
    assert curve(recording) == {step: 0.0 if step < 20 else 20.0 for step in range(50)}


def test_a_run_that_began_again_at_step_0_has_that_step_once() -> None:
    recording = imported(log_of([("loss", 0, 1.0), ("lr", 0, 1.0), ("loss", 1, 1.0), ("loss", 0, 2.0), ("lr", 0, 2.0)]))
    assert curve(recording) == {0: 2.0}
    assert curve(recording, "learning_rate") == {0: 2.0}


def test_steps_that_always_jump_were_never_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(order, "MOST_REWINDS", 3)
    recording = imported(log_of([("loss", step, float(step)) for step in (5, 1, 4, 2, 3, 0, 6, 5)]))
    assert recording.count(Rewound) == 0
    assert recording.curve(Stepped, "loss")[1].tolist() == [0, 1, 2, 3, 4, 5, 5, 6]


def test_every_number_is_in_the_run_once_whatever_the_order() -> None:
    random = np.random.default_rng(3)
    names = ("loss", "lr", "tokens", "epoch", "val_loss", "a", "b")
    numbers = [(names[random.integers(7)], int(random.integers(12)), float(place + 1)) for place in range(300)]
    log = log_of([*numbers, ("loss", 11, 0.5)])
    events = list(read_events(worked(make_run(log), "")))
    fields = ("loss", "learning_rate", "value")
    found = [getattr(event, field) for event in events for field in fields if hasattr(event, field)]
    wanted = [value for name, _, value in numbers if name in ("loss", "lr", "val_loss", "a", "b")]
    at_zero = [value for name, step, value in numbers if step == 0]
    missing = set(wanted) - set(found)
    assert missing <= set(at_zero)  # which were made anew
    folded = Recording()
    for event in events:
        folded.add(event)
    for kind in (Stepped, Validated):
        assert (np.diff(folded.curve(kind, "loss")[0]) >= 0).all()
    steps = [event.step for event in folded.all(Logged)]
    assert steps == sorted(steps)


@pytest.mark.parametrize(
    ("clock", "times"),
    [
        ([1.7e9, 1.7e9 + 2, 1.7e9 + 5], [0, 2, 5]),
        ([1.7e9, 1.7e9 - 3600, 1.7e9 - 3590], [0, 0, 10]),  # set back an hour
        ([0.5, 1.0, 2.5], [0.5, 1.0, 2.5]),  # counted from the start
        ([nan, nan, nan], [0, 0, 0]),
        ([1.7e9, nan, 1.7e9 + 9], [0, 0, 0]),
        ([1.7e9, float("inf"), 1.7e9 + 9], [0, 0, 0]),
    ],
)
def test_time_never_goes_back(clock: list[float], times: list[float]) -> None:
    recording = imported(log_of([("loss", step, 1.0, time) for step, time in enumerate(clock)]))
    assert recording.curve(Stepped, "time")[1].tolist() == times


def test_a_number_that_is_none_stays_a_gap() -> None:
    assert isnan(curve(imported(log_of([("loss", 1, 3.0), ("loss", 2, nan), ("loss", 3, 1.0)])))[2])


def test_what_could_not_be_read_is_said_in_the_run() -> None:
    gathering = Gathering()
    gathering.add("loss", 1, 3.0)
    gathering.leave_out("damaged record", "damaged records")
    warned = imported(gathering.log("a")).latest(Warned)
    assert warned
    assert warned.message == "1 damaged record left out."


def test_the_folder_is_named_after_the_log_and_never_one_that_is_there() -> None:
    folders = [worked(make_run(log_of([("loss", 1, 3.0)], "my log: α/β")), "") for _ in range(2)]
    assert [folder.name for folder in folders] == ["my-log-α-β", "my-log-α-β-2"]
    assert {folder.parent for folder in folders} == {runs_folder()}


@pytest.mark.parametrize("name", ["", "..", "/", "\0", "../../etc", "a" * 1000, ".hidden", "‮evil"])
def test_no_name_leads_out_of_the_runs_folder(name: str) -> None:
    folder = free_folder(name)
    assert folder.parent == runs_folder()
    assert 0 < len(folder.name) <= 70
    assert not folder.name.startswith(".")


def test_an_import_that_is_called_off_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.logs.importing.OFTEN", 2)
    work = make_run(log_of([("loss", step, 1.0) for step in range(50)]))
    for _ in range(10):
        next(work)
    work.close()
    assert not list(runs_folder().glob("*"))


def test_two_imports_of_one_name_do_not_disturb_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.logs.importing.locked", lambda folder: folder.name == ".given-1.aside")
    other = runs_folder() / ".given-1.aside"
    other.mkdir(parents=True)
    (other / "run.sqlite").touch()
    assert worked(make_run(log_of([("loss", 1, 3.0)])), "").name == "given"
    assert (other / "run.sqlite").exists()


def test_what_a_killed_import_left_is_removed() -> None:
    left = runs_folder() / ".given-1.aside"
    left.mkdir(parents=True)
    (left / "run.sqlite").write_text("half")
    worked(make_run(log_of([("loss", 1, 3.0)])), "")
    assert [path.name for path in runs_folder().iterdir()] == ["given"]


def test_names_in_a_message_cannot_speak_to_a_terminal() -> None:
    with pytest.raises(Trouble) as said:
        imported(log_of([("\x1b[31mred", 1, 3.0), ("b", 1, 2.0)]))
    assert "\x1b" not in said.value.message


def test_where_there_can_be_no_run_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Trouble):
        worked(make_run(log_of([("loss", 1, 3.0)]), folder=tmp_path / "file" / "run"), "")
