"""svwatch reads the English education press for what the Safety Valve programme does to councils and families.

The way of an entry, and where each step lives:

    crawl/    feed bytes -> Entry, link -> Page          extract/  Page -> Article, free of furniture; copies
    tag/      Article -> Annotation: councils, topics, dated events, each with its evidence
    store/    what was read, and every version           publish/  Digest -> HTML, text, Markdown, JSON
    learn/    gold -> classifier -> scores               sample/   an invented press for the demo
    pipeline.py  the flow on one screen                  wiring.py builds the real parts from config.py
    scheduler.py when a run and a digest are due         cli/  commands; doctor.py, probing.py, metrics.py, watchlist.py
    records.py, errors.py, report.py, contract.py, taxonomy.py, gazetteer.py: the values that pass between stages
"""

__version__ = "0.1.0"
