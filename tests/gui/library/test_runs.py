"""The list of runs in the hands of a person: looked at, ticked, opened, named, found and deleted."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QDialog, QLineEdit

from engine import annotations
from engine.library import Library
from engine.trouble import Trouble
from gui.bundled import bundled
from gui.frame.dock import Dock
from gui.library.model import PLACE
from gui.library.rows import flat
from gui.library.runs import NONE_FOUND, NONE_YET, Runs
from gui.theme import DARK, LIGHT, PROJECTOR
from tests.engine.library.recorded import attended, record, started, steps
from tests.gui.library.entries import RUNS, entry, seeds, shown

Key = Qt.Key
Left = Qt.MouseButton.LeftButton


class FakeLibrary:
    """A library whose disk is a list."""

    def __init__(self, *found):
        self.found, self.deleted, self.trouble = list(found), [], None

    def entries(self):
        return tuple(self.found)

    def delete(self, folder, heavy_only):
        if self.trouble:
            raise self.trouble
        self.deleted.append((folder.name, heavy_only))
        self.found = [entry for entry in self.found if entry.folder != folder or heavy_only]


class Desk:
    def __init__(self, qtbot, library, annotate=annotations.write):
        self.qtbot, self.library = qtbot, library
        self.runs = Runs(library, annotate)
        self.tree = self.runs.tree
        self.said = []
        for name in (
            "open_asked",
            "shown_changed",
            "duplicate_asked",
            "chosen",
            "troubled",
            "explained",
            "new_asked",
            "deletion_asked",
        ):
            getattr(self.runs, name).connect(lambda *values, name=name: self.said.append((name, *values)))
        self.dock = Dock("Runs", "All runs", self.runs, beside=self.runs.title_row())
        self.dock.resize(330, 700)
        qtbot.addWidget(self.dock)
        self.dock.show()
        self.settle()

    def settle(self):
        """Until nothing is on its way any more."""
        self.qtbot.waitUntil(lambda: self.runs._looked and not self.runs._aside.busy)

    def names(self):
        return [row.name for row in flat(self.tree.rows.top())]

    def go(self, name):
        """The keys are on this row."""
        row = next(row for row in flat(self.tree.rows.top()) if row.name == name)
        self.tree.setCurrentIndex(self.tree.rows.index_of(row.key))
        self.tree.setFocus()

    def press(self, *keys):
        for key in keys:
            self.qtbot.keyClick(self.tree, key)

    def click(self, name, part, times=1):
        row = next(row for row in flat(self.tree.rows.top()) if row.name == name)
        index = self.tree.rows.index_of(row.key)
        place = getattr(self.tree.delegate.places(self.tree.visualRect(index), index), part).center().toPoint()
        for _ in range(times):
            self.qtbot.mouseClick(self.tree.viewport(), Left, pos=place)

    def told(self, name):
        return [values for signal, *values in self.said if signal == name]

    def dialog(self):
        (dialog,) = [one for one in self.runs.findChildren(QDialog) if one.isVisible()]
        return dialog


@pytest.fixture
def family(qtbot):
    """A run on show with a branch beside it, a group, and one that stopped."""
    made = Desk(
        qtbot,
        FakeLibrary(
            entry("rate × 3", 2.1, parent="heron", fork=800, state="live"),
            entry("heron", 1.9, hours=1),
            *seeds(3, hours=2),
            entry("moss", float("nan"), hours=3, state="stopped", says="step 312: The loss is not a number."),
        ),
    )
    made.runs.show_shown(shown("heron", "rate × 3"))
    return made


def test_all_runs_are_listed_and_counted(family):
    assert family.names() == ["heron", "rate × 3", "five seeds", "s1", "s2", "s3", "moss"]
    assert family.runs.count.text() == "6"
    assert not family.runs.empty.isVisible()


def test_no_run_yet_says_what_to_do(qtbot):
    desk = Desk(qtbot, FakeLibrary())
    assert desk.runs.empty.isVisible()
    assert (desk.runs.empty.headline.text(), desk.runs.empty.reason.text()) == NONE_YET
    assert desk.runs.count.text() == ""


def test_words_find_runs_and_esc_brings_all_back(family, qtbot):
    qtbot.keyClicks(family.runs.search, "heron")
    assert family.names() == ["heron"]
    assert family.runs.count.text() == "1 of 6"
    qtbot.keyClicks(family.runs.search, "zzz")
    assert family.runs.empty.headline.text() == NONE_FOUND[0]
    assert family.runs.empty.isVisible()
    qtbot.keyClick(family.runs.search, Key.Key_Escape)
    assert family.runs.count.text() == "6"
    qtbot.keyClick(family.runs.search, Key.Key_Down)
    assert family.tree.current_key() == str(RUNS / "heron")


def test_a_tick_lays_a_run_beside_the_open_one(family):
    family.click("moss", "box")
    assert family.told("shown_changed") == [[[str(RUNS / "rate × 3"), str(RUNS / "moss")]]]
    assert family.tree.rows.data(family.tree.rows.index_of(str(RUNS / "moss")), Qt.ItemDataRole.CheckStateRole) == (
        Qt.CheckState.Unchecked
    )  # until it has happened


def test_another_tick_takes_it_off_again(family):
    family.click("rate × 3", "box")
    assert family.told("shown_changed") == [[[]]]


def test_the_open_run_stays_on_show(family):
    family.click("heron", "box")
    family.go("heron")
    family.press(Key.Key_Space)
    assert family.told("shown_changed") == []
    assert len(family.told("explained")) == 2


def test_what_trains_here_is_said_to_stay(family):
    opened, branch = shown("heron", "rate × 3")
    family.runs.show_shown((opened, branch))
    family.runs.show_shown((opened, branch._replace(live=True)))  # it has begun to train since
    family.click("rate × 3", "box")
    assert family.told("shown_changed") == [[[]]]
    assert "until it ends" in family.told("explained")[-1][0]


def test_a_run_that_has_no_folder_yet_is_never_asked_for(family):
    unmade = shown("heron")[0]._replace(key="run 140", place=0)
    family.runs.show_shown((unmade, unmade._replace(key="run 141", place=1)))
    family.click("moss", "box")
    assert family.told("shown_changed") == [[[str(RUNS / "moss")]]]


def test_a_group_is_ticked_as_one(family):
    family.go("five seeds")
    family.press(Key.Key_Space)
    every = [str(RUNS / name) for name in ("rate × 3", "s1", "s2", "s3")]
    assert family.told("shown_changed") == [[every]]
    family.runs.show_shown(shown("heron", "rate × 3", "s1", "s2"))
    index = family.tree.rows.index_of("group five seeds")
    assert family.tree.rows.data(index, Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.PartiallyChecked
    family.runs.show_shown(shown("heron", "s1", "s2", "s3"))
    family.press(Key.Key_Space)
    assert family.told("shown_changed")[-1] == [[]]


def test_a_group_has_the_line_it_has_in_the_charts_whichever_of_it_is_on_show(family):
    index, on_show = family.tree.rows.index_of("group five seeds"), shown("heron", "s1", "s2", "s3")
    for order in (on_show, on_show[::-1]):
        family.runs.show_shown(order)
        assert family.tree.rows.data(index, PLACE) == 1


def test_enter_and_a_double_click_open_a_run(family, qtbot):
    family.go("moss")
    family.press(Key.Key_Return)
    rect = family.tree.visualRect(family.tree.rows.index_of(str(RUNS / "heron")))
    qtbot.mouseClick(family.tree.viewport(), Left, pos=rect.center())
    qtbot.mouseDClick(family.tree.viewport(), Left, pos=rect.center())
    assert family.told("open_asked") == [[str(RUNS / "moss")], [str(RUNS / "heron")]]


def test_two_quick_ticks_open_nothing(family, qtbot):
    index = family.tree.rows.index_of(str(RUNS / "moss"))
    place = family.tree.delegate.places(family.tree.visualRect(index), index).box.center().toPoint()
    qtbot.mouseClick(family.tree.viewport(), Left, pos=place)
    qtbot.mouseDClick(family.tree.viewport(), Left, pos=place)
    qtbot.mouseRelease(family.tree.viewport(), Left, pos=place)
    assert family.told("open_asked") == []
    assert len(family.told("shown_changed")) == 2


def test_a_run_without_a_step_says_why_it_does_not_open(qtbot):
    desk = Desk(qtbot, FakeLibrary(entry("a", state="empty", steps=0, says="No step was recorded.")))
    desk.go("a")
    desk.press(Key.Key_Return, Key.Key_Space)
    assert desk.told("open_asked") == desk.told("shown_changed") == []
    assert desk.told("explained") == [["a: No step was recorded."]]


def test_groups_open_by_key_and_by_their_arrow_and_stay_open(family):
    group = family.tree.rows.index_of("group five seeds")
    assert not family.tree.isExpanded(group)
    assert family.tree.isExpanded(family.tree.rows.index_of(str(RUNS / "heron")))
    family.go("five seeds")
    family.press(Key.Key_Right)
    assert family.tree.isExpanded(group)
    family.click("five seeds", "opener")
    assert not family.tree.isExpanded(group)
    family.press(Key.Key_Return)
    assert family.tree.isExpanded(group)
    family.library.found.append(entry("new", hours=-1))
    family.runs.look()
    family.settle()
    assert family.names()[0] == "new"
    assert family.tree.isExpanded(family.tree.rows.index_of("group five seeds"))
    assert family.tree.current_key() == "group five seeds"


def test_new_numbers_move_nothing(family):
    family.go("moss")
    before = family.tree.currentIndex()
    family.library.found[1] = entry("heron", 1.5, hours=1)
    family.runs.look()
    family.settle()
    assert family.tree.currentIndex() == before
    assert family.tree.rows.row_at(family.tree.rows.index_of(str(RUNS / "heron"))).loss == "1.50"


def test_what_is_chosen_is_told(family):
    family.go("moss")
    family.go("five seeds")
    assert family.told("chosen") == [[str(RUNS / "moss")], [""]]


def test_the_menu_offers_what_makes_sense(family):
    def offered(name):
        family.go(name)
        menu = family.runs.doing.menu()
        words = [action.text().split("\t")[0] for action in menu.actions() if action.isEnabled() and action.text()]
        menu.close()
        return words

    every = ["Open", "Lay over the others", "Rename", "Tags…", "Comment…", "Duplicate settings into a new run"]
    assert offered("moss") == [*every, "Show on disk", "Delete looks…", "Delete…"]
    assert offered("heron")[1] == "Take off the charts"
    assert not {"Delete looks…", "Delete…"} & set(offered("rate × 3"))  # it is being recorded
    assert offered("five seeds") == ["Lay over the others", "Delete looks…", "Delete…"]


def test_what_came_with_the_program_is_only_looked_at(qtbot):
    desk = Desk(qtbot, FakeLibrary(entry("amber-heron", folder=bundled())))
    desk.tree.setCurrentIndex(desk.tree.rows.index(0, 0))
    menu = desk.runs.doing.menu()
    offered = [action.text().split("\t")[0] for action in menu.actions() if action.isEnabled() and action.text()]
    menu.close()
    assert offered == ["Open", "Lay over the others", "Duplicate settings into a new run", "Show on disk"]


def test_the_dots_of_a_row_open_its_menu(family, qtbot):
    family.go("moss")
    family.click("heron", "more")
    menu = next(one for one in family.tree.findChildren(type(family.runs.doing.menu())) if one.isVisible())
    assert family.tree.current_key() == str(RUNS / "heron")
    menu.close()
    for one in family.tree.findChildren(type(menu)):
        one.close()


def test_settings_can_be_taken_for_a_new_run(family):
    family.go("heron")
    family.runs.doing.duplicate()
    assert family.told("duplicate_asked") == [[{"width": 128, "layers": 4, "seed": 1}]]
    family.runs.add.click()
    assert family.told("new_asked") == [[]]


def test_delete_asks_first_and_says_how_much_goes(family):
    family.go("moss")
    family.press(Key.Key_Delete)
    dialog = family.dialog()
    assert dialog.windowTitle() == "Delete moss?"
    assert any("41 MB" in label.text() for label in dialog.findChildren(type(family.runs.count)))
    dialog.reject()
    assert family.library.deleted == []
    family.press(Key.Key_Delete)
    family.dialog().accept()
    family.settle()
    assert family.told("deletion_asked") == [[[str(RUNS / "moss")]]]
    assert family.library.deleted == [("moss", False)]
    assert "moss" not in family.names()


def test_several_are_deleted_together_and_what_is_recorded_stays(family):
    family.go("heron")
    family.tree.selectAll()
    family.press(Key.Key_Delete)
    assert family.dialog().windowTitle() == "Delete 5 runs?"  # those of the group, too
    family.dialog().reject()
    family.go("rate × 3")
    family.press(Key.Key_Delete)
    assert "stop it first" in family.told("explained")[-1][0]


def test_looks_alone_can_be_deleted(family):
    family.go("five seeds")
    family.runs.doing.ask_to_delete_looks()
    assert any("27 MB" in label.text() for label in family.dialog().findChildren(type(family.runs.count)))
    family.dialog().accept()
    family.settle()
    assert family.library.deleted == [("s1", True), ("s2", True), ("s3", True)]


def test_what_cannot_be_deleted_is_told(family):
    family.library.trouble = Trouble("There is no trash.", "Delete it by hand.")
    family.go("moss")
    family.press(Key.Key_Delete)
    family.dialog().accept()
    family.settle()
    assert family.told("troubled") == [["There is no trash.", "Delete it by hand."]]
    assert "moss" in family.names()


def test_the_disk_is_not_looked_at_while_nobody_sees_the_list(family):
    assert family.runs._clock.isActive()
    family.runs.hide()
    assert not family.runs._clock.isActive()


@pytest.fixture
def written(qtbot, tmp_path):
    """Real runs on a real disk."""
    for name in ("a", "b"):
        record(tmp_path / "runs" / name, [started(), *steps([4.0, 3.0]), attended(2)])
    return Desk(qtbot, Library(tmp_path / "runs"))


def test_a_run_is_renamed_in_place_and_back(written, tmp_path):
    written.go("a")
    written.press(Key.Key_F2)
    editor = written.tree.findChild(QLineEdit)
    editor.setText("  My  first ")
    written.qtbot.keyClick(editor, Key.Key_Return)
    written.qtbot.waitUntil(lambda: sorted(written.names()) == ["My first", "b"])
    assert annotations.read(tmp_path / "runs" / "a").name == "My first"
    assert not written.told("open_asked")
    assert "takes it back" in written.told("explained")[-1][0]
    written.qtbot.keyClick(written.tree, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    written.settle()
    assert sorted(written.names()) == ["a", "b"]


def test_tags_and_comment_are_kept_and_found(written):
    written.go("a")
    written.runs.doing.ask_for_tags()
    written.dialog().field.setText("slow, ,  baseline ,slow")
    written.dialog().accept()
    written.settle()
    written.go("a")
    written.runs.doing.ask_for_comment()
    written.dialog().field.setPlainText("What came of it\nand why")
    written.dialog().accept()
    written.settle()
    (told,) = [one for one in written.library.entries() if one.name == "a"]
    assert (told.tags, told.comment) == (("slow", "baseline"), "What came of it\nand why")
    written.runs.search.setText("tag:baseline")
    assert written.names() == ["a"]


def test_what_cannot_be_written_is_told_and_nothing_is_to_be_undone(qtbot):
    def refuse(folder: Path, change: object) -> None:
        raise Trouble("The folder is read-only.", "Copy the run.")

    desk = Desk(qtbot, FakeLibrary(entry("a")), refuse)
    desk.tree.rows.renamed.emit(desk.tree.rows.top()[0], "b")
    desk.press(Key.Key_Z)
    desk.runs.doing.undo()
    assert desk.told("troubled") == [["The folder is read-only.", "Copy the run."]]
    assert desk.told("explained") == []


@pytest.mark.parametrize("theme", [LIGHT, DARK, PROJECTOR])
@pytest.mark.parametrize("width", [160, 264, 352])
def test_every_row_can_be_painted_at_any_width(qtbot, theme, width):
    evil = "\u202eevil\x07\n" + "x" * 10_000
    desk = Desk(
        qtbot,
        FakeLibrary(
            entry("a", name=evil, corpus=evil, tags=(evil,)),
            entry("b", state="damaged", says=evil, steps=0),
            *seeds(3, parent="a", fork=1),
        ),
    )
    desk.runs.dress(theme)
    desk.runs.show_shown(shown("a", "s1", "s2"))
    desk.dock.resize(width, 700)
    desk.tree.expandAll()
    desk.go("s2")
    picture = desk.runs.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(0, picture.width(), 2) for y in range(0, 500, 2)}
    assert QColor(theme.accent).name() in colours
    assert QColor(theme.line1).name() in colours or width < 200


def test_each_row_has_a_name_and_a_sentence_for_a_screen_reader(family):
    index = family.tree.rows.index_of(str(RUNS / "heron"))
    said = family.tree.rows.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("heron: Stories, 4 MB, 0.92 M")
    assert family.tree.rows.data(index, Qt.ItemDataRole.StatusTipRole) == said
    assert "&lt;" not in family.tree.rows.data(index, Qt.ItemDataRole.ToolTipRole)
    assert family.tree.accessibleName() == "Runs"


def test_a_press_beside_every_row_does_nothing(family, qtbot):
    qtbot.mouseClick(family.tree.viewport(), Left, pos=QPoint(100, 690))
    assert family.told("open_asked") == family.told("shown_changed") == []


def test_in_a_window_space_and_the_arrows_are_for_the_list(open_desk, own_folders):
    record(own_folders / "runs" / "a", [started(), *steps([4.0, 3.0])])
    desk = open_desk()
    desk.show()
    desk.window.show_layout("Compare")
    runs, asked = desk.window.runs, []
    runs.shown_changed.connect(asked.append)
    desk.qtbot.waitUntil(lambda: runs.tree.rows.rowCount() > 0 and not runs._aside.busy)
    runs.search.setText("a")
    runs.search.setFocus()
    desk.qtbot.keyClick(runs.search, Key.Key_Down)
    step = desk.session.playhead.step
    for key in (Key.Key_Space, Key.Key_Right, Key.Key_Left, Key.Key_Home):
        desk.qtbot.keyClick(runs.tree, key)
    assert asked == [[str(own_folders / "runs" / "a")]]
    assert not desk.session.playing
    assert desk.session.playhead.step == step
