"""What readers write to the newsroom: a claim to check, something to correct, a reply."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models import Message, Sender

SHORTEST, LONGEST = 20, 5_000  # characters of a message


class Words(forms.CharField):
    """Text of several lines: browsers send each line end as CR LF, whatever was typed."""

    widget = forms.Textarea

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class ContactForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What is it about?"),
        choices=[
            (Message.Kind.CLAIM, gettext_lazy("a claim that should be checked")),
            (Message.Kind.CORRECTION, gettext_lazy("something that is wrong on this site")),
            (Message.Kind.REPLY, gettext_lazy("right of reply: I am spoken of on this site")),
            (
                Message.Kind.RECTIFICATION,
                gettext_lazy("my personal data: something about me is to be put right"),
            ),
            (
                Message.Kind.ERASURE,
                gettext_lazy("my personal data: something about me is to be erased"),
            ),
            (Message.Kind.OTHER, gettext_lazy("something else")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what it is about.")},
    )
    text = Words(
        label=gettext_lazy("Your message"),
        min_length=SHORTEST,
        max_length=LONGEST,
        help_text=gettext_lazy("For a claim: who said it, when, and in which words."),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": gettext_lazy("Write your message.")},
    )
    address = forms.CharField(
        label=gettext_lazy("Address of the page or of the source"),
        required=False,
        max_length=Message._meta.get_field("address").max_length,
        help_text=gettext_lazy("The page of this site, or where the claim can be read or heard."),
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        required=False,
        max_length=Sender._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail"),
        required=False,
        max_length=Sender._meta.get_field("email").max_length,
        help_text=gettext_lazy("Only if you would like an answer."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": gettext_lazy("Write it like name@example.org, or leave it out.")
        },
    )
    # What fills in every field is no reader. Whoever hears the form read out is told to leave it.
    website = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args, origin: str, **kwargs):
        """``origin``: of this site, whose addresses are taken whatever its host is called."""
        super().__init__(*args, **kwargs)
        self.origin = origin

    def clean_address(self):
        """An address of the web, which may lack its https://."""
        given = self.cleaned_data["address"]
        if not given or given.startswith(f"{self.origin}/"):
            return given
        address = given if "://" in given else f"https://{given}"
        try:
            URLValidator(schemes=["http", "https"])(address)
        except ValidationError:
            message = _("This is no address of the web. What you know of it may stand above.")
            raise ValidationError(message) from None
        return address

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise ValidationError(_("Leave this field empty: it is there for machines."))
        return ""

    def message(self, language: str) -> Message:
        """What was written, not saved."""
        fields = {name: self.cleaned_data[name] for name in ("kind", "text", "address")}
        return Message(language=language, **fields)

    def sender(self) -> Sender:
        """Who wrote it, as far as they said; not saved."""
        return Sender(name=self.cleaned_data["name"], email=self.cleaned_data["email"])
