"""The whole path offline: a bundled newsroom, three days of crawls, and what they add up to."""

from monitor.demo.replay import replay

__all__ = ["replay"]
