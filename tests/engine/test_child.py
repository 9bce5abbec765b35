"""A child process: what it says arrives, what it may take is bounded, and nothing of it is left."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import closing
from threading import Thread
from typing import Any

import psutil
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.child import Limits, in_child
from engine.trouble import Trouble

LIMITS = Limits("read the page", "Choose another page.")
MEASURED = pytest.mark.skipif(sys.platform != "linux", reason="the system does not bound memory and processor time")


def asked(name: str, argument: Any = None, limits: Limits = LIMITS, **more: Any) -> Iterator[Any]:
    return in_child(f"tests.engine.children:{name}", argument, limits, **more)


def children() -> list[psutil.Process]:
    return psutil.Process().children()


@pytest.fixture(autouse=True)
def no_process_left() -> Iterator[None]:
    yield
    assert children() == []


def test_values_arrive_one_by_one_and_in_order() -> None:
    values = [0, 1.5, "two", None, [3], {"four": 4}, "\udcc3 é\n\0"]
    assert list(asked("each", values)) == values


@settings(max_examples=5, deadline=None)
@given(value=st.recursive(st.none() | st.integers() | st.text(), st.lists))
def test_any_value_comes_back_as_it_went(value: Any) -> None:
    assert list(asked("echo", value)) == [value]


def test_an_argument_may_be_larger_than_any_pipe() -> None:
    assert list(asked("echo", "a" * 3_000_000)) == ["a" * 3_000_000]


def test_a_child_that_says_nothing_is_done() -> None:
    assert list(asked("each", [])) == []


def test_an_iterator_nobody_starts_starts_nothing() -> None:
    asked("numbers_without_end")
    assert children() == []


def test_closing_ends_a_child_that_would_speak_for_ever() -> None:
    with closing(asked("numbers_without_end")) as numbers:
        assert [next(numbers) for _ in range(1000)] == list(range(1000))
        assert len(children()) == 1


def test_closing_ends_a_silent_child() -> None:
    with closing(asked("process_number_and_silence", beat=0.01)) as said:
        number = next(value for value in said if value)
        assert next(said) is None
        assert psutil.pid_exists(number)
    assert not psutil.pid_exists(number)


def test_two_threads_may_each_have_one() -> None:
    found = []
    thread = Thread(target=lambda: found.extend(asked("echo", 2)))
    with closing(asked("process_number_and_silence")) as said:
        next(said)
        thread.start()
        thread.join()
    assert found == [2]


def test_what_libraries_print_is_no_answer() -> None:
    assert list(asked("noisy")) == ["the answer"]


def test_trouble_arrives_as_it_was_said() -> None:
    said = asked("troubled")
    assert next(said) == 1
    with pytest.raises(Trouble) as caught:
        next(said)
    assert (caught.value.message, caught.value.advice) == ("The page is torn.", "Glue it.")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("failing", "not possible to read the page: ValueError: no such page"),
        ("panicking", "not possible to read the page: PanicException: index"),
        ("aborting", "not possible to read the page: it broke off"),
        ("no_such_function", "not possible to read the page: AttributeError"),
    ],
)
def test_a_child_that_fails_is_trouble(name: str, reason: str) -> None:
    with pytest.raises(Trouble, match=reason) as caught:
        list(asked(name))
    assert caught.value.advice == "Choose another page."


def test_a_child_that_leaves_a_thread_running_is_done_all_the_same() -> None:
    assert list(asked("thread_that_stays")) == [1]


def test_a_system_that_starts_no_more_processes_is_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(Trouble, match="not possible to read the page: No such file"):
        list(asked("echo"))


def test_a_child_that_is_killed_is_trouble() -> None:
    said = asked("process_number_and_silence")
    psutil.Process(next(said)).kill()
    with pytest.raises(Trouble, match="broke off"):
        next(said)


@MEASURED
def test_memory_is_bounded() -> None:
    with pytest.raises(Trouble, match="too much memory"):
        list(asked("greedy"))


@MEASURED
def test_processor_time_is_bounded() -> None:
    with pytest.raises(Trouble, match="takes too long to read the page"):
        list(asked("busy", limits=LIMITS._replace(processor=1)))


def test_the_time_somebody_waits_is_bounded() -> None:
    with pytest.raises(Trouble, match="takes too long to read the page"):
        list(asked("process_number_and_silence", limits=LIMITS._replace(seconds=0.5)))


def test_the_length_of_a_value_is_bounded() -> None:
    framed = len(json.dumps({"value": "a" * 1000})) + 1
    assert list(asked("long_winded", 1000, LIMITS._replace(line=framed))) == ["a" * 1000]
    with pytest.raises(Trouble, match="too long"):
        list(asked("long_winded", 1000, LIMITS._replace(line=framed - 1)))


@pytest.mark.skipif(os.name == "nt", reason="signals are otherwise there")
def test_an_interruption_is_left_to_the_parent() -> None:
    assert list(asked("patient_about_interruptions")) == ["still here"]


def test_a_module_in_the_folder_one_stands_in_is_not_trusted(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "signal.py").write_text("raise SystemExit(3)")
    (tmp_path / "json.py").write_text("raise SystemExit(3)")
    monkeypatch.chdir(tmp_path)
    assert list(asked("echo", 1)) == [1]
