"""What other tools find in a run file: plain tables, and views of what counts."""

import sqlite3
from contextlib import closing

import pytest

from engine.events import AverageValidated, Rewound, Started, Validated
from engine.runfile import FILE_NAME, schema
from tests.engine.runfile.files import harmed, record, step


@pytest.fixture
def ask(tmp_path):
    """Queries on a run that went back from step 3 to step 1 and came to step 2 again."""
    record(
        tmp_path,
        [
            Started(0, 0.0, "amber-heron", {"seed": 7}, 920_000, "CPU"),
            *(step(number, 9.0 - number) for number in (1, 2, 3)),
            Validated(3, 0.3, 1.0, 30),
            AverageValidated(3, 0.3, 0.9, 30),
            Rewound(1, 0.1, 3),
            step(2, 6.5),
            Validated(2, 0.2, 2.0, 20),
        ],
    )
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as file:
        yield lambda query: file.execute(query).fetchall()


def test_views_leave_out_what_was_left_behind(ask):
    assert ask("SELECT step, loss FROM stepped") == [(1, 8.0), (2, 7.0), (3, 6.0), (2, 6.5)]
    assert ask("SELECT step, loss FROM curve") == [(1, 8.0), (2, 6.5)]
    assert ask("SELECT step, loss, tokens FROM validation") == [(2, 2.0, 20)]
    assert ask("SELECT * FROM average_validation") == []


def test_a_summary_is_one_row(ask):
    assert ask("SELECT step, loss, tokens, best_validation, parameters, settings FROM summary") == [
        (2, 6.5, 20, 2.0, 920_000, '{"seed": 7}')
    ]
    assert ask("SELECT created FROM summary")[0][0][4] == "-"


def test_a_run_is_called_as_a_person_did_or_as_it_began(ask, tmp_path):
    assert ask("SELECT name FROM summary") == [("amber-heron",)]
    with harmed(tmp_path) as file:
        file.execute("INSERT OR REPLACE INTO about VALUES ('name', 'warm')")
    assert ask("SELECT name FROM summary") == [("warm",)]


def test_the_file_says_what_it_is(ask):
    assert ask("PRAGMA application_id") == [(schema.APPLICATION,)]
    assert ask("PRAGMA user_version") == [(schema.SCHEMA,)]
    assert ask("SELECT value FROM about WHERE key = 'program'")[0][0].startswith("lm-terrarium ")


def test_what_is_looked_for_by_step_has_an_index(ask):
    assert "attended_step" in str(ask("EXPLAIN QUERY PLAN SELECT id, step FROM attended"))


def test_views_of_an_older_schema_are_made_anew(tmp_path):
    record(tmp_path, [step(1)])
    with harmed(tmp_path) as file:
        file.execute("DROP VIEW curve")
        file.execute("CREATE VIEW curve AS SELECT 1")
        file.execute("PRAGMA user_version=1")
        file.execute("PRAGMA application_id=0")
    record(tmp_path, [step(2)], go_on=True)
    with harmed(tmp_path) as file:
        assert file.execute("SELECT step FROM curve").fetchall() == [(1,), (2,)]
