"""The command line: every command is a function named in parser.py and imported when it runs."""

import importlib
import io
import os
import select
import signal
import sys
from argparse import Namespace
from collections.abc import Sequence

from monitor import stopping
from monitor.cli.parser import build
from monitor.errors import ConfigError, MonitorError

INTERNAL_ERROR = 1
SIGNALLED = 128  # and the number of the signal: 130 by Ctrl-C, 143 by SIGTERM


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code of one command; see docs/commands.md for what each code means."""
    try:
        stopping.listen()
        _open_streams()
        return _run(build().parse_args(arguments))
    except stopping.Stopped as stop:
        stopping.heard()  # here, for what it unwound may take long to be let go of
        if stop.number == signal.SIGINT:
            print("monitor: interrupted", file=sys.stderr)
        return SIGNALLED + stop.number
    finally:
        stopping.heard()


def _run(options: Namespace) -> int:
    module, _, name = options.run.partition(":")
    try:
        command = getattr(importlib.import_module(f"monitor.cli.{module}"), name)
        code: int = command(options)
        sys.stdout.flush()
        return code
    except ConfigError as error:
        from monitor.settings import located

        print(f"monitor: {located(str(error))}", file=sys.stderr)
        return error.exit_code
    except MonitorError as error:
        print(f"monitor: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        if not _is_left(sys.stdout.fileno()):
            raise  # a pipe of our own broke: that is no good end
        _let_go_of_output()
        return 0
    except OSError as error:  # what is wrong with a file, a folder or the disk is for its user
        print(f"monitor: {error}", file=sys.stderr)
        _let_go_of_output()
        return INTERNAL_ERROR


def _open_streams() -> None:
    """Streams that can be written, in UTF-8 whatever the locale says; closed ones lead nowhere."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _is_left(descriptor: int) -> bool:
    """Whether the reader of a pipe, such as head(1), went away."""
    poll = select.poll()
    poll.register(descriptor, select.POLLOUT)
    return any(event & select.POLLERR for _, event in poll.poll(0))


def _let_go_of_output() -> None:
    """What could not be written is not tried again when the interpreter ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
