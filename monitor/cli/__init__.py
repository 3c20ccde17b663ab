"""The command line: every command is a function named in parser.py and imported when it runs."""

import importlib
import io
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType

from monitor.cli.parser import build
from monitor.errors import MonitorError

INTERNAL_ERROR = 1
INTERRUPTED = 128 + signal.SIGINT
TERMINATED = 128 + signal.SIGTERM


class Terminated(BaseException):
    """SIGTERM, as an exception that unwinds like Ctrl-C."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code of one command; see docs/commands.md for what each code means."""
    signal.signal(signal.SIGTERM, _terminate)
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
    except KeyboardInterrupt:
        print("monitor: interrupted", file=sys.stderr)
        return INTERRUPTED
    except Terminated:
        return TERMINATED
    except BrokenPipeError:
        # The reader of our output, such as head(1), went away: not an error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _terminate(_number: int, _frame: FrameType | None) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # once is enough: the end must not be cut short
    raise Terminated
