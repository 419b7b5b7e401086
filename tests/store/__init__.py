"""Tests of `svwatch.store`, on real SQLite files."""
