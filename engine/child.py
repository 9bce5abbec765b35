"""Work on a stranger's file, or work that may be called off at any moment, in a process of its own, within limits.

The request goes in as JSON, and each value comes back as one line of JSON: nothing is unpickled, and what a library
prints gets lost. `python -m engine.child` is the other end.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from importlib import import_module
from math import inf
from threading import Thread
from time import monotonic
from typing import IO, Any, NamedTuple

from engine.mailbox import Closed, Mailbox
from engine.trouble import Trouble

WAITING = 16  # values a child may be ahead
# address space counts as memory, whether it is used or only set aside for many threads
ENVIRONMENT = {"MALLOC_ARENA_MAX": "2", "OPENBLAS_NUM_THREADS": "1"}


class Limits(NamedTuple):
    """What a child may take, and what is said when it fails or wants more."""

    words: str  # "read notes.pdf": completes "It was not possible to …"
    advice: str = "Choose another file."
    memory: int = 2_000_000_000  # bytes, where the system can limit them
    processor: int = 300  # seconds, where the system can limit them
    seconds: float = 600.0  # that somebody waits for it, in all
    line: int = 64_000_000  # bytes of one value
    nice: int = 0  # 10 is for work that training must not wait for


def in_child(function: str, argument: Any, limits: Limits, beat: float = inf) -> Generator[Any, None, None]:
    """What the generator function "module:name" yields for `argument`; argument and values are JSON.

    Trouble if it raises one, fails or goes over a limit. After each `beat` seconds of silence None is yielded, so that
    the iterator can be closed, which ends the child at once.
    """
    with _started(function, argument, limits) as process:
        assert process.stdout
        lines: Mailbox[bytes] = Mailbox(WAITING)
        reader = Thread(target=_read, args=(process.stdout, lines, limits.line), name="child")
        reader.start()
        try:
            yield from _values(process, lines, limits, beat)
        finally:
            process.kill()
            lines.close()
            reader.join()


def _started(function: str, argument: Any, limits: Limits) -> subprocess.Popen[bytes]:
    """It finds modules where this process does, and never in the folder one happens to stand in (-P)."""
    paths = os.pathsep.join(map(os.path.abspath, sys.path))
    try:
        with tempfile.TemporaryFile("w+") as request:  # a pipe would have to be filled while the child reads
            json.dump({"function": function, "argument": argument, "limits": limits._asdict()}, request)
            request.seek(0)
            return subprocess.Popen(
                [sys.executable, "-P", "-m", "engine.child"],
                stdin=request,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **ENVIRONMENT, "PYTHONPATH": paths},
            )
    except OSError as error:
        raise _failed(error.strerror or str(error), limits) from error


def _read(stream: IO[bytes], lines: Mailbox[bytes], longest: int) -> None:
    with suppress(Closed):
        while line := stream.readline(longest):
            lines.put(line)
    lines.close()


def _values(process: subprocess.Popen[bytes], lines: Mailbox[bytes], limits: Limits, beat: float) -> Iterator[Any]:
    left = limits.seconds
    while left > 0:
        began = monotonic()
        try:
            heard = lines.take(wait=True, timeout=min(left, beat))
        except Closed:
            raise _ended(process.wait(), limits) from None
        left -= monotonic() - began
        for line in heard:
            answer = _answer(line, limits)
            if "value" not in answer:
                return
            yield answer["value"]
        if not heard:
            yield None
    raise _too_long(limits)


def _answer(line: bytes, limits: Limits) -> dict[str, Any]:
    """A value, or {"done": true}."""
    if not line.endswith(b"\n"):
        raise _failed("the answer is too long, or breaks off", limits)
    answer: dict[str, Any] = json.loads(line)
    match answer:
        case {"trouble": [message, advice]}:
            raise Trouble(message, advice)
        case {"error": reason}:
            raise _failed(reason, limits)
    return answer


def _ended(code: int, limits: Limits) -> Trouble:
    """Why a process has ended that was not done."""
    if code == -getattr(signal, "SIGXCPU", 0):
        return _too_long(limits)
    return _failed("it broke off, as it does when memory is short", limits)


def _too_long(limits: Limits) -> Trouble:
    return Trouble(f"It takes too long to {limits.words}.", limits.advice)


def _failed(reason: str, limits: Limits) -> Trouble:
    return Trouble(f"It was not possible to {limits.words}: {reason.rstrip('.')}.", limits.advice)


# the other end


def main() -> None:
    """Carry out the request on standard input."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends this
    request = json.load(sys.stdin)
    with os.fdopen(os.dup(1), "w") as answers:
        os.dup2(2, 1)  # what is printed by others is no answer
        for answer in _answers(**request):
            answers.write(json.dumps(answer) + "\n")
            answers.flush()


def _answers(function: str, argument: Any, limits: dict[str, Any]) -> Iterator[dict[str, Any]]:
    try:
        _limit(Limits(**limits))
        module, name = function.split(":")
        work: Callable[[Any], Iterator[Any]] = getattr(import_module(module), name)
        for value in work(argument):
            yield {"value": value}
        yield {"done": True}
    except Trouble as trouble:
        yield {"trouble": [trouble.message, trouble.advice]}
    except MemoryError:
        yield {"error": "it takes too much memory"}
    except BaseException as error:  # a panic in Rust is no Exception
        yield {"error": f"{type(error).__name__}: {str(error)[:200]}"}


def _limit(limits: Limits) -> None:
    """As far as the system can; Windows can not."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        os.nice(limits.nice)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (limits.processor, limits.processor + 1))
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))


if __name__ == "__main__":
    main()
