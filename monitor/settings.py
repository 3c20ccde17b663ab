"""Where the configuration is found and what it says: the only reader of the environment."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from monitor.errors import ConfigError
from monitor.rules.base import parse
from monitor.rules.settings import Settings

PREFIX = "MONITOR_"
FILES = (
    "settings.toml",
    "sources.toml",
    "claims.toml",
    "entities.toml",
    "boilerplate.toml",
    "rates.toml",
)
NEEDED = ("settings.toml", "sources.toml")


@dataclass(frozen=True, slots=True)
class Configuration:
    """The folder in use and the typed settings; other files are parsed by who needs them."""

    folder: Path
    settings: Settings
    origins: Mapping[str, str]  # key -> "file", "environment" or "default"

    def text(self, name: str) -> str:
        """The text of one configuration file; raises ConfigError naming the file."""
        return _text(self.folder / name)

    def texts(self) -> dict[str, str]:
        """The texts of all rule files, by file name."""
        return {name: self.text(name) for name in FILES if name != "settings.toml"}


def load(folder: Path | None = None) -> Configuration:
    """The configuration of this process. Raises ConfigError naming file, entry and field.

    ``folder`` stands in for the one that ``find_folder`` finds.
    """
    folder = folder or find_folder()
    file = folder / "settings.toml"
    text = _text(file)
    from_file = parse(Settings, text, str(file))
    data = from_file.model_dump(exclude_unset=True)
    origins = {key: "file" for key in _flat(data)}
    for variable, keys, value in _overrides():
        _put(data, keys, value)
        origins[".".join(keys)] = f"environment {variable}"
    settings = parse_values(data)
    for key in _flat(settings.model_dump()):
        origins.setdefault(key, "default")
    return Configuration(folder, settings, origins)


def parse_values(data: Mapping[str, object]) -> Settings:
    """Settings from plain values; raises ConfigError naming the variable that is wrong."""
    from pydantic import ValidationError

    try:
        return Settings.model_validate(data)
    except ValidationError as error:
        lines = []
        for detail in error.errors(include_url=False):
            keys = [str(part) for part in detail["loc"]]
            variable = PREFIX + "__".join(key.upper() for key in keys)
            message = detail["msg"].removeprefix("Value error, ")
            if detail["type"] == "extra_forbidden":
                message = "no such setting; `monitor config show` lists them"
            lines.append(f"{variable}: {message} (given: {detail['input']!r:.80})")
        raise ConfigError("\n".join(lines)) from error


def find_folder() -> Path:
    """The configuration folder: $MONITOR_CONFIG, ./config, the checkout's, the packaged copy.

    Raises ConfigError when $MONITOR_CONFIG names a folder without settings.toml and sources.toml.
    """
    named = os.environ.get(PREFIX + "CONFIG")
    if named:
        folder = Path(named)
        missing = [name for name in NEEDED if not _is_file(folder / name)]
        if missing:
            raise ConfigError(
                f"MONITOR_CONFIG={named}: no {' and no '.join(missing)} there; "
                "`monitor init` writes a folder to start from"
            )
        return folder
    here = Path(__file__).parent
    for folder in (Path("config"), here.parent / "config", here / "_config"):
        if all(_is_file(folder / name) for name in NEEDED):
            return folder
    raise ConfigError("no configuration found; `monitor init` writes a folder to start from")


def located(message: str) -> str:
    """An error about rules with the folder of each file that its lines begin with.

    Rules are read from texts and know no more than the names of their files.
    """
    return "\n".join(
        f"{find_folder()}/{line}" if line.partition(":")[0] in FILES else line
        for line in message.splitlines()
    )


def _is_file(file: Path) -> bool:
    try:
        return file.is_file()
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from error


def shipped_folder() -> Path:
    """The configuration that came with the program, whatever the user has."""
    here = Path(__file__).parent
    checkout = here.parent / "config"
    return checkout if (checkout / "settings.toml").is_file() else here / "_config"


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ConfigError(f"{file}: missing; `monitor init` writes a fresh one") from error
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: not UTF-8 text (byte {error.start})") from error


# Variables that say where things are, not what a setting is.
_OTHER_VARIABLES = {"CONFIG"}


def _overrides() -> list[tuple[str, list[str], object]]:
    found = []
    for variable in sorted(os.environ):
        if not variable.startswith(PREFIX) or variable[len(PREFIX) :] in _OTHER_VARIABLES:
            continue
        keys = variable[len(PREFIX) :].lower().split("__")
        found.append((variable, keys, _value(variable, keys, os.environ[variable])))
    return found


def _value(variable: str, keys: list[str], text: str) -> object:
    """Lists are JSON; everything else is left to the model, which reads numbers from text."""
    if keys == ["allow_private"]:
        if not text.strip().startswith("["):
            return [part.strip() for part in text.split(",") if part.strip()]
        try:
            return json.loads(text)
        except ValueError as error:
            raise ConfigError(
                f'{variable}: must be a JSON list such as ["127.0.0.1:8000"]'
            ) from error
    return text


def _put(data: dict[str, object], keys: list[str], value: object) -> None:
    for key in keys[:-1]:
        inner = data.setdefault(key, {})
        if not isinstance(inner, dict):
            raise ConfigError(f"{PREFIX}{'__'.join(keys).upper()}: {key} is no section")
        data = inner
    data[keys[-1]] = value


def _flat(data: Mapping[str, object], prefix: str = "") -> list[str]:
    keys = []
    for key, value in data.items():
        if isinstance(value, dict):
            keys += _flat(value, f"{prefix}{key}.")
        else:
            keys.append(prefix + key)
    return keys
