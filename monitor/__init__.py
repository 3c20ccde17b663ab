"""The media-coverage monitor: what the press claims, and how that changes."""

__version__ = "0.1.0"
