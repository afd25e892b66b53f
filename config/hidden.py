"""What opens something is told to no log and on no error page."""

import logging
import re

from django.views.debug import SafeExceptionReporterFilter

HIDDEN = "********"
# What our own and others' secrets look like, wherever they stand.
SECRETS = re.compile(
    r"""
    (?P<kept>
        constat_[A-Za-z0-9]{4,}_                   # a key of the API: its prefix is no secret
      | whsec_                                     # of a webhook
      | \b(?i:Bearer|Basic)\s+
      | (?i:secret|token|key|code|password|passwd|pwd|signature|csrfmiddlewaretoken|sessionid
          |csrftoken|known)["']?\s*[=:]\s*["']?
      | ://[^/\s:@]+:                              # a password in an address
      | /login/new/[A-Za-z0-9_-]+/                 # a way to a new password
    )
    (?P<gone>[^\s"'&;,@/<>)\]}]+)
    """,
    re.VERBOSE,
)


def without_secrets(text: str) -> str:
    """The text, with ``********`` in the place of each."""
    return SECRETS.sub(lambda found: found["kept"] + HIDDEN, text)


class WithoutSecrets(logging.Filter):
    """Takes them out of what is logged, traces included."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        record.msg, record.args = without_secrets(message), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = without_secrets(record.exc_text)
        return True


class Hidden(SafeExceptionReporterFilter):
    """Django's, and what it does not know: headers and addresses that entitle to something."""

    hidden_settings = re.compile(
        SafeExceptionReporterFilter.hidden_settings.pattern
        + r"|DATABASE|CDN_PURGE|SMTP|EMAIL_HOST|SALT|COOKIES?$|AUTHORIZATION|SESSION",
        re.IGNORECASE,
    )
