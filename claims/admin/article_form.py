"""What an editor types and hands over, and what is asked for afterwards."""

from collections.abc import Iterator

from django import forms
from django.conf import settings
from django.conf.global_settings import LANGUAGES
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from sources.batches.names import holds_documents, shown
from sources.forms import PartialDateFormField, fetchable
from sources.keep import first_words
from sources.models import Document, Publisher, SubmittedItem
from sources.origin import Origin
from sources.read import check_file_size
from sources.refused import Refused

NAME = SubmittedItem._meta.get_field("name").max_length
TAKEN = ".txt,.text,.md,.html,.htm,.xhtml,.pdf,.docx,.zip,.tar,.gz,.tgz,.bz2,.xz,.jsonl,.ndjson"
WEB = ("http://", "https://")


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; an empty one is refused by name, like all that cannot be read."""

    widget = FilesInput

    def clean(self, data, initial=None):
        files = data or []
        return [super(FilesField, self).clean(file) for file in files]


def _languages() -> list[tuple[str, str]]:
    """All that Django names, French and English first, then as the interface sorts them."""
    named = sorted(((code, _(name)) for code, name in LANGUAGES), key=lambda pair: pair[1])
    named.sort(key=lambda pair: ["fr", "en", pair[0]].index(pair[0]))
    return [("", _("as it says itself, else French")), *named]


class OriginForm(forms.Form):
    """What an editor knows of a document besides its words."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        required=False,
        max_length=Document._meta.get_field("title").max_length,
        widget=UnfoldAdminTextInputWidget,
    )
    publisher = forms.CharField(
        label=gettext_lazy("Publisher"),
        required=False,
        max_length=Publisher._meta.get_field("name").max_length,
        help_text=gettext_lazy("A name that is not suggested is a new publisher."),
        widget=UnfoldAdminTextInputWidget,
    )
    published_on = PartialDateFormField(
        label=gettext_lazy("Published on"), required=False, widget=UnfoldAdminTextInputWidget
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        publisher = self.fields["publisher"].widget
        publisher.attrs |= {
            "list": f"{self.auto_id % 'publisher'}_names",
            "autocomplete": "off",
            "hx-get": reverse("admin:sources_submission_publishers"),
            "hx-trigger": "input changed delay:150ms, focus once",
            "hx-target": "next datalist",
        }
        self.fields["published_on"].widget.attrs["pattern"] = r"\d{4}(-\d{2}(-\d{2})?)?"

    def clean_publisher(self):
        """As the publisher is known, in whatever case it was typed."""
        name = self.cleaned_data["publisher"]
        known = Publisher.objects.filter(name__iexact=name).values_list("name", flat=True)
        return name if name in known else next(iter(known), name)

    @property
    def origin(self) -> Origin:
        """What was typed."""
        data = self.cleaned_data
        return Origin(
            data.get("published_on"),
            data.get("publisher", ""),
            data.get("url") or None,
            data.get("title", ""),
            data.get("language", ""),
            kind=data.get("kind", ""),
        )

    def clean(self):
        data = super().clean()
        try:
            self.origin.check(timezone.localdate())
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return data


class ArticleForm(OriginForm):
    """What is handed over, as items to be taken in; what is typed holds for each."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        strip=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 10}),
    )
    addresses = forms.CharField(
        label=gettext_lazy("Addresses"),
        required=False,
        help_text=gettext_lazy("One a line; each is fetched in the background."),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3, "spellcheck": "false"}),
    )
    files = FilesField(
        label=gettext_lazy("Files"),
        required=False,
        allow_empty_file=True,
        max_length=SubmittedItem._meta.get_field("file_name").max_length,
        help_text=gettext_lazy("Text, HTML, PDF, DOCX, JSON Lines; or archives of them."),
        widget=FilesInput(attrs={"accept": TAKEN}),
    )
    url = forms.CharField(
        label=gettext_lazy("Its address"),
        required=False,
        max_length=Document._meta.get_field("url").max_length,
        help_text=gettext_lazy("Where the pasted text or the file comes from."),
        widget=UnfoldAdminTextInputWidget(attrs={"inputmode": "url", "spellcheck": "false"}),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        required=False,
        choices=Document.Kind,
        widget=UnfoldAdminSelectWidget,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=_languages,
        widget=UnfoldAdminSelectWidget,
    )
    field_order = [
        "key", "text", "addresses", "files", "title", "publisher", "published_on", "url", "kind",
        "language",
    ]  # fmt: skip

    def clean_text(self):
        """A browser sends every line end as CR LF, whatever was pasted."""
        text = self.cleaned_data["text"].replace("\r\n", "\n")
        if len(text.encode()) > settings.MAX_TEXT_BYTES:
            limit = number_format(settings.MAX_TEXT_BYTES, force_grouping=True)
            raise ValidationError(
                _("It is longer than %(limit)s bytes, the most that is taken in.")
                % {"limit": limit}
            )
        return text if text.strip() else ""

    def clean_addresses(self):
        """Those given here, and those pasted as if they were a text."""
        given = self.cleaned_data["addresses"]
        text = self.cleaned_data.get("text", "")
        if text and all(word.startswith(WEB) for word in text.split()):
            given, self.cleaned_data["text"] = f"{text}\n{given}", ""
        urls, wrong = [], []
        for line in given.split():
            try:
                urls.append(fetchable(line))
            except ValidationError as error:
                wrong.append(ValidationError(f"{line}: {error.message}"))
        if wrong:
            raise ValidationError(wrong)
        return list(dict.fromkeys(urls))

    def clean_files(self):
        files = self.cleaned_data["files"]
        if len(files) > settings.MAX_SUBMITTED_FILES:
            raise ValidationError(
                _("They are more than %(limit)d at once: make one ZIP archive of them.")
                % {"limit": settings.MAX_SUBMITTED_FILES}
            )
        if sum(file.size for file in files) > settings.MAX_SUBMISSION_BYTES:
            limit = number_format(settings.MAX_SUBMISSION_BYTES, force_grouping=True)
            raise ValidationError(
                _("They are larger than %(limit)s bytes together: hand them over in parts.")
                % {"limit": limit}
            )
        return files

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        text, urls, files = data["text"], data["addresses"], data["files"]
        count = bool(text) + len(urls) + len(files)
        if not count:
            raise ValidationError(_("Paste a text, give an address or choose a file."))
        if count > settings.MAX_SUBMITTED_ITEMS:
            raise ValidationError(
                _("That is more than %(limit)d at once: hand them over in parts.")
                % {"limit": settings.MAX_SUBMITTED_ITEMS}
            )
        several = count > 1 or any(holds_documents(file.name) for file in files)
        if several and data["title"]:
            self.add_error("title", _("A title belongs to one article: leave it empty."))
        if data["url"] and urls:
            self.add_error("url", _("What is fetched has its address: leave it empty."))
        elif several and data["url"]:
            self.add_error("url", _("An address belongs to one article: leave it empty."))
        return data

    def items(self) -> Iterator[SubmittedItem]:
        """One for each text, address and file, not saved; one file at a time is in memory."""
        data = self.cleaned_data
        if text := data["text"]:
            yield self._item(first_words(text), content=text.encode(), charset="utf-8")
        for url in data["addresses"]:
            yield self._item(url, url=url, fetched=True)
        for file in data["files"]:
            yield self._file(file)

    def _file(self, file) -> SubmittedItem:
        name = shown(file.name)
        try:
            check_file_size(file.size)
        except Refused as refusal:
            status = SubmittedItem.Status.REFUSED
            return self._item(name, file_name=name, status=status, reason=str(refusal))
        return self._item(name, file_name=name, content=file.read())

    def _item(self, name: str, **fields) -> SubmittedItem:
        data = self.cleaned_data
        typed = ("title", "publisher", "published_on", "url", "kind", "language")
        return SubmittedItem(**{each: data[each] for each in typed} | fields, name=name[:NAME])


class MissingForm(OriginForm):
    """What nobody said of a document yet; only that is asked for."""

    def __init__(self, document: Document, missing: list[str], *args, **kwargs):
        super().__init__(
            *args, auto_id=f"id_{document.pk}_%s", initial={"title": document.title}, **kwargs
        )
        for name in self.fields.keys() - set(missing):
            del self.fields[name]
