"""Writes requirements.lock: each package that runs, pinned, with the hashes of the files that pip
would take on Linux, for each Python and processor below. What pip finds out, it reports (pip 23).

    python -m config.lock
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
HEAD = """\
# Each package that runs, with the hashes of its files: make lock writes it, from requirements.txt.
# pip install --require-hashes -r requirements.lock (docs/operators.md)
"""
PYTHONS = ("3.11", "3.12", "3.13")
PROCESSORS = ("x86_64", "aarch64")
# The newest first: pip takes the first that fits.
GLIBC = (34, 31, 28, 27, 24, 17)


def reported(requirements: list[str], *options: str) -> dict[str, tuple[str, str]]:
    """What pip would install: by name, the version and the SHA-256 of the file."""
    with tempfile.TemporaryDirectory() as folder:
        asked, told = Path(folder) / "asked.txt", Path(folder) / "told.json"
        asked.write_text("\n".join(requirements))
        command = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed",
                   "--quiet", "--disable-pip-version-check", "--report", str(told),
                   "-r", str(asked), *options]  # fmt: skip
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        found = json.loads(told.read_text())["install"]
    return {
        each["metadata"]["name"].lower().replace("_", "-"): (
            each["metadata"]["version"],
            each["download_info"]["archive_info"]["hashes"]["sha256"],
        )
        for each in found
    }


def elsewhere(python: str, processor: str) -> list[str]:
    """The options that make pip choose for another machine."""
    platforms = [f"--platform=manylinux_2_{minor}_{processor}" for minor in GLIBC]
    platforms += [f"--platform=manylinux2014_{processor}", f"--platform=linux_{processor}"]
    target = str(Path(tempfile.gettempdir()) / "never-made")
    return ["--no-deps", "--only-binary=:all:", f"--python-version={python}",
            "--implementation=cp", f"--target={target}", *platforms]  # fmt: skip


def main() -> None:
    """Write the file; says which machines have no file of some package."""
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    # The pipeline is a file of this repository, whose history holds it.
    here = reported([line for line in lines if line and line[0] not in "#."])
    hashes = {name: {sha256} for name, (_version, sha256) in here.items()}
    pinned = {name: f"{name}=={version}" for name, (version, _sha256) in here.items()}
    for python in PYTHONS:
        for processor in PROCESSORS:
            try:
                there = reported(list(pinned.values()), *elsewhere(python, processor))
            except subprocess.CalledProcessError:
                print(f"Python {python} on {processor}: some package has no wheel", file=sys.stderr)
                continue
            for name, (_version, sha256) in there.items():
                hashes[name].add(sha256)
    text = "".join(
        f"{pinned[name]}"
        + "".join(f" \\\n    --hash=sha256:{sha256}" for sha256 in sorted(hashes[name]))
        + "\n"
        for name in sorted(pinned)
    )
    LOCK.write_text(HEAD + text, "utf-8")


if __name__ == "__main__":
    main()
