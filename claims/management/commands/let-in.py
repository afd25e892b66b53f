"""Let somebody in again who was locked out, or who lost the device of their second factor."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from claims.accounts import second_factor
from claims.accounts.note import note
from claims.accounts.tries import let_in_again
from claims.models import AccountAct


class Command(BaseCommand):
    """``manage.py let-in camille [--reset-second-factor]``"""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("--reset-second-factor", action="store_true")

    def handle(self, username, reset_second_factor, **options):
        user = get_user_model().objects.filter(username=username).first()
        if not user:
            raise CommandError(_("Nobody has the name “%s”.") % username)
        let_in_again(user)
        note(user, AccountAct.What.UNLOCKED, None)
        if reset_second_factor:
            second_factor.reset(user, None)
            self.stdout.write(_("They set up another device when they log in next."))
        else:
            self.stdout.write(_("They may try again at once."))
