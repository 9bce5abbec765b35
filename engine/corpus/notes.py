"""What was unusual while a source was read, counted and said in sentences: nothing is left out in silence."""

from collections import Counter


class Notes:
    def __init__(self) -> None:
        self._counted: Counter[tuple[str, str, str]] = Counter()

    def add(self, one: str, many: str, what: str, count: int = 1) -> None:
        """`add("line", "lines", "no JSON and left out")`; said as "3 lines are no JSON and left out."."""
        self._counted[one, many, what] += count

    def sentences(self) -> tuple[str, ...]:
        """One for each kind of thing, in the order they were met."""
        return tuple(
            f"{count:,} {one if count == 1 else many} {'is' if count == 1 else 'are'} {what}."
            for (one, many, what), count in self._counted.items()
        )
