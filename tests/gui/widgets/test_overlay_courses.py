"""The loss of each run from where it is a run of its own."""

import numpy as np
import pytest

from engine.events import Rewound, Stepped
from engine.recording import Recording
from gui.widgets.overlay_courses import Choice, Courses, fork_of
from tests.gui.widgets.compared_runs import begun, branch, corpus_read, run, shown, validated


@pytest.fixture
def courses():
    return Courses()


def test_a_line_is_the_mean_of_the_last_steps(courses):
    made = run([8.0, 6.0, 4.0, 2.0])
    course = courses.of(made, Choice(smoothing=1))
    assert course.x.tolist() == [1, 2, 3, 4]
    assert course.y.tolist() == course.raw.tolist() == [8, 6, 4, 2]


def test_nothing_is_copied_while_nothing_has_to_be(courses):
    made = run([8.0, 6.0])
    course = courses.of(made, Choice())
    assert np.shares_memory(course.raw, made.curve(Stepped, "loss")[1])
    assert courses.of(made, Choice()).version == course.version


def test_a_line_that_has_grown_or_is_another_has_another_version(courses):
    made, other = run([8.0, 6.0]), run([8.0, 6.0, 4.0])
    versions = [courses.of(made, Choice()).version, courses.of(made, Choice(axis="tokens")).version]
    versions.append(courses.of(made, Choice(), start=2).version)
    made.add(Stepped(3, 1.5, 5.0, 0.0, 0.0, 300, 0.0, 0.0))
    versions.append(courses.of(made, Choice()).version)
    made.add(Rewound(2, 1.0, 3))
    made.add(Stepped(3, 1.5, 4.0, 0.0, 0.0, 300, 0.0, 0.0))
    versions.append(courses.of(made, Choice()).version)
    versions.append(courses.of(other, Choice()).version)
    assert len(set(versions)) == len(versions)


def test_a_branch_begins_at_its_fork_with_the_value_its_parent_had_there(courses):
    parent = run([8.0, 6.0, 4.0, 3.0])
    child = branch(parent, 3, [3.5, 3.4], {"batch_size": 24}, {"batch_size": 48}, tokens=200)
    course = courses.of(child, Choice(smoothing=2, axis="tokens"), start=3)
    assert course.steps.tolist() == [3, 4, 5]
    assert course.x.tolist() == [300, 500, 700]
    assert course.y[0] == courses.of(parent, Choice(smoothing=2)).y[2]


def test_bits_per_byte_are_nats_by_the_tokens_and_bytes_of_the_text(courses):
    made = run([3.0])  # 1,000 tokens of training text are 3,000 bytes, 100 of validation 300
    made.add(validated(1, 6.0))
    for loss, nats in (("training", 3.0), ("validation", 6.0)):
        course = courses.of(made, Choice(loss=loss, unit="bits per byte"))
        assert course.y.tolist() == pytest.approx([nats / 3 / np.log(2)])


def test_a_run_that_does_not_know_its_bytes_has_no_line_in_bits(courses):
    made = begun()
    made.add(corpus_read(train_bytes=0))
    made.add(Stepped(1, 0.5, 3.0, 0.0, 0.0, 100, 0.0, 0.0))
    assert not len(courses.of(made, Choice(unit="bits per byte")).x)
    assert len(courses.of(made, Choice()).x)


def test_a_log_that_never_saw_a_text_has_no_line_in_bits(courses):
    made = Recording()
    made.add(Stepped(1, 0.5, 3.0, 0.0, 0.0, 100, 0.0, 0.0))
    made.add(validated(1, 6.0))
    for loss in ("training", "validation"):
        assert not len(courses.of(made, Choice(loss=loss, unit="bits per byte")).x)
        assert len(courses.of(made, Choice(loss=loss)).x)


def test_validation_is_as_it_was_measured(courses):
    made = run([3.0] * 5)
    for step, loss in ((0, 7.0), (4, 2.5)):
        made.add(validated(step, loss))
    course = courses.of(made, Choice(loss="validation", smoothing=20))
    assert course.steps.tolist() == [0, 4]
    assert course.y.tolist() == [7, 2.5]
    assert not len(course.raw)


def test_how_far_a_run_had_come_at_a_step(courses):
    course = courses.of(run([3.0] * 5, first=10), Choice())
    assert [course.until(step) for step in (9, 10, 12, 99, None)] == [0, 1, 3, 5, 5]


def test_the_fork_is_where_a_run_left_one_that_is_on_show():
    parent = run([3.0] * 9)
    child = branch(parent, 3, [3.0] * 5, {"seed": 1}, {"seed": 2})
    grandchild = branch(child, 6, [3.0], {"seed": 2}, {"seed": 3}, folder="child")
    first, second, third = shown(parent), shown(child, "child", 1), shown(grandchild, "grandchild", 2)
    assert fork_of(second, (first, second)).step == 3
    assert fork_of(second, (second, third)) is None
    assert fork_of(third, (first, second, third)).step == 6
    assert fork_of(third, (first, third)).step == 3
    assert fork_of(first, (first, second, third)) is None
