"""What went wrong, said to a person: one sentence what, one sentence what to do."""


class Trouble(Exception):
    """Bad input or a machine that cannot do what was asked; shown as it is, never as a traceback."""

    def __init__(self, message: str, advice: str) -> None:
        super().__init__(f"{message} {advice}")
        self.message = message
        self.advice = advice
