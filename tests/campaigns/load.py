"""Load: a published site beside the bare theme's, under nginx and wrk; `serve` with fifty browsers waiting.

In: a number of seconds. Out: requests a second and megabytes a second of each site, and how long an edit took
to reach all who wait. Everything stays on the loopback of this machine, is bounded in time, and ends itself.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from small_project import environment, mkdocs_process, small_project

HOST = "127.0.0.1"
BROWSERS = 50
EDITED = "content/actors/town-council.yml"
NGINX = """\
daemon off; master_process off; pid {folder}/nginx.pid; error_log stderr crit;
events {{ worker_connections 1024; }}
http {{
  access_log off; types {{ text/html html; text/css css; application/javascript js; }}
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{ listen {host}:{port}; root {site}; }}
}}
"""
BARE = {
    "mkdocs.yml": "site_name: The ferry of Millbrook\ntheme: {name: material, font: false}\n",
    "docs/index.md": "# The ferry of Millbrook\n\nWhy the ferry stopped.\n",
    "docs/claims/engine-failed.md": "# The ferry stopped as its engine failed\n\nIt was the engine.\n" * 4,
}


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, **options: object) -> Iterator[None]:
    """A server until the end, once it answers."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    try:
        wait_for(port)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(port: int) -> None:
    """Wait until a server listens, half a minute at most."""
    for _ in range(300):
        with socket.socket() as tried:
            if tried.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"nobody listens at {port}")


def under_load(site: Path, path: str, seconds: int, folder: Path) -> str:
    """What wrk says of a page of a site under nginx: sixteen connections from one thread."""
    port = free_port()
    config = folder / "nginx.conf"
    config.write_text(NGINX.format(folder=folder, host=HOST, port=port, site=site), encoding="utf-8")
    with running(["nginx", "-c", str(config), "-p", str(folder)], port):
        address = f"http://{HOST}:{port}/{path}"
        command = ["wrk", "-t1", "-c16", f"-d{seconds}s", "--latency", address]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 30, check=True)
    wanted = ("99%", "Requests/sec", "Transfer/sec", "Non-2xx", "Socket errors")
    lines = (" ".join(line.split()) for line in ended.stdout.splitlines())
    return "  ".join(line for line in lines if line.startswith(wanted))


def waiting_browsers(folder: Path) -> list[float]:
    """The seconds from an edit under `serve` until each of fifty waiting browsers is told of it."""
    project, port = small_project(folder), free_port()
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"{HOST}:{port}"]
    with running(command, port, cwd=project, env=environment()):
        epoch = page(port).split("livereload(", 1)[1].split(")")[0].split(",")
        told: list[float] = []
        waiting = [threading.Thread(target=wait_told, args=(port, epoch, told)) for _ in range(BROWSERS)]
        for thread in waiting:
            thread.start()
        time.sleep(1)
        edited = time.monotonic()
        path = project / EDITED
        path.write_text(path.read_text(encoding="utf-8") + "note: Edited.\n", encoding="utf-8")
        for thread in waiting:
            thread.join(timeout=60)
        answered = page(port, "actors/town-council/")
    assert "Edited." in answered, "the edit is not on the page"
    return sorted(moment - edited for moment in told)


def page(port: int, path: str = "") -> str:
    """The text of a page of the server."""
    return answer(HTTPConnection(HOST, port, timeout=60), path).read().decode()


def answer(connection: HTTPConnection, path: str) -> HTTPResponse:
    """What the server answers to a request for a path."""
    connection.request("GET", f"/{path}")
    return connection.getresponse()


def wait_told(port: int, epoch: list[str], told: list[float]) -> None:
    """Wait as the script of a page does, until the server knows of something newer."""
    before, request = (part.strip() for part in epoch[:2])
    for _ in range(10):
        found = answer(HTTPConnection(HOST, port, timeout=60), f"livereload/{before}/{request}").read()
        if found.strip() != before.encode():
            told.append(time.monotonic())
            return


def main(seconds: int) -> None:
    """Measure, and print the figures."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        # nginx, started by root, reads as another user.
        folder.chmod(0o755)
        if shutil.which("nginx") and shutil.which("wrk"):
            ours, bare = small_project(folder / "ours"), small_project(folder / "bare", BARE)
            for path in ("content", "seeds"):
                shutil.rmtree(bare / path)
            for name, project in (("ours", ours), ("bare theme", bare)):
                assert mkdocs_process(project, "build", "--quiet").exit_code == 0
                for path in ("", "claims/engine-failed/"):
                    size = (project / "site" / path / "index.html").stat().st_size
                    said = under_load(project / "site", path, seconds, folder)
                    print(f"{name:10} /{path:22} {size:7} bytes  {said}")
        else:
            print("nginx or wrk is not here: the load on a published site was not measured")
        told = waiting_browsers(folder / "served")
    print(f"{len(told)} of {BROWSERS} browsers told of an edit, after {told[0]:.2f} to {told[-1]:.2f} s")
    print(f"{os.cpu_count()} processors, {os.getloadavg()[0]:.1f} busy")


if __name__ == "__main__":
    main(int(sys.argv[1]))
