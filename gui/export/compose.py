"""From a sheet and a paper to a drawing: where each block stands, in millimetres that were measured beforehand."""

from gui.export.drawing import Drawing
from gui.export.paper import Paper
from gui.export.sheet import Sheet


def compose(sheet: Sheet, paper: Paper) -> Drawing:
    """The same sheet and paper always give the same drawing."""
    raise NotImplementedError
