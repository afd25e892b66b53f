"""What an editor is told of a file that is not read: a sentence for each reason."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from sources.readers.unreadable import Reason

# What a file is instead of a text, a page, a PDF or a DOCX.
INSTEAD = {
    Reason.BINARY: _("it is a binary file, not text"),
    Reason.TEXT: _("it is plain text: name it .txt"),
    Reason.PAGE: _("it is a web page: name it .html, or download the file itself"),
    Reason.IMAGE: _("it is an image: type out its words, or have them recognised (OCR)"),
    Reason.RECORDING: _("it is a recording: bring in its transcript"),
    Reason.PROGRAM: _("it is a program, not a document"),
    Reason.ARCHIVE: _("it is a compressed archive: unpack it and bring in what it holds"),
    Reason.WORD_PROCESSOR: _(
        "it is of another word processor or an old Word, or has a password: save it as DOCX or PDF"
    ),
    Reason.OFFICE: _("it is a spreadsheet or a presentation: save it as PDF"),
    Reason.WEB_ARCHIVE: _("it is a mail or a web archive: save the page as HTML only"),
    Reason.XML: _("it is XML, not a page: if it is a feed, add it under Feeds at the desk"),
    Reason.JSON: _("it is JSON, not a text: with one document a line, name it .jsonl"),
}
SENTENCES = INSTEAD | {
    Reason.EMPTY: _("it is empty"),
    Reason.NUL: ngettext_lazy(
        "it contains a NUL byte: it is not plain text",
        "it contains %(count)d NUL bytes: it is not plain text",
        "count",
    ),
    Reason.CONTROLS: _("it contains control characters: it is a binary file, not text"),
    Reason.CHARSET: _("its character set cannot be told: save it as UTF-8"),
    Reason.LOST: _(
        "its accented letters are lost, “�” is in their place: get it once more from where it came"
    ),
    Reason.DAMAGED: _("it is damaged or incomplete: get it once more from where it came"),
    Reason.NO_ARTICLE: ngettext_lazy(
        "no article was found in the page, only %(count)d character of text",
        "no article was found in the page, only %(count)d characters of text",
        "count",
    ),
    Reason.PAYWALL: _(
        "the page holds only the beginning of the article, the rest is for subscribers: "
        "save the page while signed in"
    ),
    Reason.ENCRYPTED: _("it is protected by a password: save a copy without one"),
    Reason.NO_TEXT: _("it holds no text, perhaps only scanned pages: have it recognised (OCR)"),
    Reason.TOO_DEEP: _("its elements are nested deeper than in any real page"),
    Reason.TOO_MANY_PAGES: _("it has %(pages)d pages, the limit is %(limit)d: bring in a part"),
    Reason.BOMB: _("it unpacks to far more than a document holds (a “zip bomb”)"),
    Reason.ENTITIES: _("it defines XML entities, as hostile files do: save it anew"),
    Reason.OUTSIDE: _("it loads parts from another computer: save it anew without them"),
    Reason.TIME: _("reading it takes too long: bring in a shorter part of it"),
    Reason.MEMORY: _("reading it takes too much memory: bring in a shorter part of it"),
    Reason.CRASH: _("the program that reads it broke off: it is damaged, or made to do harm"),
}
