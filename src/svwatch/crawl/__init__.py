"""From a feed's address to its entries and their pages; all that touches the network is here.

- `urls` says which addresses are allowed and which are the same page; `addresses` judges what is dialled.
- `fetch` gets one address politely and within limits; `robots`, `pacing` and `answers` are its parts.
- `feeds` turns a feed's bytes into entries; `tidy`, `text` and `dates` are its parts.
- `filters` says whether an entry is worth fetching.
"""
