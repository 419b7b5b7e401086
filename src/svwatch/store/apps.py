"""The store as Django knows it."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """The tables of svwatch; their names start with ``store_``."""

    name = "svwatch.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
