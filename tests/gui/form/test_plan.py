"""A preset and a size fill what waits for the next run, and say what it will cost."""

from pathlib import Path

import pytest

from engine.events import Metered, Started
from engine.presets import PRESETS, Forecast
from engine.recording import Recording
from engine.settings import Settings
from gui.form.choices import OWN, PERSONAL, Choices
from gui.form.plan import SAYS, forecast_words
from tests.gui.conftest import Desk


@pytest.fixture
def choices() -> Choices:
    return Choices(Settings(corpus="/texts/mine.txt", seed=7, tokenizer="byte"))


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_fills_what_waits_and_is_told_until_something_is_changed(choices: Choices, name: str) -> None:
    choices.fill(name)
    assert choices.preset() == name
    chosen = choices.next_settings()
    assert (chosen.corpus, chosen.seed) == (("/texts/mine.txt",), 7)
    assert (chosen.layers, chosen.horizon) == (PRESETS[name].layers, PRESETS[name].horizon)
    choices.choose("layers", 47, running=False)
    assert choices.preset() == OWN


def test_only_a_preset_made_for_characters_brings_its_tokenizer(choices: Choices) -> None:
    choices.fill("stories-8m")
    assert choices.next_settings().tokenizer == "byte"
    choices.fill("fast")
    assert choices.next_settings().tokenizer == "character"
    assert not choices.next_settings().milestones  # its tables are large
    choices.fill("tiny")
    assert choices.next_settings().tokenizer == "byte"
    choices.fill("nanogpt-cpu")
    assert choices.next_settings().tokenizer == "character"
    choices.fill("default")
    assert choices.next_settings().tokenizer == "byte"


def test_every_preset_says_what_it_is() -> None:
    assert set(SAYS) == {OWN, *PRESETS}
    assert ("the same as Default" in SAYS["stories-1m"]) == (PRESETS["stories-1m"] == PRESETS["default"])


def test_every_personal_setting_exists() -> None:
    assert set(PERSONAL) <= set(Settings.model_fields)


def test_the_size_is_one_dial_for_shape_batch_rate_and_horizon(choices: Choices) -> None:
    choices.resize(10.0)
    assert choices.size() == 10.0
    assert choices.parameters() == pytest.approx(10e6, rel=0.3)
    assert {"layers", "width", "heads", "batch_size", "learning_rate", "horizon"} <= set(choices.edits)


def test_the_dial_leads_back_to_where_it_came_from(choices: Choices) -> None:
    choices.resize(2.0)
    before = choices.next_settings()
    for millions in (40.0, 0.3, 7.0, 2.0):
        choices.resize(millions)
    assert choices.next_settings() == before


def test_a_field_changed_by_hand_moves_the_dial(choices: Choices) -> None:
    choices.resize(10.0)
    choices.choose("width", choices.next_settings().width * 2, running=False)
    assert choices.size() == pytest.approx((choices.parameters() or 0) / 1e6)
    assert (choices.size() or 0) > 20


def test_the_forecast_is_the_next_runs(choices: Choices, tmp_path: Path) -> None:
    small = choices.forecast(tmp_path)
    choices.resize(30.0)
    large = choices.forecast(tmp_path)
    assert small
    assert large
    assert large.parameters == choices.parameters()
    assert large.memory > small.memory
    choices.choose("heads", 47, running=False)
    assert choices.forecast(tmp_path) is None


def test_the_present_runs_speed_tells_the_time_where_nothing_else_was_measured(
    choices: Choices, tmp_path: Path
) -> None:
    recording = Recording()
    recording.add(Started(0, 0.0, "amber-heron", {}, 900_000, "CPU, 2 threads"))
    choices.take_in(choices.settings, recording)
    before = choices.forecast(tmp_path)
    recording.add(Metered(20, 1.0, 30_000.0, 1e11, 0.6, 640_000_000, 60.0, 10.0, 0))
    after = choices.forecast(tmp_path)
    choices.choose("horizon", 2 * choices.settings.horizon, running=False)
    twice = choices.forecast(tmp_path)
    assert before
    assert after
    assert twice
    assert before.seconds is None
    assert after.seconds
    assert twice.seconds == pytest.approx(2 * after.seconds)


def test_a_forecast_in_words() -> None:
    assert forecast_words(Forecast(10**6, 400_000_000, 360.0), 3000) == "About 0.4 GB and 6 min 0 s to step 3,000"
    assert (
        forecast_words(Forecast(10**6, 400_000_000, None), 3000)
        == "About 0.4 GB; the time is known after the first steps"
    )


def test_a_preset_is_chosen_in_the_form(desk: Desk) -> None:
    desk.show()
    plan = desk.window.experiment.plan
    field = plan.preset.fields[0]
    assert field.currentData() == "default"
    field.activated.emit(field.findData("tiny"))
    assert desk.window.experiment._choices.next_settings().layers == PRESETS["tiny"].layers
    assert field.currentData() == "tiny"
    desk.window.experiment.forms[1].rows["layers"].fields[0].setValue(7)
    assert field.currentData() == OWN
    field.setCurrentIndex(field.findData("fast"))
    field.activated.emit(field.findData(OWN))
    assert field.currentData() == OWN
    assert desk.window.experiment._choices.next_settings().layers == 7


def test_the_size_is_dialled_in_the_form(desk: Desk) -> None:
    desk.ready()
    experiment = desk.window.experiment
    experiment.plan.size_row.fields[0].setValue(experiment.plan.size_row.fields[0].maximum())
    assert desk.window.experiment._choices.size() == 100.0
    assert experiment._size.text().startswith("1")
    assert "GB" in experiment.plan.forecast.text()
    assert experiment.forms[1].rows["layers"].property("bar") == "warn"
    assert desk.session.settings.layers == 4


def test_own_is_what_is_left_and_cannot_be_chosen(desk: Desk) -> None:
    desk.show()
    field = desk.window.experiment.plan.preset.fields[0]
    field.setCurrentIndex(field.findData(OWN))
    field.activated.emit(field.findData(OWN))
    assert field.currentData() == "default"
    assert SAYS["default"] in field.statusTip()
