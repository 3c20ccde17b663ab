"""What the documents promise is there, and what is there is documented."""

import argparse
import re
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from monitor.cli.parser import build
from monitor.rules.settings import Settings
from tests.site import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def _commands(parser: argparse.ArgumentParser, path: str = "monitor") -> Iterator[str]:
    groups = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not groups:
        yield path
    for group in groups:
        for name, below in group.choices.items():
            yield from _commands(below, f"{path} {name}")


def _keys(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _keys(field.annotation, f"{prefix}{name}.")
        else:
            yield prefix + name


@pytest.mark.parametrize("command", sorted(_commands(build())))
def test_every_command_is_documented(command: str) -> None:
    assert f"`{command}" in COMMANDS


@pytest.mark.parametrize("key", sorted(_keys(Settings)))
def test_every_setting_is_documented(key: str) -> None:
    assert f"`{key}`" in COMMANDS


def _mentioned() -> Iterator[str]:
    for text in (README, COMMANDS):
        yield from re.findall(r"(?:`|/|\n)(monitor [a-z][^`\n|]*)", text)


@pytest.mark.parametrize("line", sorted(set(_mentioned())))
def test_every_command_in_the_documents_exists(line: str) -> None:
    known = set(_commands(build()))
    words = line.split()
    assert any(" ".join(words[:n]) in known for n in (2, 3)), line


@pytest.mark.parametrize("target", sorted(set(re.findall(r"^make (\w+)", README, re.M))))
def test_every_make_target_of_the_readme_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.M)


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\]\(((?!http)[^)]+)\)", README))))
def test_every_link_of_the_readme_leads_somewhere(path: str) -> None:
    assert (ROOT / path).exists()
