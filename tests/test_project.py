"""The habits of the project that a machine can check."""

import gettext
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.core.management import call_command

ROOT = Path(__file__).parent.parent
FRENCH = ROOT / "locale/fr/LC_MESSAGES/django.po"


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", stdout=StringIO())


def test_a_public_site_passes_every_deployment_check():
    production = {
        "CONSTAT_PRODUCTION": "1",
        "CONSTAT_SECRET_KEY": "ceci-est-une-longue-clef-de-test-qui-ne-protège-rien-0123456789",
        "CONSTAT_HOSTS": "constat.example",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "INFO"],
        cwd=ROOT,
        env=os.environ | production,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("missing", ["CONSTAT_SECRET_KEY", "CONSTAT_HOSTS"])
def test_a_public_site_says_what_it_lacks(missing):
    production = {
        "CONSTAT_PRODUCTION": "1",
        "CONSTAT_SECRET_KEY": "ceci-est-une-longue-clef-de-test-qui-ne-protège-rien-0123456789",
        "CONSTAT_HOSTS": "constat.example",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=os.environ | production | {missing: ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr.strip() == f"{missing} must be set when CONSTAT_PRODUCTION=1"


@pytest.fixture(scope="module")
def french():
    with FRENCH.open("rb") as file:
        return read_po(file)


def test_every_shown_text_has_its_french(french):
    untranslated = [m.id for m in french if m.id and (m.fuzzy or not all_forms(m))]
    assert untranslated == []


def all_forms(message) -> bool:
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


def test_the_compiled_catalogue_is_that_of_the_source(french):
    with FRENCH.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in french:
        if message.id and isinstance(message.id, str):
            found = (
                compiled.pgettext(message.context, message.id)
                if message.context
                else compiled.gettext(message.id)
            )
            assert found == message.string
