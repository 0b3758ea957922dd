"""Putting a finished site where the last one is served from.

In: two folders on one file system. Out: nothing. The rule it guards: at every moment the published folder is
the last good site, whole, and what is hidden in it stays.
"""

import ctypes
import errno
import os
import shutil
import sys
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no such locks, and no folder can be opened there.
    fcntl = None  # type: ignore[assignment]

from sourcebook.site.changing import finish, journal_of

AT_FDCWD = -100
RENAME_EXCHANGE = 2


def staging_folder(site: Path) -> Path:
    """Where the next site is built: beside the published one, hence on the same file system."""
    return site.with_name(f".{site.name}.next")


def is_unfinished(site: Path) -> bool:
    """Whether a run is under way or was killed, so that what is published may not be what it should."""
    return any(path.exists() for path in (staging_folder(site), aside_folder(site), journal_of(site)))


def begin(site: Path) -> int | None:
    """Make the empty folder of the next site, and hold it until the lock that is given back is let go.

    A kill lets it go, too. Raises BlockingIOError while another build holds it, and OSError where it cannot
    be made. None where the system has no locks for folders.
    """
    recover(site)
    if site.exists() and not site.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(site))
    staging = staging_folder(site)
    staging.mkdir(parents=True)
    lock = locked(staging)
    if lock is not None and not is_same(staging, lock):
        let_go(lock)
        raise BlockingIOError(errno.EWOULDBLOCK, os.strerror(errno.EWOULDBLOCK), str(staging))
    return lock


def locked(folder: Path) -> int | None:
    """A lock on a folder; raises BlockingIOError where somebody else has it."""
    if fcntl is None:
        return None
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise
    return lock


def is_same(folder: Path, lock: int) -> bool:
    """Whether the locked folder still is the one at this path: another build may have made a new one."""
    try:
        return os.path.samestat(folder.stat(), os.fstat(lock))
    except FileNotFoundError:
        return False


def let_go(lock: int | None) -> None:
    """Give a lock back."""
    if lock is not None:
        os.close(lock)


def recover(site: Path) -> None:
    """Mend what a killed run left behind: a site moved aside comes back, an unfinished one goes.

    Changes under a journal are gone through with.
    Raises BlockingIOError where the unfinished one is that of a build under way.
    """
    staging = staging_folder(site)
    if staging.is_dir():
        let_go(locked(staging))
    aside = aside_folder(site)
    if aside.exists():
        if not site.exists():
            aside.rename(site)
        shutil.rmtree(aside, ignore_errors=True)
    finish(site, staging)
    discard(site)


def discard(site: Path) -> None:
    """Remove the unfinished next site, unless a journal tells of files of it that are still to be moved."""
    if not journal_of(site).exists():
        shutil.rmtree(staging_folder(site), ignore_errors=True)


def publish(site: Path) -> None:
    """Exchange the finished site with the published one, in one step where the system can.

    Raises OSError where neither can be moved, as with a mount point; the published one then is as it was.
    """
    staging = staging_folder(site)
    if not site.exists():
        staging.rename(site)
        return
    keep_hidden(site, staging)
    if exchanged(staging, site):
        shutil.rmtree(staging, ignore_errors=True)
        return
    # Two renames: between them no site is there, for some microseconds. `recover` mends a kill there.
    aside = aside_folder(site)
    site.rename(aside)
    try:
        staging.rename(site)
    except OSError:
        aside.rename(site)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def keep_hidden(site: Path, staging: Path) -> None:
    """Copy what is hidden in the last site, such as a repository, into the next: MkDocs keeps it, too."""
    for entry in sorted(site.glob(".*")):
        copy = staging / entry.name
        if copy.exists():
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.copytree(entry, copy, symlinks=True)
        else:
            shutil.copy2(entry, copy, follow_symlinks=False)


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
