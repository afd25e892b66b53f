"""The extractor stands alone: text in, claims out."""

import os
import subprocess
import sys

PROGRAM = """
import sys
from claims.extraction import Extractor
Extractor().read("Le maire a promis deux écoles.", "2025-12-08")
print(sorted(name for name in sys.modules if name.split(".")[0] == "django"))
"""


def test_reading_a_text_loads_no_django(root):
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    found = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=root, env=environment, capture_output=True, text=True
    )
    assert found.stderr == ""
    assert found.stdout.strip() == "[]"
