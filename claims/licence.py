"""What the record is published under; the texts of documents are not."""

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
