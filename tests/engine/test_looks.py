"""Heavy events: few in memory, all of them found while there is a shelf."""

from itertools import pairwise

import numpy as np

from engine.events import Attended, Event
from engine.looks import HEAVY_BYTES, HEAVY_KEPT, LEAST_KEPT, Looks, most_of, spread


def look(step: int, size: int = 2) -> Attended:
    return Attended(step, 0.1, np.arange(2, dtype=np.int32), np.zeros((1, 1, size, size), np.uint16))


class Shelf:
    """Has every number, unless it was unplugged."""

    def __init__(self, size: int = 2) -> None:
        self.size, self.plugged, self.fetched, self.asked = size, True, 0, 0

    def fetch(self, kind: type[Event], numbers: list[int]) -> list[Event | None]:
        self.fetched += len(numbers)
        self.asked += 1
        return [look(number, self.size) if self.plugged else None for number in numbers]


def loaded(count: int) -> Looks:
    made = Looks(Attended)
    made.fill(list(range(1, count + 1)), list(range(1, count + 1)))
    return made


def test_how_many_stay_depends_on_their_size():
    assert most_of(look(1)) == HEAVY_KEPT
    assert LEAST_KEPT < most_of(look(1, 1000)) < HEAVY_BYTES // 2_000_000 + 1
    assert most_of(look(1, 4000)) == LEAST_KEPT


def test_what_was_opened_is_fetched_once_where_it_is_kept():
    looks, shelf = loaded(5), Shelf()
    for _ in range(3):
        assert looks.latest(4, shelf).step == 4
    assert shelf.fetched == 1
    assert looks.latest(0, shelf) is None


def test_the_one_on_show_is_fetched_once_though_it_is_not_kept():
    looks, shelf = loaded(10 * HEAVY_KEPT), Shelf()
    gone = next(step for step in range(1, 9 * HEAVY_KEPT) if step - 1 not in looks.kept)
    for _ in range(3):
        assert looks.latest(gone, shelf).step == gone
    assert shelf.fetched == 1


def test_without_its_shelf_the_last_one_in_memory_is_shown():
    looks, shelf = loaded(10), Shelf()
    looks.latest(3, shelf)
    shelf.plugged = False
    assert looks.latest(9, shelf).step == 3
    assert looks.latest(2, shelf) is None
    assert [each.step for each in looks.all(None, shelf)] == [3]


def test_a_stranger_on_the_shelf_is_not_shown():
    looks, shelf = Looks(Attended), Shelf()
    looks.fill([5, 6], [50, 60])
    assert looks.latest(None, shelf) is None


def test_large_ones_are_fewer_once_that_is_known():
    looks, shelf = loaded(HEAVY_KEPT), Shelf(1500)
    assert len(looks.all(None, shelf)) == most_of(look(1, 1500)) < HEAVY_KEPT
    assert shelf.fetched <= most_of(look(1, 1500)) + 1
    assert looks.count(None, shelf) == HEAVY_KEPT


def test_live_ones_that_left_memory_are_found_again_and_going_back_forgets_them():
    looks, shelf = Looks(Attended), Shelf()
    for step in range(1, 3 * HEAVY_KEPT):
        looks.add(look(step), step)
    assert looks.count(None, None) == HEAVY_KEPT
    assert looks.count(None, shelf) == 3 * HEAVY_KEPT - 1
    looks.cut(500)
    assert [looks.latest(step, shelf).step for step in (499, 500, 9999)] == [499, 500, 500]
    assert looks.count(9999, None) < HEAVY_KEPT
    looks.add(look(501), 2000)
    assert looks.latest(None, shelf).step == 501


def test_what_was_left_behind_is_not_shown_in_place_of_what_came_then():
    looks, shelf = loaded(10 * HEAVY_KEPT), Shelf()
    gone = next(step for step in range(1, 9 * HEAVY_KEPT) if step - 1 not in looks.kept)
    for step in (10 * HEAVY_KEPT, gone):  # in memory, and fetched alone
        assert looks.latest(step, shelf).step == step
        looks.cut(step - 1)
        looks.point(step + 5, step + 5)
        assert looks.latest(None, shelf).step == step + 5


def test_places_are_spread_over_the_decades_and_the_newest_all_stay():
    steps = list(range(1, 20 * HEAVY_KEPT + 1))
    places = spread(steps, HEAVY_KEPT)
    kept = [steps[place] for place in places]
    assert len(places) <= HEAVY_KEPT
    assert places == sorted(set(places))
    assert (kept[0], kept[-100:]) == (1, steps[-100:])
    assert max(later / earlier for earlier, later in pairwise(kept) if earlier > 10) < 1.2
    assert spread([0, 0, 0], 8) == [0, 1, 2]
    assert spread([0] * 500, 8)[-1] == 499


def test_all_of_them_are_fetched_at_once():
    looks, shelf = loaded(50), Shelf()
    assert [event.step for event in looks.all(None, shelf)] == list(range(1, 51))
    assert (shelf.fetched, shelf.asked) == (50, 2)
