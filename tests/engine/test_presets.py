"""Presets and the size dial: allowed, near the size asked for, and monotonous; the forecast says what it knows."""

import pytest

from engine import measured
from engine.measured import Measured
from engine.presets import LARGEST, PRESETS, SMALLEST, Forecast, forecast, forecast_words, sized
from engine.settings import Settings
from engine.size import dense_parameters, expected_vocabulary, memory, parameters, step_flops
from engine.trouble import Trouble

BASES = {"default": PRESETS["default"], "nanogpt-gpu": PRESETS["nanogpt-gpu"], "shared": Settings(key_value_heads=2)}
STEPS = [0.1, 0.5, 1, 3, 10, 30, 100, 300]


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_is_allowed(name):
    assert Settings(**PRESETS[name].model_dump()) == PRESETS[name]


def test_default_is_what_stands_without_a_choice():
    assert PRESETS["default"] == Settings()


def test_the_replica_is_nanogpts_processor_configuration():
    one = PRESETS["nanogpt-cpu"]
    shape = one.architecture, one.layers, one.heads, one.width, one.context, one.batch_size, one.tied, one.dropout
    assert shape == ("gpt2", 4, 4, 128, 64, 12, True, 0.0)
    course = one.optimizer, one.schedule, one.learning_rate, one.final_rate, one.warmup, one.horizon
    assert course == ("adamw", "cosine", 1e-3, 0.1, 100, 2000)
    assert (one.beta1, one.beta2, one.weight_decay, one.clip) == (0.9, 0.99, 0.1, 1.0)
    assert (one.tokenizer, one.precision, one.average, one.micro_batches) == ("character", "fp32", 0.0, 1)


def test_the_larger_replica_is_nanogpts_graphics_card_configuration():
    one = PRESETS["nanogpt-gpu"]
    shape = one.architecture, one.layers, one.heads, one.width, one.context, one.batch_size, one.dropout
    assert shape == ("gpt2", 6, 6, 384, 256, 64, 0.2)
    assert (one.learning_rate, one.beta2, one.horizon, one.tokenizer) == (1e-3, 0.99, 5000, "character")


@pytest.mark.parametrize(("name", "millions"), [("stories-1m", 1), ("stories-8m", 8), ("stories-30m", 30)])
def test_stories_have_the_size_of_their_name(name, millions):
    one = PRESETS[name]
    assert parameters(one, one.vocabulary) / 1e6 == pytest.approx(millions, rel=0.1)
    assert one.architecture == "modern"


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("millions", STEPS)
def test_the_dial_comes_near_the_size_and_stays_allowed(base, millions):
    one = sized(BASES[base], millions)
    assert Settings(**one.model_dump()) == one
    assert parameters(one, expected_vocabulary(one)) / 1e6 == pytest.approx(millions, rel=0.2)
    assert 16 <= one.width // one.heads <= 72


@pytest.mark.parametrize("base", BASES)
def test_a_larger_model_is_deeper_wider_reads_more_and_learns_in_smaller_steps(base):
    row = [sized(BASES[base], millions) for millions in STEPS]
    for name in ("layers", "width", "heads", "batch_size", "horizon"):
        values = [getattr(one, name) for one in row]
        assert values == sorted(values)
        assert values[-1] > values[0]
    rates = [one.learning_rate for one in row]
    assert rates == sorted(rates, reverse=True)


@pytest.mark.parametrize("millions", STEPS)
def test_tables_of_n_grams_do_not_count_for_the_dial(millions):
    one = sized(PRESETS["fast"], millions)
    assert dense_parameters(one, expected_vocabulary(one)) / 1e6 == pytest.approx(millions, rel=0.2)


def test_the_forecast_tells_what_lies_in_tables():
    words = forecast_words(PRESETS["fast"], None)
    assert words.startswith("0.3 M parameters and 31 M in tables of n-grams, about ")
    assert "tables" not in forecast_words(PRESETS["fast-plain"], None)


def test_the_tokens_for_each_parameter_stay_about_what_the_recipe_has():
    def tokens(one: Settings) -> float:
        return one.horizon * one.batch_size * one.context / parameters(one, 1024)

    assert all(tokens(sized(Settings(), size)) == pytest.approx(tokens(Settings()), rel=0.1) for size in STEPS)


def test_the_dial_leaves_everything_else_and_at_its_own_size_nearly_all():
    base = Settings(seed=7, context=32, weight_decay=0.3, architecture="gpt2")
    one = sized(base, 20)
    changed = {name for name in type(base).model_fields if getattr(base, name) != getattr(one, name)}
    assert changed == {"layers", "width", "heads", "batch_size", "learning_rate", "horizon"}
    assert sized(Settings(), parameters(Settings(), 1024) / 1e6) == Settings()


@pytest.mark.parametrize("millions", [0.0, -1.0, SMALLEST / 2, 2 * LARGEST, float("nan")])
def test_a_size_out_of_reach_is_refused(millions):
    with pytest.raises(Trouble, match="million parameters"):
        sized(Settings(), millions)


def kept(tmp_path, settings: Settings, speed: float) -> None:
    made = Measured(
        machine=measured.machine(), device="CPU", threads=1, precision="fp32", attention="fused", words="", peak=1e12,
        speed=speed, flops=step_flops(settings, expected_vocabulary(settings)),
    )  # fmt: skip
    measured.keep(tmp_path, settings, expected_vocabulary(settings), made)


def test_a_forecast_without_measurement_leaves_the_time_out_and_says_so(tmp_path):
    expected = Forecast(parameters(Settings(), 1024), memory(Settings(), 1024), None)
    assert forecast(Settings(), 1024, tmp_path) == forecast(Settings(), 1024, None) == expected
    words = forecast_words(Settings(), None)
    assert words.startswith("0.9 M parameters, about 0.")
    assert words.endswith("GB; the time is known once this machine was measured, at the first start")


def test_the_time_is_that_of_the_same_steps_on_this_machine(tmp_path):
    settings = Settings(horizon=3000)
    kept(tmp_path, settings, 3000 * step_flops(settings, 1024) / 360)
    assert forecast(settings, 1024, tmp_path).seconds == pytest.approx(360)
    assert forecast_words(settings, tmp_path).endswith(" GB and 6 minutes to step 3,000")


def test_the_time_of_a_shape_never_measured_follows_the_most_similar_one(tmp_path):
    kept(tmp_path, Settings(width=64), 1e9)
    kept(tmp_path, Settings(width=512), 1e11)
    settings = Settings(width=480, horizon=10)
    assert forecast(settings, 1024, tmp_path).seconds == pytest.approx(10 * step_flops(settings, 1024) / 1e11)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 second"), (40, "40 seconds"), (100, "2 minutes"), (3600, "60 minutes"), (9000, "2.5 hours"),
     (86_400, "24 hours"), (86_400 * 3, "3.0 days"), (86_400 * 400, "400 days")],
)  # fmt: skip
def test_times_are_said_as_people_say_them(tmp_path, seconds, words):
    settings = Settings(horizon=1000)
    kept(tmp_path, settings, 1000 * step_flops(settings, 1024) / seconds)
    assert forecast_words(settings, tmp_path).endswith(f"GB and {words} to step 1,000")
