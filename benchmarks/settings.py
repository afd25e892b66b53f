"""The project's settings, with what benchmarks/plain.py serves beside it."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.plain"
