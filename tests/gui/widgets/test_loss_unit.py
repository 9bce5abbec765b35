"""Nats per token and bits per byte are the same loss, counted in two ways."""

from math import log

import numpy as np
import pytest

from engine.events import CorpusRead, Stepped
from engine.recording import Recording
from gui.widgets.loss_picture import loss_picture, ranges, reading
from gui.widgets.loss_unit import Measure, bits, measure, scaled
from gui.widgets.smoothing import TrailingMean
from tests.fakes import recording

BITS = "bits per byte"


def read(train=(1000, 4000), validation=(100, 300)):
    made = Recording()
    tokens = train[0], validation[0]
    made.add(CorpusRead(0, 0.0, "Text", "", 1, 1, *tokens, "", ("a", "b"), 0, train[1], validation[1]))
    return made


def test_a_loss_of_ln_2_per_byte_is_one_bit():
    assert bits(tokens=500, size=500) * log(2) == pytest.approx(1.0)
    assert bits(tokens=250, size=500) * log(2) == pytest.approx(0.5)


def test_each_text_has_tokens_of_its_own_length():
    made = measure(read(), BITS)
    assert made.training == pytest.approx(0.25 / log(2))
    assert made.validation == pytest.approx(1 / 3 / log(2))


@pytest.mark.parametrize("sizes", [{"train": (1000, 0)}, {"validation": (100, 0)}])
def test_a_record_without_bytes_says_why_it_stays_with_nats(sizes):
    made = measure(read(**sizes), BITS)
    assert (made.unit, made.training, made.validation) == ("nats per token", 1.0, 1.0)
    assert made.note
    assert measure(read(**sizes), "nats per token") == Measure()


def test_a_log_of_another_program_stays_with_nats_though_an_empty_chart_is_in_bits():
    made = Recording()
    assert measure(made, BITS) == Measure(BITS)
    made.add(Stepped(1, 0.5, 3.0, 0.0, 0.0, 100, 0.0, 0.0))
    assert measure(made, BITS) == Measure(note="this run does not know its bytes")


def test_all_of_the_chart_changes_its_unit_and_no_flag_its_place():
    run = recording(300)
    nats, bit = (loss_picture(run, 300, TrailingMean(20), loss_unit=unit) for unit in ("nats per token", BITS))
    training, validation = bits(1_100_000, 3_600_000), bits(120_000, 400_000)
    assert bit.training_loss == pytest.approx(training * nats.training_loss)
    assert bit.validation_loss == pytest.approx(validation * nats.validation_loss)
    assert [floor.loss for floor in bit.floors] == pytest.approx([validation * floor.loss for floor in nats.floors])
    assert np.allclose(bit.raw.y, training * nats.raw.y)
    assert ranges(bit)[1].high < 0.6 * ranges(nats)[1].high
    assert reading(bit, 299)[2][0].value == f"{bit.training_loss:.3f}"
    for one, other in zip(nats.floors, bit.floors, strict=True):
        assert np.isnan(one.beaten) == np.isnan(other.beaten)


def test_nothing_is_copied_where_nothing_changes():
    values = np.arange(3.0)
    assert scaled(values, 1.0) is values
    assert scaled(values, 2.0).tolist() == [0.0, 2.0, 4.0]
