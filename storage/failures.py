"""What a database that refuses means for its user: wait, mend something, or a bug of ours."""

import sqlite3

from sqlalchemy.exc import DBAPIError, OperationalError

from monitor.errors import ConfigError, DatabaseBusy, DatabaseFailed, MonitorError

_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_NOT_OURS = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOTADB)
_FAILING = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT)


def is_busy(error: DBAPIError) -> bool:
    """Whether it may work when tried again: locked, deadlocked, restarted or out of reach."""
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return is_busy_file(cause)
    if error.connection_invalidated:
        return True
    state = getattr(cause, "sqlstate", None)
    if state is None:  # no connection: away, or there is no such database
        return isinstance(error, OperationalError) and "does not exist" not in str(cause)
    # deadlock, serialization, connections, shutdown, starting up, too many clients, lock timeout
    return state in ("40001", "40P01", "53300", "55P03") or state[:2] == "08" or state[:3] == "57P"


def told(error: DBAPIError, name: str, timeout_s: float) -> MonitorError | None:
    """The error for the user of the database ``name``; None: it is a bug."""
    reason = str(error.orig).strip()
    if is_busy(error):
        return DatabaseBusy(f"{name}: not usable within {timeout_s:g} s: {reason}")
    cause = error.orig
    code = _sqlite_code(cause) if isinstance(cause, sqlite3.Error) else None
    state = getattr(cause, "sqlstate", None) or ""
    # read-only server, no privilege
    if code in _NOT_OURS or state in ("25006", "42501"):
        return ConfigError(f"{name}: not usable as a database: {reason}")
    # 53100: disk full; 58, XX: the server's own files
    if code in _FAILING or state == "53100" or state[:2] in ("58", "XX"):
        return DatabaseFailed(f"{name}: {reason}; what was stored before is kept")
    return None


def is_busy_file(cause: sqlite3.Error) -> bool:
    """Whether others hold the file."""
    return _sqlite_code(cause) in _BUSY


def _sqlite_code(cause: sqlite3.Error) -> int:
    return getattr(cause, "sqlite_errorcode", 0) & 0xFF
