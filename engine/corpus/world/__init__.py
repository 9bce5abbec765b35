"""The built-in world: a village with known rules, told in stories, facts, sums, programs, talks and three languages."""

from engine.corpus.world.telling import key, told

__all__ = ["key", "told"]
