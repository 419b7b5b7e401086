"""What was read, in one SQLite file: entries, articles and their versions, annotations, feeds, runs. All SQL is here.

opening.py    configure Django once, open a file, check it, bring its schema up to date
database.py   one connection a thread; one transaction a method; every refusal as a StoreError
store.py      Store, the one class others use        records.py  what it answers with
identity.py   which entries are the same             models.py, migrations/  the tables
entries.py, articles.py, copies.py, annotations.py, feeds.py, runs.py, queries.py, search.py: a table or two each
"""
