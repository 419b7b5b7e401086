"""Which sites belong to one publisher: they are asked one request at a time, as if they were one site."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml


@cache
def load_groups() -> Mapping[str, str]:
    """The group of each registered domain in `data/publishers.yaml`."""
    text = (files("svwatch.data") / "publishers.yaml").read_text(encoding="utf-8")
    groups: Mapping[str, list[str]] = yaml.safe_load(text)
    return MappingProxyType({domain: group for group, domains in groups.items() for domain in domains})
