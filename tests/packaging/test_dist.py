"""What is released: wheel and sources, what they are made of, and the checksums of all of it."""

import hashlib
import json
import os
import subprocess

import pytest

from locks import locked
from small_project import REPOSITORY

READY = REPOSITORY / ".release/.ready"


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """The folder that `make dist` fills."""
    if not READY.exists():
        pytest.skip(
            "the tools of a release are not installed (`make .release/.ready`): its tests are skipped"
        )
    folder = tmp_path_factory.mktemp("released") / "dist"
    # What an outer `make` was given is not meant here.
    env = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    made = subprocess.run(
        ["make", "--silent", "dist", f"DIST={folder}"],
        cwd=REPOSITORY,
        env=env,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    return folder


def test_every_file_of_a_release_has_its_checksum(released):
    """Wheel, sources and bill of materials, and no other file, with the SHA-256 of their bytes."""
    lines = (released / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = dict(reversed(line.split("  ")) for line in lines)
    files = {path.name: path.read_bytes() for path in released.iterdir() if path.name != "SHA256SUMS"}
    assert {name.rpartition(".")[2] for name in files} == {"whl", "gz", "json"}
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def test_the_bill_of_materials_has_every_locked_package(released):
    """Each package that the program runs with, in the version of the lock, and no other."""
    bill = json.loads((released / "sourcebook.cdx.json").read_text(encoding="utf-8"))
    assert bill["bomFormat"] == "CycloneDX"
    assert bill["metadata"]["component"]["name"] == "sourcebook"
    listed = {(each["name"], each["version"]) for each in bill["components"]}
    assert listed == {(each.name, exact.version) for each in locked("run.lock") for exact in each.specifier}
