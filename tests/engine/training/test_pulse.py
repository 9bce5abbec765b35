"""The pulse: fewer threads when others take the processor, more when they have gone, nothing otherwise."""

import pytest

from engine.training.pulse import MOST_PATIENCE, Clocks, Pulse


class World:
    """Seconds of a step and cores this process gets, by its threads."""

    def __init__(self, threads: int, most: int | None = None) -> None:
        self.wall = self.processor = 0.0
        self.threads = threads
        self.steps: dict[int, float] = {1: 0.18, 2: 0.1, 4: 0.06, 3: 0.08}
        self.share = 1.0  # of the threads that really compute
        self.changes: list[int] = []
        self.pulse = Pulse(threads, most or threads, lambda: Clocks(self.wall, self.processor))

    def go(self, steps: int) -> None:
        for _ in range(steps):
            seconds = self.steps[self.threads]
            self.wall += seconds
            self.processor += seconds * self.threads * self.share
            if (threads := self.pulse.felt(seconds)) is not None:
                self.changes.append(threads)
                self.threads = threads

    def crowd(self) -> None:
        """Two programs on two cores: two threads wait for each other."""
        self.steps = {1: 0.19, 2: 0.5, 4: 1.5, 3: 0.9}
        self.share = 0.5


def test_a_calm_machine_is_left_alone():
    world = World(2)
    world.go(500)
    assert world.changes == []


def test_one_thread_is_taken_on_a_crowded_machine_and_two_again_when_the_others_have_gone():
    world = World(2)
    world.go(30)
    world.crowd()
    world.go(40)
    assert world.changes == [1]
    world.steps, world.share = {1: 0.18, 2: 0.1}, 1.0
    world.go(60)
    assert world.changes == [1, 2]
    world.go(300)
    assert world.threads == 2
    assert world.changes == [1, 2]


def test_where_fewer_threads_are_no_faster_the_number_stays_and_trials_get_rarer():
    world = World(2)
    world.go(30)
    world.steps, world.share = {1: 0.6, 2: 0.5}, 0.5
    world.go(100)
    early = len(world.changes)
    world.go(100)
    assert world.threads == 2
    assert 0 < len(world.changes) - early < early


def test_while_the_others_stay_more_threads_are_tried_less_and_less():
    world = World(2)
    world.go(30)
    world.crowd()
    world.go(200)
    early = world.changes.count(2)
    world.go(200)
    assert 0 < world.changes.count(2) - early < early
    assert world.pulse._patience <= MOST_PATIENCE


def test_a_larger_batch_is_no_crowd():
    world = World(2)
    world.go(30)
    world.steps = {1: 0.9, 2: 0.5}
    world.go(100)
    assert world.changes == []


def test_a_pause_is_no_crowd():
    world = World(2)
    world.go(30)
    world.wall += 1000.0
    world.go(30)
    assert world.changes == []


def test_slow_motion_is_no_crowd():
    world = World(2)
    world.go(30)
    for _ in range(60):
        world.wall += 1.0  # waiting between steps
        world.go(1)
    assert world.changes == []


def test_many_threads_come_down_as_far_as_it_helps():
    world = World(4)
    world.go(60)
    world.crowd()
    world.go(40)
    assert world.changes == [2, 1]


def test_a_run_that_began_on_a_busy_machine_finds_more_threads_later():
    world = World(1, most=3)
    world.go(50)
    assert world.changes == [2, 3]
    assert world.threads == 3


def test_a_single_thread_has_nothing_to_change():
    world = World(1)
    world.go(100)
    assert world.changes == []


@pytest.mark.parametrize("seconds", [0.001, 5.0])
def test_short_and_long_steps_are_judged_over_enough_of_them(seconds):
    world = World(2)
    world.steps = {1: 1.8 * seconds, 2: seconds}
    world.go(max(8, round(1.1 / seconds)))
    world.steps, world.share = {1: 2 * seconds, 2: 8 * seconds}, 0.5
    world.go(5)
    assert world.changes == []  # five steps are no run
    world.go(max(8, round(1.1 / seconds)))
    assert world.changes[0] == 1
