"""Reading hostile files in a process of their own, with little memory and little time.

The libraries that read PDF and Excel files are native code: a file of some kilobytes can make them
take gigabytes or end the process they run in. Here that is a child, and the caller gets
``ReaderFailed``.
"""

import importlib
import json
import os
import resource
import subprocess
import sys
from pathlib import Path

MEMORY = 768 * 1024 * 1024
SECONDS = 20
LARGEST_ANSWER = 32 * 1024 * 1024
PROJECT = Path(__file__).resolve().parent.parent


class ReaderFailed(Exception):
    """The file could not be read within the limits."""


def read_confined(reader, content):
    """What ``reader(content)`` returns, as JSON carries it.

    The reader's module may import neither Django nor models: it is loaded without settings.
    """
    try:
        child = subprocess.run(
            [sys.executable, "-m", "programs.confined", reader.__module__, reader.__name__],
            input=content,
            capture_output=True,
            timeout=SECONDS * 2,
            cwd=PROJECT,
            # Nothing of our environment: it holds the keys of the sealed fields.
            env={"PATH": os.environ.get("PATH", ""), "PYTHONUTF8": "1"},
            check=True,
        )
        return json.loads(child.stdout)
    except (subprocess.SubprocessError, ValueError) as problem:
        raise ReaderFailed(str(problem)) from problem


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    module, name = sys.argv[1:]
    answer = getattr(importlib.import_module(module), name)(sys.stdin.buffer.read())
    answer = json.dumps(answer, default=str)
    sys.exit("too much to pass on" if len(answer) > LARGEST_ANSWER else print(answer))
