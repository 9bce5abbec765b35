"""Programs are Python, and print what stands below them; our own interpreter agrees with the real one."""

import contextlib
import io

import pytest

from engine.corpus.world import told
from engine.corpus.world.interpreter import output, value


def printed(program: str) -> str:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(program, {})
    return said.getvalue()


def test_each_prints_what_is_said() -> None:
    programs = {program for piece in told("programs", 0.3) for program in piece.text.split("\n\n")}
    assert len(programs) > 1000
    for program in programs:
        said = [line[2:] for line in program.split("\n") if line.startswith("# ")]
        assert said
        assert printed(program).splitlines() == said, program


def test_a_whole_document_is_a_program() -> None:
    for piece in told("programs", 0.02):
        assert printed(piece.text).splitlines() == [line[2:] for line in piece.text.split("\n") if line[:2] == "# "]


@pytest.mark.parametrize(
    "program",
    [
        "def f(n):\n    if n < 2:\n        return 1\n    return n * f(n - 1)\nprint(f(6), f(1))",
        "a = [3, 1, 2]\na[0] = 9\nfor i, b in [[0, 1], [2, 3]]:\n    a.append(i - b)\nprint(sorted(a), a[1:], a[-1])",
        "n = 3\ndef f(n):\n    n += 1\n    return n\nprint(f(5), n, not n > 2, n in [3], 'a' * n, 1 < 2 or n[0])",
        "def f():\n    x = 1\nprint(f())",
    ],
)
def test_the_interpreter_does_as_python_does(program: str) -> None:
    assert "\n".join(output(program)) + "\n" == printed(program)


@pytest.mark.parametrize("program", ["import os", "open('a')", "().__class__", "x = lambda: 1", "[].__len__()"])
def test_what_is_not_ours_is_refused(program: str) -> None:
    with pytest.raises(ValueError, match=r"ours|our part"):
        output(program)


def test_a_program_without_end_is_ended() -> None:
    with pytest.raises(ValueError, match="too long"):
        output("n = 1\nwhile n > 0:\n    n += 1")


def test_expressions_are_worth_what_they_say() -> None:
    assert value("a * (b + 2)", {"a": 3, "b": 4}) == 18
    assert value("17", {}) == 17
