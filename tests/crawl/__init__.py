"""Tests of `svwatch.crawl`, against real servers on loopback."""
