"""The smoothed losses of several runs."""

import gc
import weakref

from engine.events import Rewound, Stepped
from engine.recording import Recording
from gui.widgets.run_losses import RunLosses


def run(*losses):
    made = Recording()
    for step, loss in enumerate(losses, 1):
        made.add(Stepped(step, float(step), loss, 1e-3, 0.5, step, 0.1, 0.0))
    return made


def test_each_run_has_means_of_its_own():
    losses, one, other = RunLosses(), run(4.0, 2.0), run(8.0, 6.0, 4.0)
    assert losses.of(one, 2).y.tolist() == [4.0, 2.0]  # early on fewer steps count
    assert losses.of(other, 2).y.tolist() == [8.0, 6.0, 4.0]
    assert losses.of(one, 2).x.tolist() == [1, 2]


def test_after_going_back_only_the_new_steps_count():
    losses, made = RunLosses(), run(*[9.0] * 20)
    losses.of(made, 20)
    made.add(Rewound(5, 5.0, 20))
    for step in range(6, 21):
        made.add(Stepped(step, float(step), 1.0, 1e-3, 0.5, step, 0.1, 0.0))
    fresh = RunLosses().of(made, 20).y.tolist()
    assert losses.of(made, 20).y.tolist() == fresh
    assert fresh[-1] == 1.0  # of the last three


def test_another_width_is_another_mean():
    losses, made = RunLosses(), run(*range(1, 41))
    assert losses.of(made, 1).y[-1] == 40.0
    assert losses.of(made, 4).y[-1] == 38.5  # of 37, 38, 39, 40


def test_a_run_that_is_gone_is_not_kept():
    losses, made = RunLosses(), run(1.0)
    losses.of(made, 1)
    gone = weakref.ref(made)
    del made
    gc.collect()
    assert gone() is None
