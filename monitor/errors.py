"""The error tree: what a command turns into one line and an exit code."""


class MonitorError(Exception):
    """An error its user can act on; the message says what happened and what to do."""

    exit_code = 1


class ConfigError(MonitorError):
    """An unreadable configuration; the message names file, entry, field and what is allowed."""

    exit_code = 2


class UsageError(MonitorError):
    """A command that asks for something that does not exist, such as an unknown source or claim."""

    exit_code = 2


class LeaseHeld(MonitorError):
    """A live owner holds the lease that the command needs."""

    exit_code = 5


class DatabaseBusy(MonitorError):
    """The database was locked or unreachable for longer than the timeout."""

    exit_code = 75


class DatabaseFailed(MonitorError):
    """The database's disk is full, or its file is damaged."""


class DatabaseMissing(MonitorError):
    """A reading command found no database."""

    exit_code = 2


class SchemaTooNew(MonitorError):
    """The database was written by a newer version of the program."""

    exit_code = 2
