"""The command line: every command is a function named in parser.py and imported when it runs."""

import importlib
import io
import os
import signal
import sys
from collections.abc import Sequence

from monitor import stopping
from monitor.cli.parser import build
from monitor.errors import MonitorError

INTERNAL_ERROR = 1
SIGNALLED = 128  # and the number of the signal: 130 by Ctrl-C, 143 by SIGTERM


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code of one command; see docs/commands.md for what each code means."""
    stopping.listen()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # JSON is UTF-8 whatever the locale says
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = build().parse_args(arguments)
    module, _, name = options.run.partition(":")
    try:
        command = getattr(importlib.import_module(f"monitor.cli.{module}"), name)
        code: int = command(options)
        sys.stdout.flush()
        return code
    except MonitorError as error:
        print(f"monitor: {error}", file=sys.stderr)
        return error.exit_code
    except stopping.Stopped as stop:
        stopping.heard()
        if stop.number == signal.SIGINT:
            print("monitor: interrupted", file=sys.stderr)
        return SIGNALLED + stop.number
    except BrokenPipeError:
        # The reader of our output, such as head(1), went away: not an error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
