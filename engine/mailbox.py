"""A bounded queue between two threads that is emptied in one go."""

from collections import deque
from threading import Condition
from typing import Generic, TypeVar

T = TypeVar("T")


class Closed(Exception):
    """The other side has gone."""


class Mailbox(Generic[T]):
    """`put` waits while the box is full: nothing is lost, the writer slows down."""

    def __init__(self, capacity: int = 1024) -> None:
        self._capacity = capacity
        self._items: deque[T] = deque()
        self._changed = Condition()
        self._closed = self._nudged = False

    def put(self, item: T) -> None:
        """Raises Closed once the box is closed, also while waiting."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or len(self._items) < self._capacity)
            if self._closed:
                raise Closed
            self._items.append(item)
            self._changed.notify_all()

    def take(self, wait: bool = False, timeout: float | None = None) -> list[T]:
        """All items, oldest first. With `wait`, sleeps until there is one, or a nudge, or for `timeout` seconds."""
        with self._changed:
            if wait:
                self._changed.wait_for(lambda: self._closed or self._nudged or bool(self._items), timeout)
            self._nudged = False
            if self._closed and not self._items:
                raise Closed
            items = list(self._items)
            self._items.clear()
            self._changed.notify_all()
            return items

    def nudge(self) -> None:
        """Let the one who waits for items, or will, look around once, though none has come."""
        with self._changed:
            self._nudged = True
            self._changed.notify_all()

    def close(self) -> None:
        """Wake and refuse every writer, and every reader of an empty box."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
