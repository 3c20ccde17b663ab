"""Logging set-up: one line an event, on stderr."""

import logging
import sys


def set_up(verbosity: int = 0) -> None:
    """Log warnings and what an operator acts on; 1 adds details, -1 leaves only warnings."""
    level = {-1: logging.WARNING, 0: logging.INFO}.get(verbosity, logging.DEBUG)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)-7s %(message)s", "%H:%M:%S"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in ("monitor", "spiders", "storage"):
        logging.getLogger(name).setLevel(level)
