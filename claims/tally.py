"""What became of the documents that were given: told as it happens, and in numbers at the end."""

from collections import Counter
from collections.abc import Collection

from django.core.management.base import OutputWrapper
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.outcome import Outcome, State
from claims.progress import Bar
from sources.batches.items import Item, LeftOut
from sources.batches.report import Report


class Tally:
    """Tells of refusals always, of other documents if they were ``named`` or ``all`` are told."""

    def __init__(
        self,
        out: OutputWrapper,
        err: OutputWrapper,
        *,
        bar: Bar,
        report: Report | None,
        named: Collection[str],
        all_told: bool,
    ) -> None:
        self.out, self.err, self.bar, self.report = out, err, bar, report
        self.named, self.all_told = named, all_told
        self.states: Counter[State] = Counter()
        self.left_out: Counter[str] = Counter()
        self.claims = 0

    @property
    def documents(self) -> int:
        return sum(self.states.values())

    @property
    def refused(self) -> int:
        return self.states[State.REFUSED]

    def seen(self, item: Item) -> None:
        """Move the bar."""
        self.bar.move(item.through, more=not isinstance(item, LeftOut))

    def earlier(self, documents: int) -> None:
        """Count what is there since another time, and is not looked at again."""
        self.states[State.KNOWN] += documents

    def away(self) -> None:
        """Say that the database is waited for."""
        self.say(_("The database is away. Waiting for it to come back…"))

    def say(self, sentence: str) -> None:
        """Something besides, on standard error."""
        self.bar.write(self.err, sentence)

    def tell(self, outcome: Outcome) -> None:
        """Count an outcome, and say it where it is to be said."""
        name = outcome.item.name
        if isinstance(outcome.item, LeftOut):
            self.left_out[outcome.item.ending] += 1
            return
        self.states[outcome.state] += 1
        if outcome.recorded:
            self.claims += outcome.recorded.created
        if outcome.state is State.REFUSED:
            self.say(f"{name}: {outcome.reason}")
            if self.report:
                self.report.add(name, outcome.reason)
        elif self.all_told or name in self.named:
            self.bar.write(self.out, f"{name}: {_what(outcome)}")

    def summary(self) -> list[str]:
        """The numbers of documents, and of files that are none."""
        lines = []
        if self.documents > 1:
            counts = {
                "new": _number(self.states[State.NEW]),
                "known": _number(self.states[State.KNOWN]),
                "refused": _number(self.refused),
                "claims": _number(self.claims),
            }
            lines.append(
                _("%(new)s new, %(known)s known, %(refused)s refused; %(claims)s new claims.")
                % counts
            )
        if self.left_out:
            endings = ", ".join(f"{count} {end}" for end, count in self.left_out.most_common())
            lines.append(
                _("Left out, since they are no documents: %(files)s.") % {"files": endings}
            )
        return lines

    def fault(self) -> str:
        """How many were refused."""
        sentence = ngettext(
            "%(refused)d of %(count)d text refused.",
            "%(refused)d of %(count)d texts refused.",
            self.documents,
        )
        return sentence % {"refused": self.refused, "count": self.documents}


def _number(count: int) -> str:
    return number_format(count, force_grouping=True)


def _what(outcome: Outcome) -> str:
    state = _("new") if outcome.state is State.NEW else _("known")
    if outcome.recorded is None:
        return state
    count = ngettext("%(found)d claim", "%(found)d claims", outcome.recorded.found)
    new = ngettext("%(created)d new", "%(created)d new", outcome.recorded.created)
    parts = [state, count, new]
    if outcome.recorded.appearances:
        parts.append(_("%(appearances)d reported before"))
    return ", ".join(parts) % vars(outcome.recorded)
