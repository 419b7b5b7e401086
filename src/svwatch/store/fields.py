"""Column types of our own."""

from typing import Any

from django.db import models

from svwatch.store.identity import storable


class CleanText(models.TextField):  # type: ignore[type-arg]  # Django's own class takes no parameters at run time
    """Text that SQLite can hold: lone surrogates, which no encoding knows, become question marks."""

    def get_prep_value(self, value: Any) -> Any:
        """The value as it is sent to the database."""
        prepared = super().get_prep_value(value)
        return storable(prepared) if isinstance(prepared, str) else prepared
