"""The model of config/boilerplate.toml: words that mark what is no article text."""

from monitor.rules.base import Strict


class Boilerplate(Strict):
    """Marker words, by kind of residue."""

    version: int = 1
