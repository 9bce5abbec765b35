"""A preset and a size fill what waits for the next run, and say what it will cost."""

from pathlib import Path

import pytest

from engine.presets import PRESETS, Forecast
from engine.settings import Settings
from gui.form.choices import OWN, PERSONAL, Choices
from gui.form.plan import forecast_words
from tests.gui.conftest import Desk


@pytest.fixture
def choices() -> Choices:
    return Choices(Settings(corpus="/texts/mine.txt", seed=7, tokenizer="byte"))


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_fills_what_waits_and_is_told_until_something_is_changed(choices: Choices, name: str) -> None:
    choices.fill(name)
    assert choices.preset() == name
    chosen = choices.next_settings()
    assert (chosen.corpus, chosen.seed) == ("/texts/mine.txt", 7)
    assert (chosen.layers, chosen.horizon) == (PRESETS[name].layers, PRESETS[name].horizon)
    choices.choose("layers", 47, running=False)
    assert choices.preset() == OWN


def test_only_a_repeated_run_of_another_program_brings_its_tokenizer(choices: Choices) -> None:
    choices.fill("fast")
    assert choices.next_settings().tokenizer == "byte"
    choices.fill("nanogpt-cpu")
    assert choices.next_settings().tokenizer == "character"


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


def test_a_forecast_in_words() -> None:
    assert forecast_words(Forecast(10**6, 400_000_000, 360.0), 3000) == "About 0.4 GB and 6 min 0 s to step 3,000"
    assert forecast_words(Forecast(10**6, 400_000_000, None), 3000) == "About 0.4 GB; the time is not known yet"


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
    field.activated.emit(field.findData(OWN))
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
