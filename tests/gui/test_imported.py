"""A run made of a published model waits at step 0: what goes on from there has its weights, not others by chance."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from engine.checkpoints import FOLDER
from engine.commands import Play
from engine.events import Ended, Saved, Started
from engine.settings import Settings
from gui.form.choices import Choices
from gui.memory import Memory
from gui.session import Session
from gui.steering import Steering
from gui.travel import Travel
from tests.gui.test_session import Brancher, FakeRun, Starter, record

BROUGHT = Settings(begin_with="/models/gone", layers=2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "published"
    started = Started(0, 0.0, "published", BROUGHT.model_dump(mode="json"), 1000, "CPU")
    record(made, [started, Saved(0, 0.0, f"{FOLDER}/step-000000", 1), Ended(0, 0.0)])
    (made / FOLDER / "step-000000").mkdir(parents=True)
    return made


@pytest.fixture
def resumed() -> list[FakeRun]:
    return []


@pytest.fixture
def session(tmp_path: Path, folder: Path, resumed: list[FakeRun]) -> Session:
    def resume(settings: Settings, where: Path, new_text: bool) -> FakeRun:
        resumed.append(FakeRun(settings))
        return resumed[-1]

    made = Session(Starter(), Settings(), resume, Brancher(tmp_path))
    made.open(folder)
    yield made
    for lane in made.lanes:
        lane.forget()


def steering(session: Session, tmp_path: Path) -> Steering:
    choices = Choices(session.settings)
    choices.take_in(session.settings, session.recording)
    return Steering(session, choices, Memory(tmp_path / "settings.ini"), Travel(session))


def test_it_is_recorded_though_no_step_was_made(session: Session) -> None:
    assert session.settings == BROUGHT
    assert session.kept() == [0]


def test_play_goes_on_with_its_weights(
    qapp: QApplication, session: Session, resumed: list[FakeRun], tmp_path: Path
) -> None:
    steering(session, tmp_path).play()
    assert [run.settings for run in resumed] == [BROUGHT]
    assert resumed[0].sent == [Play()]


def test_a_branch_of_its_beginning_has_its_weights(qapp: QApplication, session: Session) -> None:
    brancher = session._crew._branch
    Travel(session).branch(0, {"learning_rate": 3e-3})
    (origin,) = brancher.origins
    assert (origin.parent.name, origin.step, origin.changes) == ("published", 0, {"learning_rate": 3e-3})


def test_with_another_text_it_is_begun_anew_from_the_published_folder(qapp: QApplication, session: Session) -> None:
    brancher = session._crew._branch
    Travel(session).branch(0, {"corpus": ("facts",)})
    (origin,) = brancher.origins
    assert origin.parent is None
    assert (origin.settings.begin_with, origin.settings.corpus) == ("/models/gone", ("facts",))
