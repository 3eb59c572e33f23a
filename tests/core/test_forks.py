"""A library with threads of its own is refused in a child whose parent had used it, and nowhere else."""

import os
import subprocess
import sys
import textwrap

import pytest

SECONDS = 60


def run(script: str) -> str:
    """The output of a script in a process of its own; a child that hangs is ended by its alarm."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "dxportal.settings.testing"}
    code = textwrap.dedent(script)
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


IN_A_CHILD = """
    import os, signal, sys

    def in_a_child(work):
        sys.stdout.flush()
        child = os.fork()
        if not child:
            signal.alarm(30)
            try:
                print(work(), flush=True)
            except Exception as error:
                print(f"{type(error).__name__}: {error}", flush=True)
            os._exit(0)
        print("ended", os.waitpid(child, 0)[1])
"""


def test_the_parents_libraries_are_refused_and_no_others() -> None:
    output = run(
        IN_A_CHILD
        + """
    from apps.core.forks import about_to_use

    about_to_use("typst")
    about_to_use("typst")
    in_a_child(lambda: about_to_use("vl-convert"))
    in_a_child(lambda: about_to_use("typst"))
    in_a_child(lambda: in_a_child(lambda: about_to_use("typst")))
    about_to_use("typst")
    """
    )
    refusal = "ThreadsLostInFork: typst worked in the parent of this process and would hang here."
    assert output.splitlines() == ["None", "ended 0", refusal, "ended 0", refusal, "ended 0", "None", "ended 0"]


DRAWING = """
    import django

    django.setup()
    from apps.core.charts import _render
    from apps.core.charts.specification import specification
    from tests.core.sample_document import BY_CATEGORY

    def work():
        return _render(specification(BY_CATEGORY)).svg[:4]
"""
SETTING = """
    import django

    django.setup()
    from dataclasses import replace
    from apps.core.documents import Chapter, Text
    from apps.core.writers.pdf import write_pdf
    from tests.core.sample_document import sample_document

    def work():
        return write_pdf(replace(sample_document(), chapters=(Chapter(1, "章", (Text("文", "people"),)),)))[:4]
"""


@pytest.mark.parametrize(
    ("library", "work", "result"), [("vl-convert", DRAWING, "<svg"), ("typst", SETTING, "b'%PDF'")]
)
def test_documents_are_made_after_a_fork_but_not_after_one_that_comes_too_late(
    library: str, work: str, result: str
) -> None:
    assert run(IN_A_CHILD + work + "\n    in_a_child(work)").splitlines() == [result, "ended 0"]
    refusal = f"ThreadsLostInFork: {library} worked in the parent of this process and would hang here."
    assert run(IN_A_CHILD + work + "\n    work()\n    in_a_child(work)").splitlines() == [refusal, "ended 0"]
