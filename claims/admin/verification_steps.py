"""Where a verification stands, and the steps that are open to somebody from there."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import publish
from claims.models import Verification


@dataclass(frozen=True)
class Step:
    """A button: ``asks`` says what its dialog asks for, "reason" or "look"; nothing: none."""

    name: str
    label: Promise
    key: str
    permission: str
    done: Promise
    take: Callable[[Verification, AbstractBaseUser, str], object]
    asks: str = ""
    primary: bool = False


STEPS = {
    step.name: step
    for step in (
        Step(
            "submit",
            gettext_lazy("Ask for review"),
            "r",
            publish.WRITE,
            gettext_lazy("It waits for a second editor now."),
            lambda verification, user, _reason: publish.submit(verification, user),
            primary=True,
        ),
        Step(
            "send_back",
            gettext_lazy("Send back"),
            "b",
            publish.PUBLISH,
            gettext_lazy("It is a draft again; its history says why."),
            publish.send_back,
            asks="reason",
        ),
        Step(
            "approve_and_publish",
            gettext_lazy("Approve and publish"),
            "a",
            publish.PUBLISH,
            gettext_lazy("The verification is public."),
            lambda verification, user, _reason: publish.publish(verification, user),
            asks="look",
            primary=True,
        ),
        Step(
            "succeed",
            gettext_lazy("Write a successor"),
            "s",
            publish.WRITE,
            gettext_lazy("This draft will take its place once it is published."),
            lambda verification, user, _reason: publish.succeed(verification, user),
        ),
        Step(
            "withdraw",
            gettext_lazy("Withdraw"),
            "w",
            "claims.withdraw_verification",
            gettext_lazy("It is withdrawn; its page says why."),
            publish.withdraw,
            asks="reason",
        ),
    )
}


def state(verification: Verification) -> tuple[str, str]:
    """Its status, or what came after its publication; and the word for it."""
    if verification.successor:
        return "superseded", _("superseded")
    if hasattr(verification, "withdrawal"):
        return "withdrawn", _("withdrawn")
    return verification.status, verification.get_status_display()


def steps(verification: Verification, user: AbstractBaseUser) -> list[Step]:
    """The steps its state leaves open to this user."""
    following = (STEPS[name] for name in _following(verification, user))
    return [step for step in following if user.has_perm(step.permission)]


def _following(verification: Verification, user: AbstractBaseUser) -> list[str]:
    shown = state(verification)[0]
    if shown == Verification.Status.DRAFT:
        return ["submit"]
    if shown == Verification.Status.IN_REVIEW:
        other = verification.author_id != user.pk
        return ["approve_and_publish", "send_back"] if other else ["send_back"]
    following = []
    if not verification.successors.all():
        following.append("succeed")
    if shown == Verification.Status.PUBLISHED:
        following.append("withdraw")
    return following


def take(step: Step, verification: Verification, request) -> str:
    """Take a step; returns the address of the page where what is possible now is shown."""
    made = step.take(verification, request.user, request.POST.get("reason", "").strip())
    messages.success(request, step.done)
    shown = made if isinstance(made, Verification) else verification
    return reverse("admin:claims_verification_change", args=[shown.pk])
