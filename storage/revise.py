"""Write the migration that a changed schema needs: ``python -m storage.revise "Add a column"``.

A draft: read it, then set REVISION in storage/schema/__init__.py to its number.
"""

import sys
import tempfile
from pathlib import Path

from alembic import command

from storage import migrate
from storage.engine import Database, parse_url
from storage.migrate import FOLDER, configuration

TIMEOUT_S = 30.0


def revise(message: str, folder: Path = FOLDER / "versions") -> Path | None:
    """The file with what leads from the newest migration to the schema."""
    number = f"{int(migrate.head() or 0) + 1:04}"
    with tempfile.TemporaryDirectory() as place:
        database = Database(parse_url(f"sqlite:///{place}/empty.db"), TIMEOUT_S)
        migrate.upgrade(database)
        config = configuration([folder] if folder != FOLDER / "versions" else [])
        with database.engine.begin() as connection:
            config.attributes["connection"] = connection
            script = command.revision(
                config, message, autogenerate=True, rev_id=number, version_path=str(folder)
            )
        database.close()
    assert script is not None
    assert not isinstance(script, list)
    return Path(script.path)


if __name__ == "__main__":
    sys.stdout.write(f"{revise(sys.argv[1])}\n")
