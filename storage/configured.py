"""The database that the settings name."""

from monitor.rules.settings import Settings
from storage.store import Store


def open_store(settings: Settings, *, create: bool = True) -> Store:
    """The configured database; see ``Store.open`` for what it raises."""
    url, timeout = settings.database_url, settings.database_timeout
    return Store.open(url, create=create, timeout_s=timeout)
