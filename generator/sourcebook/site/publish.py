"""Putting a finished site where the last one is served from.

In: two folders on one file system. Out: nothing. The rule it guards: at every moment the published folder is
the last good site, whole.
"""

import ctypes
import os
import shutil
import sys
from pathlib import Path

AT_FDCWD = -100
RENAME_EXCHANGE = 2


def staging_folder(site: Path) -> Path:
    """Where the next site is built: beside the published one, hence on the same file system."""
    return site.with_name(f".{site.name}.next")


def recover(site: Path) -> None:
    """Undo what a killed run left behind: a site moved aside comes back, an unfinished one goes."""
    aside = aside_folder(site)
    if aside.exists():
        if not site.exists():
            aside.rename(site)
        shutil.rmtree(aside, ignore_errors=True)
    shutil.rmtree(staging_folder(site), ignore_errors=True)


def publish(site: Path) -> None:
    """Exchange the finished site with the published one, in one step where the system can."""
    staging = staging_folder(site)
    if not site.exists():
        staging.rename(site)
    elif exchanged(staging, site):
        shutil.rmtree(staging)
    else:
        # Two renames: between them no site is there, for some microseconds. `recover` mends a kill there.
        aside = aside_folder(site)
        site.rename(aside)
        staging.rename(site)
        shutil.rmtree(aside)


def aside_folder(site: Path) -> Path:
    """Where the last site waits while the next one takes its place."""
    return site.with_name(f".{site.name}.last")


def exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system or its file system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    # Python has no call for renameat2(2) with RENAME_EXCHANGE.
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    return bool(renameat2(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0)
