"""Correct something public: the change and the note that tells of it, together or not at all."""

from django.contrib.auth.models import AbstractBaseUser

from claims.acts import act
from claims.models import Claim, Correction, Development, Verification


def correct(
    subject: Claim | Verification | Development,
    kind: str,
    note: str,
    by: AbstractBaseUser,
    /,
    *,
    before: str = "",
    after: str = "",
    **changes,
) -> Correction:
    """Publish a correction (``kind``: a Correction.Kind) of ``subject``.

    ``changes`` are new values of fields of a claim or development; what they were and are is shown
    then. A verification does not change: ``before`` and ``after`` say what its successor says
    otherwise. Raises Closed if it is not public, or is a published verification to be changed.
    """
    with act(by, "claims.add_correction", note):
        if changes:
            before = _said(subject, changes)
            for field, value in changes.items():
                setattr(subject, field, value)
            subject.save(update_fields=list(changes))
            after = _said(subject, changes)
        return Correction.objects.create(
            kind=kind,
            note=note,
            before=before,
            after=after,
            made_by=by,
            **{subject._meta.model_name: subject},
        )


def _said(subject: Claim | Development, fields) -> str:
    """The fields as a reader sees them, one a line where there are several."""
    values = []
    for name in fields:
        display = getattr(subject, f"get_{name}_display", None)
        values.append(str(display() if display else getattr(subject, name) or "—"))
    return "\n".join(values)
