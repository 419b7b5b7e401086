"""From stored articles to what readers get; `digest` and all it is made of are pure, only `write` touches files.

- `inputs` is what the store hands over; `digest` builds the issue from it, with `lines` (one article), `happenings` and
  `events` (the box on top) and `subject` (its subject line) as parts; `fold` shortens an issue to fit a mail.
- `words`, `event_dates`, `phrases` and `sentences` hold the English; `links` says what may be a link.
- `render` makes HTML, JSON and the archive page; `text` and `markdown` the other two forms; `write` the files.
"""
