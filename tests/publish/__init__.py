"""Tests of `svwatch.publish`: digests built from an invented press, rendered and written to real folders."""
