"""Readers for ``programs.confined`` that come to every kind of harm."""

import os
import time


def length(content):
    return {"length": len(content)}


def fails(content):
    raise ValueError("halo")


def dies(content):
    os.abort()


def eats_memory(content):
    return len(bytearray(4 * 1024**3))


def answers_too_much(content):
    return "x" * (40 * 1024**2)


def sleeps(content):
    time.sleep(30)


def environment(content):
    return dict(os.environ)
