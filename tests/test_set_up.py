"""The set-up finds a Python, takes the small torch, does its work once, and says what it cannot do."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
NEEDS_SH = pytest.mark.skipif(os.name == "nt", reason="there is no sh")


@pytest.fixture
def set_up(monkeypatch) -> ModuleType:
    monkeypatch.setattr(sys, "path", [*sys.path])
    spec = importlib.util.spec_from_file_location("set_up", ROOT / "scripts" / "set_up.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module.sys, "platform", "linux")
    return module


def find_python(folder: Path, *asked: str) -> subprocess.CompletedProcess:
    """The finder, where no program but those in `folder` can be found, besides what a shell needs."""
    for tool in ("sh", "cat", "sed", "sort", "tr"):
        if not (folder / tool).exists():
            (folder / tool).symlink_to(next(p for p in (Path("/bin", tool), Path("/usr/bin", tool)) if p.exists()))
    command = [folder / "sh", ROOT / "scripts" / "find_python.sh", *asked]
    return subprocess.run(command, env={"PATH": str(folder)}, capture_output=True, text=True, check=False)


def put(folder: Path, name: str, script: str) -> None:
    """A program that is a line of shell."""
    (folder / name).write_text(f"#!{folder}/sh\n{script}\n")
    (folder / name).chmod(0o755)


@NEEDS_SH
def test_the_tested_python_is_taken_before_newer_ones(tmp_path):
    for name in ("python3.13", "python3.11", "python3"):
        put(tmp_path, name, "exit 0")
    assert find_python(tmp_path).stdout.strip() == str(tmp_path / "python3.11")
    assert find_python(tmp_path, "python3.13").stdout.strip() == str(tmp_path / "python3.13")


@NEEDS_SH
def test_a_python_that_does_not_run_is_passed_over(tmp_path):
    put(tmp_path, "python3.11", "exit 127")
    put(tmp_path, "python3.12", "exit 0")
    assert find_python(tmp_path).stdout.strip() == str(tmp_path / "python3.12")


@NEEDS_SH
def test_a_python_that_can_make_environments_is_taken_before_one_that_cannot(tmp_path):
    put(tmp_path, "python3.11", 'case "$2" in *ensurepip*) exit 1;; esac')
    put(tmp_path, "python3", "exit 0")
    assert find_python(tmp_path).stdout.strip() == str(tmp_path / "python3")
    (tmp_path / "python3").unlink()
    assert find_python(tmp_path).stdout.strip() == str(tmp_path / "python3.11")


@NEEDS_SH
def test_without_a_python_it_says_what_is_there_and_what_to_install(tmp_path):
    put(tmp_path, "python3", 'case "$1" in --version) echo Python 3.9.2;; *) exit 1;; esac')
    done = find_python(tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "3.11 or newer. Found: Python 3.9.2." in done.stderr
    assert "apt install python3" in done.stderr


@pytest.mark.parametrize(
    ("requirements", "answer"),
    [
        (["sympy", 'nvidia-cublas==13; platform_system == "Linux"'], True),
        (["sympy", 'nvidia-ml; extra == "monitor"'], False),
        ([], False),
    ],
)
def test_a_torch_that_brings_cuda_along_is_noticed(set_up, monkeypatch, requirements, answer):
    def pip(_python, *arguments, aloud):
        report = {"install": [{"metadata": {"requires_dist": requirements}}]}
        Path(arguments[arguments.index("--report") + 1]).write_text(json.dumps(report))
        return 0

    monkeypatch.setattr(set_up, "pip", pip)
    assert set_up.offers_only_cuda(Path("python")) is answer


@pytest.mark.parametrize(("torch", "only_cuda"), [("cpu", False), ("cuda", True)])
def test_torch_comes_from_pip_where_that_is_small_or_wanted(set_up, monkeypatch, torch, only_cuda):
    commands = []
    monkeypatch.delenv("TORCH_INDEX", raising=False)
    monkeypatch.setattr(set_up, "pip", lambda _python, *arguments: commands.append(arguments))
    monkeypatch.setattr(set_up, "offers_only_cuda", lambda _python: only_cuda)
    set_up.install_packages(Path("python"), ["package"], torch, changed=False)
    (command,) = commands
    assert "--extra-index-url" not in command
    assert str(set_up.CONSTRAINTS) in command


def test_gigabytes_of_cuda_are_never_a_surprise(set_up, monkeypatch):
    commands = []
    monkeypatch.delenv("TORCH_INDEX", raising=False)
    monkeypatch.setattr(set_up, "pip", lambda _python, *arguments: commands.append(arguments))
    monkeypatch.setattr(set_up, "offers_only_cuda", lambda _python: True)
    with pytest.raises(SystemExit, match="TORCH_INDEX"):
        set_up.install_packages(Path("python"), ["package"], "cpu", changed=False)
    assert not commands
    monkeypatch.setenv("TORCH_INDEX", "an address")
    set_up.install_packages(Path("python"), ["package"], "cpu", changed=False)
    assert commands[0][commands[0].index("--extra-index-url") + 1] == "an address"


def test_a_changed_choice_removes_the_other_torch_first(set_up, monkeypatch):
    commands = []
    monkeypatch.setattr(set_up, "pip", lambda _python, *arguments: commands.append(arguments))
    set_up.install_packages(Path("python"), ["package"], "cuda", changed=True)
    assert [command[0] for command in commands] == ["uninstall", "install"]


def test_when_nothing_can_be_fetched_it_ends_with_a_sentence(set_up, monkeypatch):
    monkeypatch.setattr(set_up, "pip", lambda _python, *_arguments: 1)
    with pytest.raises(SystemExit, match="If there is no network"):
        set_up.install_packages(Path("python"), ["package"], "cuda", changed=False)


def test_it_works_once_and_remembers_the_choice_of_torch(set_up, monkeypatch, tmp_path):
    installed = []
    monkeypatch.setattr(set_up, "check_system_libraries", lambda: None)
    monkeypatch.setattr(set_up, "install_fonts", lambda: None)
    monkeypatch.setattr(set_up, "make_venv", lambda venv: venv.mkdir(exist_ok=True) or venv / "python")
    monkeypatch.setattr(set_up, "install_packages", lambda _p, _w, torch, changed: installed.append((torch, changed)))
    monkeypatch.delenv("TORCH", raising=False)

    def call(*options):
        monkeypatch.setattr(set_up.sys, "argv", ["set_up.py", "--venv", str(tmp_path / "venv"), *options])
        set_up.main()

    call()
    call()
    call("--torch", "cuda")
    call()
    assert installed == [("cpu", False), ("cuda", True)]


def test_what_only_windows_need_does_not_stop_it_and_the_rest_does(set_up, monkeypatch, capsys):
    libraries = set_up.system_libraries
    monkeypatch.setattr(libraries, "install", lambda _things: False)
    for thing in libraries.LIBRARIES:
        monkeypatch.setattr(libraries, "missing", lambda thing=thing: [thing])
        if thing.for_window:
            set_up.check_system_libraries()
        else:
            with pytest.raises(SystemExit, match="Run that line"):
                set_up.check_system_libraries()
        assert libraries.advice([thing]) in capsys.readouterr().out
