"""The only reader of the wall clock and of process identity."""

import os
import socket
import time
from datetime import UTC, datetime
from pathlib import Path


def now() -> datetime:
    """The present, aware, in UTC."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Seconds of a clock that never goes back, for deadlines only."""
    return time.monotonic()


def pid() -> int:
    """The number of this process."""
    return os.getpid()


def host() -> str:
    """The name of this host, as it stands in leases."""
    return socket.gethostname()


def process_started(pid: int | None = None) -> str | None:
    """A mark that tells a process from a later one with the same pid; None: no such process.

    On Linux the start time in clock ticks since boot (proc(5), field 22); elsewhere only whether
    the process lives.
    """
    pid = os.getpid() if pid is None else pid
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return None if fields[0] == "Z" else fields[19]
    except (FileNotFoundError, ProcessLookupError):
        if Path("/proc/self/stat").exists():
            return None
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        pass
    return "alive"
