"""When the model is looked at."""

from engine.training.looks import Looks, validation_due


def test_looks_are_dense_at_first_and_sparse_later():
    looks, at = Looks(), []
    for step in range(1, 2001):
        if looks.due(step, time=1e9):
            with looks.timed(look_at=step):
                at.append(step)
    assert at[:50] == list(range(1, 51))
    assert at[-1] - at[-2] == 19


def test_looks_wait_when_they_have_used_their_share():
    looks = Looks()
    with looks.timed(look_at=1):
        pass
    assert not looks.due(2, time=0.0)
    assert looks.due(2, time=1e9)


def test_validation_is_due_on_a_log_grid_and_then_every_so_often():
    due = [step for step in range(1, 401) if validation_due(step, every=100)]
    assert due == [1, 2, 4, 8, 16, 32, 64, 100, 200, 300, 400]
