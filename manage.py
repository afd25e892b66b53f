#!/usr/bin/env python3
"""Constat's commands: ``manage.py help`` lists them."""

import os
import sys


def main() -> None:
    """Run one command; of trouble outside the code, say one sentence (``--traceback`` says all)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.core.management import execute_from_command_line

        from config.trouble import sentence
    except ModuleNotFoundError as error:
        sys.exit(f"{error}: run “make install”, then .venv/bin/python manage.py")
    try:
        execute_from_command_line(sys.argv)
    except Exception as error:
        if "--traceback" in sys.argv or not (message := sentence(error)):
            raise
        sys.exit(message)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
