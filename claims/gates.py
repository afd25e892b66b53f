"""Gates: what the database refuses, each by a name and in a sentence.

The rules stand in PostgreSQL (claims/sql/gates.sql and the constraints of the models), so that no
path leads around them. Here are the sentences an editor reads when one of them closes.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

GATES = {
    "verification_has_claims": _("It is about no claim yet."),
    "verification_is_rated": _("It has no rating yet."),
    "verification_has_a_summary": _("It has no summary yet."),
    "verification_is_explained": _("It has no explanation yet."),
    "verification_of_accepted_claims": _("It is about a claim that has not been accepted."),
    "verification_has_evidence": _("It has no evidence yet."),
    "verification_has_outside_evidence": _(
        "Its only evidence is the very document a claim is taken from: add another source."
    ),
    "verification_evidence_is_there": _("The source of a piece of evidence is not there yet."),
    "verification_evidence_takes_a_stance": _(
        "A piece of evidence does not say whether it supports or refutes the claim."
    ),
    "verification_evidence_shows_something": _(
        "A piece of evidence shows nothing yet: quote a passage, or say what it shows."
    ),
    "verification_notes_are_settled": _("A review note that blocks it is not settled yet."),
    "verification_evidence_before_publication": _(
        "A piece of evidence was retrieved after the time of publication."
    ),
    "verification_knows_its_protected_sources": _(
        "It rests on a protected source of which nobody wrote down who it is."
    ),
    "verification_after_what_it_supersedes": _("It is dated before what it supersedes."),
    "verification_keeps_its_author": _("A verification stays its author’s."),
    "record_is_changed_under_read_committed": _(
        "The record is changed in transactions that see what others have committed."
    ),
    "verification_after_the_claim": _("It is dated before one of its claims was said."),
    "verification_approved_by_another": _("Somebody else than its author has to approve it."),
    "verification_names_what_it_supersedes": _(
        "One of its claims has a published verification already: write its successor."
    ),
    "verification_covers_what_it_supersedes": _(
        "It leaves out a claim of the verification it supersedes."
    ),
    "verification_superseded_once": _("The verification it supersedes has a successor already."),
    "verification_supersedes_a_published_one": _("What it supersedes is not published."),
    "verification_is_reviewed_first": _("It has to be in review before it is published."),
    "verification_begins_as_a_draft": _("A verification begins as a draft."),
    "verification_published_is_final": _(
        "What is published is neither changed nor deleted: publish a successor, or withdraw it."
    ),
    "withdrawal_of_a_published_verification": _(
        "Only what is published can be withdrawn, and not before."
    ),
    "scale_in_use_is_final": _(
        "Published ratings were given by this scale: make a new version of it."
    ),
    "withdrawal_is_final": _("A withdrawal stands: publish a successor."),
    "claim_verified_stays_accepted": _(
        "A published verification is about this claim: it stays in the record."
    ),
    "claim_said_before_its_verification": _(
        "Its verification was published before that day: the claim cannot have been said later."
    ),
    "claim_is_kept": _("A claim that was let in is rejected, not deleted."),
    "speaker_is_kept": _("A claim was public under this speaker’s name: merge them instead."),
    "development_is_kept": _("A development that was let in is refused, not deleted."),
    "document_is_kept": _("Its text or the record rests on this document: it is not deleted."),
    "evidence_is_protected_from_the_start": _(
        "What was seen cannot be protected any more: delete it, and enter it as a protected source."
    ),
    "evidence_passage_is_in_the_snapshot": _(
        "The passage is not what the snapshot says at that place."
    ),
    "evidence_snapshot_is_of_its_document": _("The snapshot belongs to another document."),
    "effect_on_another_claim": _("A claim does not bear on itself."),
    "forecast_of_a_prediction_or_commitment": _(
        "Only predictions and commitments have a due date and criteria."
    ),
    "forecast_outcome_fits_the_claim": _("That outcome does not fit this kind of claim."),
    "forecast_written_before_it_is_due": _("Criteria are written before the due date."),
    "forecast_rests_on_an_accepted_development": _(
        "The outcome of a forecast rests on an accepted development, which stays so."
    ),
    "forecast_resolved_by_now": _("The day it was settled has not come yet."),
    "forecast_written_before_the_event": _(
        "What settles it happened before its criteria were written: enter it as a development."
    ),
    "forecast_criteria_are_fixed": _(
        "Its due date or its outcome has come: due date and criteria are fixed."
    ),
    "merge_is_permanent": _("A merge stands, or is undone, once and as a whole."),
    "recheck_of_a_finding_in_force": _(
        "Only a published finding that was neither superseded nor withdrawn can still hold."
    ),
    "recheck_looks_ahead": _("The day to look at it again is still to come."),
    "recheck_is_final": _("That it was looked at again stands: look at it once more."),
    "correction_of_something_published": _("Only what is public is corrected."),
    "correction_is_final": _("A correction stands as it was published."),
}


class Closed(Exception):
    """A gate is closed. ``name`` is its name, the message its sentence in the interface's
    language."""

    def __init__(self, name: str) -> None:
        super().__init__(str(GATES[name]))
        self.name = name


@contextmanager
def gates() -> Iterator[None]:
    """Do what is inside wholly or not at all; raises Closed where a gate refuses it."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        if name not in GATES:
            raise
        raise Closed(name) from error
