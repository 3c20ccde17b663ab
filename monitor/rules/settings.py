"""The model of config/settings.toml."""

import re
from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator, Field, field_validator

from monitor.rules.base import Strict

PLACEHOLDER_CONTACT = "https://example.org/edit-contact_url-in-settings.toml"
_UNITS = {"s": "seconds", "sec": "seconds", "min": "minutes", "h": "hours", "d": "days"}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]+)", re.ASCII)


def _duration(value: object) -> object:
    if isinstance(value, str):
        match = _DURATION.fullmatch(value.strip())
        if match is None or match[2] not in _UNITS:
            raise ValueError("must be a duration such as '30 s', '15 min', '2 h' or '1 d'")
        return timedelta(**{_UNITS[match[2]]: float(match[1])})
    return value


Duration = Annotated[timedelta, BeforeValidator(_duration), Field(gt=timedelta(0))]


class Crawl(Strict):
    """Limits of one crawl."""

    concurrency: int = Field(16, ge=1, le=256)
    max_time: int = Field(0, ge=0)  # seconds; 0: no limit
    recheck_budget: int = Field(200, ge=0)
    recheck_per_site: int = Field(50, ge=1)
    entries_per_feed: int = Field(1000, ge=1)
    pages_per_start: int = Field(50, ge=1)


class Process(Strict):
    """Limits of the reading processes."""

    workers: int = Field(0, ge=0, le=256)  # 0: one a core
    cpu_seconds: float = Field(10, gt=0)
    memory_mb: int = Field(2048, ge=256)


class Schedule(Strict):
    """How often the daemon does what."""

    crawl: Duration = timedelta(minutes=15)
    recheck: Duration = timedelta(minutes=15)
    record: Duration = timedelta(hours=1)


class Retention(Strict):
    """How long what is kept; texts of versions stay for ever."""

    page_days: int = Field(90, ge=1)


class Settings(Strict):
    """All settings; defaults are those of the shipped file."""

    database_url: str = "sqlite:///data/monitor.db"
    database_timeout: float = Field(30, gt=0)  # seconds to wait for a busy database
    contact_url: str = PLACEHOLDER_CONTACT
    allow_private: tuple[str, ...] = ()
    download_delay: float | None = Field(None, ge=0)  # seconds; None: 5, or 0 for allow_private
    crawl: Crawl = Crawl()
    process: Process = Process()
    schedule: Schedule = Schedule()
    retention: Retention = Retention()

    @field_validator("database_url")
    @classmethod
    def _known_scheme(cls, url: str) -> str:
        if not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            raise ValueError("must start with sqlite:/// or postgresql://")
        return url

    @field_validator("contact_url")
    @classmethod
    def _reachable(cls, url: str) -> str:
        if not url.startswith(("https://", "http://", "mailto:")):
            raise ValueError("must start with https://, http:// or mailto:")
        return url
