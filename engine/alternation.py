"""Runs that train by turns: side by side on one machine, with the curves growing together.

The one that has made the fewest steps is next, so a branch first catches up with its parent. Nobody polls: whoever has
made a step wakes the next. A run computes nothing otherwise than alone; it only waits.
"""

from collections.abc import Callable
from threading import Lock


class Alternation:
    """Shared by runs, each in a thread of its own."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._members: list[Member] = []  # in the order they joined, which decides between equals

    def join(self, wake: Callable[[], None]) -> "Member":
        """`wake` is called from the threads of others, and must return at once."""
        member = Member(self, wake)
        with self._lock:
            self._members.append(member)
        return member

    def tell(self, member: "Member", step: int, wants: bool) -> None:
        """Where a member stands, and whether it wants to go on; whoever is next is woken."""
        with self._lock:
            member.step, member.wants = step, wants
            following = self._next()
        if following and following is not member:
            following.wake()

    def leave(self, member: "Member") -> None:
        """It is waited for no longer."""
        self.tell(member, member.step, wants=False)
        with self._lock:
            self._members = [one for one in self._members if one is not member]

    def is_next(self, member: "Member") -> bool:
        with self._lock:
            return self._next() in (member, None)

    def is_alone(self, member: "Member") -> bool:
        with self._lock:
            return not any(other.wants for other in self._members if other is not member)

    def _next(self) -> "Member | None":
        wanting = (member for member in self._members if member.wants)
        return min(wanting, key=lambda member: member.step, default=None)


class Member:
    """The place of one run among them; only its own thread calls the methods."""

    def __init__(self, turns: Alternation, wake: Callable[[], None]) -> None:
        self._turns = turns
        self.wake = wake
        self.step = 0
        self.wants = False

    def tell(self, step: int, wants: bool) -> None:
        """Steps made so far, and whether more are wanted: one that pauses, fails or has finished wants none."""
        self._turns.tell(self, step, wants)

    def leave(self) -> None:
        """For good."""
        self._turns.leave(self)

    @property
    def due(self) -> bool:
        """Whether it may step now."""
        return self._turns.is_next(self)

    @property
    def alone(self) -> bool:
        """Whether nobody else wants to step."""
        return self._turns.is_alone(self)
