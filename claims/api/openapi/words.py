"""What is told of fields and filters whose declaration says nothing to somebody outside."""

FIELDS = {
    "Claim": {
        "quote": "Its words, as the source has them.",
        "kind": "What kind of claim it is.",
        "quotation": "How the source gives its words.",
        "standing": "Where it stands now, or at the time that was asked about.",
        "links": "What it does to earlier claims.",
    },
    "Correction": {
        "kind": "Why it was made.",
        "note": "What was corrected, to readers.",
        "made_at": "When.",
    },
    "Development": {
        "title": "What happened, in a line.",
        "effects": "What it does to claims.",
    },
    "Document": {
        "kind": "What kind of document it is.",
        "title": "Its title, or words that describe it.",
        "byline": "Who signed it, as it is printed.",
        "url": "Where it is published; null if it is known from paper or a file alone.",
        "language": "Of its text, an IETF tag: “fr”.",
        "snapshots": "Its text each time it was fetched, the first one first.",
    },
    "Effect": {"kind": "What it does to the claim.", "note": "How, to readers."},
    "Evidence": {
        "stance": "Whether it speaks for the claims or against them.",
        "primary": "Whether it is a primary source.",
        "passage": "The words of the source it rests on.",
        "interest": "What the source has to win or lose, where that is known.",
        "archived_url": "Where a copy is archived.",
        "retrieved_at": "When it was looked at.",
        "start": "Where the passage begins in the snapshot's text, in code points.",
        "end": "Where the passage ends in the snapshot's text, in code points, exclusive.",
    },
    "FactCheckedClaim": {
        "text": "What was claimed.",
        "claimReview": "Its reviews, the latest first.",
    },
    "FactCheckedClaims": {"claims": "Those of this page."},
    "Forecast": {
        "criteria": "What decides how it came out.",
        "written_at": "When the criteria were written: before the outcome.",
        "outcome": "How it came out; empty while it is open.",
        "recorded_at": "When the outcome was recorded.",
    },
    "Link": {"kind": "What it does to the earlier claim."},
    "Position": {"title": "What it is called."},
    "Publisher": {
        "name": "What it is called.",
        "kind": "What kind of publisher it is.",
        "site": "The host of its site.",
    },
    "Rating": {
        "valid_from": "Since when the scale is used.",
        "value": "What the API calls it.",
        "position": "Its place in the scale: sorts, true first.",
        "label_fr": "What it is called, in French.",
        "label_en": "What it is called, in English.",
        "definition_fr": "When it is given, in French.",
        "definition_en": "When it is given, in English.",
    },
    "Recheck": {
        "note": "What was found.",
        "review_by": "By which day it is to be looked at again.",
        "made_at": "When.",
    },
    "Review": {"title": "Of the page of the review."},
    "Root": {
        "documentation": "Address of the reference.",
        "licence": "Address of the licence of the data.",
    },
    "Sentence": {
        "position": "Its place in the text, from 0.",
        "start": "Where it begins in the text, in code points.",
        "end": "Where it ends in the text, in code points, exclusive.",
        "text": "Its words.",
    },
    "Snapshot": {
        "sha256": "Digest of the text in UTF-8, in hexadecimal.",
        "fetched_at": "When it was fetched.",
    },
    "Speaker": {
        "kind": "What kind of speaker it is.",
        "name": "What readers know them by.",
        "aliases": "Other names.",
        "positions": "Roles they hold or held.",
        "wikidata_id": "Their item in Wikidata.",
    },
    "Standing": {
        "basis": "What decides it.",
        "value": "A rating's value, an outcome of a forecast, or a word of ours: by the basis.",
    },
    "Verification": {
        "summary": "The finding, in a sentence or two.",
        "explanation": "How it was found, and what speaks for and against it.",
        "published_at": "When this version was published.",
        "review_by": "By which day it is to be looked at again.",
        "withdrawal": "Why it no longer stands; null while it does.",
        "rechecks": "When it was looked at again and still held, the first one first.",
    },
    "Withdrawal": {"reason": "Why.", "withdrawn_at": "When."},
}

FILTERS = {
    "kind": "Of which kind.",
    "language": "Of which language, an IETF tag.",
    "name": "The whole name.",
    "outcome": "How it came out.",
    "quotation": "How the source gives its words.",
    "site": "Host of the site.",
    "stance": "Whether it speaks for the claims or against them.",
    "url": "The whole address.",
    "value": "What the API calls it.",
    "wikidata_id": "Item in Wikidata.",
}
