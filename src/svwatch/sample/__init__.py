"""A small invented press: its articles, pages and feeds, for the demo and the tests to read over loopback.

    sites.py      the sites, and how each one names its pages and writes its feed
    press.py      articles/*.txt -> Press, its times moved with the day it is asked for
    furniture.py  furniture/*.yaml -> all that a site's pages say besides the article
    render.py     one article -> the page its site would serve; one site -> its feed
    server.py     a web server for each site on loopback
    expected.py   what a person would find in each article, by its address

Every name, quotation and happening in it is invented; the councils are real, what is said of them here is not.
"""
