"""What children are asked to do in tests: to answer, to fail, and to take more than they may."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from itertools import count, repeat
from typing import Any

from engine.trouble import Trouble


def echo(argument: Any) -> Iterator[Any]:
    yield argument


def each(argument: list[Any]) -> Iterator[Any]:
    yield from argument


def numbers_without_end(argument: Any) -> Iterator[int]:
    yield from count()


def process_number_and_silence(argument: Any) -> Iterator[int]:
    yield os.getpid()
    signal.pause()


def busy(argument: Any) -> Iterator[int]:
    yield sum(repeat(1))


def greedy(argument: Any) -> Iterator[int]:
    yield len(bytearray(10**12))


def long_winded(argument: int) -> Iterator[str]:
    yield "a" * argument


def noisy(argument: Any) -> Iterator[str]:
    sys.stdout.write("a library prints\n")
    os.write(1, b"what it likes\n")
    sys.stderr.write("x" * 1_000_000)
    yield "the answer"


def troubled(argument: Any) -> Iterator[int]:
    yield 1
    raise Trouble("The page is torn.", "Glue it.")


def failing(argument: Any) -> Iterator[int]:
    yield 1
    raise ValueError("no such page")


def panicking(argument: Any) -> Iterator[int]:
    yield 1
    raise type("PanicException", (BaseException,), {})("index out of bounds")


def thread_that_stays(argument: Any) -> Iterator[int]:
    threading.Thread(target=threading.Event().wait).start()
    yield 1


def aborting(argument: Any) -> Iterator[int]:
    yield 1
    os.abort()


def patient_about_interruptions(argument: Any) -> Iterator[str]:
    os.kill(os.getpid(), signal.SIGINT)
    yield "still here"
