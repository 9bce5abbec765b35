"""Numbers of other programs: their logs become runs, and runs become logs that their tools read."""
