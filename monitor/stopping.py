"""SIGINT and SIGTERM as an exception that unwinds, is never lost and lets rows be closed.

An exception raised by a signal handler dies without effect where Python runs the handler inside a
callback that cannot fail, such as one of a weak reference: of 22 daemons stopped at the end of a
run 3 went on for ever. So it is raised again until it unwinds.
"""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

AGAIN_S = 0.1  # seconds until a stop that was lost or held back is raised again


class Stopped(BaseException):
    """The process was asked to stop by the signal ``number``."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class _Asked:
    """What this process was asked; signals are its own affair, so is this state."""

    number: int | None = None  # None: nobody asked it to stop
    shields: int = 0


def listen() -> None:
    """From now on SIGINT and SIGTERM raise Stopped in the main thread."""
    _Asked.number = None
    signal.signal(signal.SIGALRM, _insist)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)


def heard() -> None:
    """The command is over, stopped or done: nothing more is raised, signals end the process."""
    _Asked.number = None
    signal.setitimer(signal.ITIMER_REAL, 0)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


@contextmanager
def shielded() -> Iterator[None]:
    """A stop waits until the block is done: for what closes a row or gives a lease back."""
    _Asked.shields += 1
    try:
        yield
    finally:
        _Asked.shields -= 1


def _stop(number: int, frame: FrameType | None) -> None:
    if _Asked.number is None:  # once is enough: the end must not be cut short
        _Asked.number = number
        _insist(number, frame)


def _insist(_number: int, _frame: FrameType | None) -> None:
    if _Asked.number is None or _is_unwinding():
        return
    signal.setitimer(signal.ITIMER_REAL, AGAIN_S)
    if not _Asked.shields:
        raise Stopped(_Asked.number)


def _is_unwinding() -> bool:
    """Whether what runs now is clean-up on the way of a Stopped to the top."""
    error: BaseException | None = sys.exc_info()[1]
    while error is not None and not isinstance(error, Stopped):
        error = error.__context__
    return error is not None
