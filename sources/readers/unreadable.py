from enum import StrEnum


class Reason(StrEnum):
    """Why a file is not read; `sources/read.py` has a sentence for each."""

    # What it is instead.
    EMPTY = "empty"
    BINARY = "binary"
    NUL = "nul"
    CONTROLS = "controls"
    CHARSET = "charset"
    TEXT = "text"
    PAGE = "page"
    IMAGE = "image"
    RECORDING = "recording"
    PROGRAM = "program"
    ARCHIVE = "archive"
    WORD_PROCESSOR = "word_processor"
    OFFICE = "office"
    WEB_ARCHIVE = "web_archive"
    XML = "xml"
    JSON = "json"
    # What is wrong with it.
    DAMAGED = "damaged"
    LOST = "lost"
    NO_ARTICLE = "no_article"
    PAYWALL = "paywall"
    ENCRYPTED = "encrypted"
    NO_TEXT = "no_text"
    # What it does to its reader.
    TOO_DEEP = "too_deep"
    TOO_MANY_PAGES = "too_many_pages"
    BOMB = "bomb"
    ENTITIES = "entities"
    OUTSIDE = "outside"
    TIME = "time"
    MEMORY = "memory"
    CRASH = "crash"


class Unreadable(Exception):
    """A file that is not read; ``details`` are the values its sentence needs."""

    def __init__(self, reason: Reason, **details: int | str):
        super().__init__(reason, details)
        self.reason, self.details = reason, details
