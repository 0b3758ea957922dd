"""Pages that workers make are those that MkDocs' own process makes, whatever becomes of them."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time

import pytest

from benchmarks.corpus import write_corpus
from small_project import content_of, differences, environment, mkdocs_process, small_project
from sourcebook.site.workers import WorkerDiedError, can_fork, shared

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux copies processes safely")

PLAIN = "{{ page.head.title.value | front_matter('') }}\n\n# A heading\n\n"


def with_workers(project, number):
    """Have a project say how many workers it wants."""
    config = project / "mkdocs.yml"
    text = re.sub(r"\n      workers: \d+", "", config.read_text(encoding="utf-8"))
    text = text.replace("  - sourcebook:\n", f"  - sourcebook:\n      workers: {number}\n")
    config.write_text(text, encoding="utf-8")


def built(project, number):
    """A build with a number of workers and nothing kept of the last one, and the site."""
    with_workers(project, number)
    shutil.rmtree(project / ".sourcebook-cache", ignore_errors=True)
    ran = mkdocs_process(project, "build", "--strict")
    return re.sub(r"built in [\d.]+ seconds", "", ran.output), ran.exit_code, content_of(project / "site")


def test_workers_write_the_same_site(tmp_path):
    """Every file is the same, the search index in its order too."""
    write_corpus(tmp_path, 120)
    alone, by_workers = built(tmp_path, 1), built(tmp_path, 3)
    assert alone[:2] == by_workers[:2]
    assert by_workers[1] == 0
    assert differences(alone[2], by_workers[2]) == []


def test_a_broken_template_is_told_as_ever(tmp_path):
    """A template that fails on one page gives the same message, and nothing is published."""
    template = f"{PLAIN}{{% if page.head.key == 'engine-failed' %}}{{{{ page.nothing }}}}{{% endif %}}"
    project = small_project(tmp_path, {"site_templates/claim.md": template})
    alone, by_workers = built(project, 1), built(project, 2)
    assert alone == by_workers
    assert by_workers[1:] == (1, {})
    assert "site_templates/claim.md:5" in by_workers[0]


def test_warnings_are_told_and_counted_as_ever(tmp_path):
    """A link of a page that leads nowhere is told in the same words, and `--strict` refuses it."""
    template = f"{PLAIN}[there](nowhere.md) and [below](#below)\n"
    project = small_project(tmp_path, {"site_templates/claim.md": template})
    alone, by_workers = built(project, 1), built(project, 2)
    assert alone == by_workers
    assert by_workers[1:] == (1, {})
    assert by_workers[0].count("'nowhere.md'") > 1


def test_a_page_that_mkdocs_must_make_is_handed_over(tmp_path):
    """Markdown beyond the fast way's goes through MkDocs from a worker, too."""
    beyond = PLAIN + "`code`\n"
    project = small_project(tmp_path, {"site_templates/claim.md": beyond})
    alone, by_workers = built(project, 1), built(project, 2)
    assert alone == by_workers
    assert by_workers[1] == 0
    assert any(b"<code>code" in page for page in by_workers[2].values())


def test_a_killed_worker_ends_the_build_with_a_message(tmp_path):
    """The build says what has happened and what to do, and the last site stays."""
    project = small_project(tmp_path)
    last = built(project, 1)
    hook = (
        "import os\nfrom sourcebook.mkdocs_plugin.record_pages import RecordPages\n"
        "def on_config(config):\n"
        "    RecordPages.tried = lambda self, plan: os.kill(os.getpid(), 9)\n"
    )
    (project / "hook.py").write_text(hook, encoding="utf-8")
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write("hooks: [hook.py]\n")
    killed = built(project, 2)
    assert killed[1] == 1
    assert "was ended by signal 9" in killed[0]
    assert "workers: 1" in killed[0]
    assert differences(last[2], killed[2]) == []


def test_no_workers_at_all_are_a_mistake(tmp_path):
    """The option counts from 1."""
    project = small_project(tmp_path)
    with_workers(project, 0)
    ran = mkdocs_process(project, "build")
    assert ran.exit_code == 1
    assert "'0' is not a whole number from 1" in ran.output


def test_results_come_in_order():
    """However long each task takes."""

    def task(number):
        time.sleep(0.02 * (number % 3))
        return number, os.getpid()

    found = list(shared(task, 10, 3))
    assert [number for number, _ in found] == list(range(10))
    assert len({process for _, process in found}) == 3
    assert os.getpid() not in {process for _, process in found}


def test_a_worker_that_dies_is_an_error():
    """What ended it is said; what was done before is not lost."""

    def task(number):
        if number == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    with pytest.raises(WorkerDiedError, match="signal 9"):
        list(shared(task, 8, 2))


def test_workers_end_with_whoever_began_them():
    """Where the process is killed, each of its workers ends after its task."""
    script = (
        "import os, time\nfrom sourcebook.site.workers import shared\n"
        "def task(number):\n"
        "    os.write(1, b'%d\\n' % os.getpid())\n"
        "    time.sleep(0.1)\n"
        "list(shared(task, 200, 3))\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, env=environment())
    assert process.stdout
    workers = set()
    while len(workers) < 3:
        workers.add(int(process.stdout.readline()))
    process.kill()
    # The pipe ends when the last of those that can write into it is gone.
    process.communicate(timeout=30)


def test_a_process_with_threads_is_not_copied():
    """A lock that another thread holds would stay locked in the copy."""
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert not can_fork()
    finally:
        stop.set()
        thread.join()
