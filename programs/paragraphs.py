"""Long texts that officers write: an empty line begins a new paragraph."""

import re

EMPTY_LINE = re.compile(r"\r?\n[ \t]*\r?\n")


def paragraphs(text):
    return [part.strip() for part in EMPTY_LINE.split(text) if part.strip()]
