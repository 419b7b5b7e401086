"""From a feed's address to its entries and their pages; all that touches the network is here.

- `urls` says which addresses are allowed and which are the same page; `addresses` judges what is dialled.
- `fetch` gets one address politely and within limits; `robots`, `pacing` and `answers` are its parts.
- `publishers` says which sites take turns as if they were one.
- `feeds` turns a feed's bytes into entries; `tidy`, `text` and `dates` are its parts, `paging` finds older ones.
- `documents` asks a feed once; `polling` decides what to remember of it and when to ask again.
- `filters` says whether an entry is worth fetching, `newslists` which pages are not to be fetched at all.
- `quiet` says whether a source has fallen silent, `discovery` where a site's feeds are.
"""
