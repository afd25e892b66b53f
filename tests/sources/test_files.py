import errno

import pytest

from sources.files import sentence

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (FileNotFoundError(errno.ENOENT, "…"), "there is no such file"),
        (OSError(errno.ELOOP, "…"), "there is no such file"),
        (IsADirectoryError(errno.EISDIR, "…"), "it is a folder"),
        (PermissionError(errno.EACCES, "…"), "this account has no access to it"),
        (OSError(errno.EIO, "Input/output error"), "it cannot be read: Input/output error"),
    ],
)
def test_why_a_file_cannot_be_opened_is_said_in_a_sentence(error, expected):
    assert sentence(error) == expected
