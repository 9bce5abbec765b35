"""How commands end: an exit code, and in trouble one sentence on the error stream."""

import subprocess
import sys

import pytest

from engine.command_line import run_command
from engine.settings import Settings
from engine.trouble import Trouble


def ended_by(error: BaseException) -> int:
    def command() -> None:
        raise error

    return run_command(command)


@pytest.mark.parametrize(("result", "code"), [(None, 0), (0, 0), (1, 1), ("words", 0)])
def test_the_exit_code_is_what_the_command_says(result, code):
    assert run_command(lambda: result) == code


def test_trouble_is_a_sentence_and_what_to_do_and_no_traceback(capsys):
    assert ended_by(Trouble("The disk is full.", "Free some space.")) == 2
    assert capsys.readouterr() == ("", "terrarium: The disk is full.\nFree some space.\n")


def test_a_setting_that_cannot_be_is_told_by_its_label(capsys):
    assert run_command(lambda: Settings(learning_rate=7)) == 2
    assert capsys.readouterr().err.startswith("terrarium: Peak learning rate should be")


def test_an_interruption_has_the_exit_code_shells_expect():
    assert ended_by(KeyboardInterrupt()) == 130


def test_an_error_of_ours_is_not_hidden():
    with pytest.raises(ZeroDivisionError):
        ended_by(ZeroDivisionError())


def test_a_reader_that_goes_away_is_no_error():
    code = "from engine.command_line import run_command; run_command(lambda: [print('x' * 9999) for _ in range(99)])"
    writer = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    writer.stdout.close()
    assert writer.stderr.read() == b""
    writer.stderr.close()
    assert writer.wait() == 0


@pytest.mark.parametrize("words", [["train", "--bogus", "3"], ["train", "--width", "wide"], ["frob"], []])
def test_words_that_mean_nothing_are_refused_with_help_and_without_a_traceback(words):
    done = subprocess.run([sys.executable, "-m", "engine", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "--help" in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
