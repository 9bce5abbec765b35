"""What fits the memory: the same batch in parts, a smaller batch, a smaller model, in this order."""

import pytest

from engine.fitting import in_parts, nearest_that_fits, smaller_batches, smaller_models, what_fits
from engine.settings import Settings
from engine.size import memory

V = 1024
GB = 10**9
LARGE = Settings(
    layers=12, heads=6, width=768, context=512, batch_size=32, key_value_heads=3, precision="fp32", attention="fused"
)


def test_a_batch_in_parts_comes_first_for_it_changes_no_number():
    found = nearest_that_fits(LARGE, V, 5 * GB)
    assert found == LARGE.model_copy(update={"micro_batches": found.micro_batches})
    assert memory(found, V) <= 5 * GB < memory(LARGE.model_copy(update={"micro_batches": found.micro_batches // 2}), V)


def test_a_batch_that_cannot_be_parted_gets_smaller():
    huge = LARGE.model_copy(update={"batch_size": 512, "micro_batches": 64})
    found = nearest_that_fits(huge, V, 5 * GB)
    assert (found.layers, found.width) == (12, 768)
    assert found.batch_size < 512
    assert memory(found, V) <= 5 * GB


def test_a_model_whose_weights_do_not_fit_gets_smaller_in_its_proportions():
    found = nearest_that_fits(LARGE, V, GB // 2)
    assert found.width < 768
    assert found.layers == max(1, round(12 * found.width / 768))
    assert what_fits(LARGE, V, GB // 2).endswith(f"of width {found.width} with the batch in 32 parts would fit.")
    assert memory(found, V) <= GB // 2


@pytest.mark.parametrize(
    "settings", [Settings(), LARGE, Settings(heads=1, width=48, layers=7), Settings(heads=5, width=640)]
)
def test_every_suggestion_is_allowed_and_smaller_than_the_one_before(settings):
    for suggestions in (smaller_batches(settings), smaller_models(settings)):
        sizes = [memory(settings, V)]
        for one in suggestions:
            assert Settings(**one.model_dump()) == one
            sizes.append(memory(one, V))
        assert sizes == sorted(sizes, reverse=True)
    assert all(Settings(**one.model_dump()) == one for one in in_parts(settings))


def test_where_nothing_fits_there_is_no_suggestion_but_advice():
    assert nearest_that_fits(LARGE, V, 1000) is None
    assert what_fits(LARGE, V, 1000) == "Choose a shorter context, a smaller batch or a smaller vocabulary."


def test_advice_names_the_nearest_size_and_the_parts():
    found = nearest_that_fits(LARGE, V, 5 * GB)
    text = what_fits(LARGE, V, 5 * GB)
    model = next(one for one in smaller_models(LARGE) if memory(one, V) <= 5 * GB)
    said = f"{model.layers} layers of width {model.width} would fit, or the batch in {found.micro_batches} parts."
    assert text == said
    single = Settings(batch_size=2, context=2048, vocabulary=32768, layers=1, heads=1, width=16)
    assert what_fits(single, 32768, memory(single, 32768) - 1) == "The batch in 2 parts would fit."
