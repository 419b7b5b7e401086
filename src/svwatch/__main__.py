"""`python -m svwatch`."""

from svwatch.cli import main

main()
