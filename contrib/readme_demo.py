"""Put the demo's output into README.md: ``.venv/bin/python contrib/readme_demo.py``."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
BEGIN, END = "<!-- demo -->", "<!-- /demo -->"


def main() -> None:
    """Run the demo in the checkout and replace the block between the marks."""
    done = subprocess.run(
        [sys.executable, "-m", "monitor", "demo"], cwd=ROOT, capture_output=True, check=True
    )
    output = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:8001", done.stdout.decode()).rstrip()
    readme = ROOT / "README.md"
    before, _, rest = readme.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    block = f"{BEGIN}\n```\n$ make demo\n{output}\n```\n{END}"
    readme.write_text(before + block + after, encoding="utf-8")


if __name__ == "__main__":
    main()
