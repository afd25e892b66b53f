"""What any endpoint may answer that it was not asked for, and the headers of what it was."""

import json
from http import HTTPStatus

from django.http import HttpResponse

from claims.api.problems import MEDIA_TYPE, problem

PROBLEM = {
    "type": "object",
    "description": "What went wrong (RFC 9457).",
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "description": "“about:blank”."},
        "title": {"type": "string", "description": "What kind of problem it is."},
        "status": {
            "type": "integer",
            "minimum": 400,
            "maximum": 599,
            "description": "That of the answer.",
        },
        "detail": {"type": "string", "description": "What is wrong here, to a reader."},
        "errors": {
            "type": "array",
            "description": "Each thing that is wrong, and where.",
            "items": {
                "type": "object",
                "properties": {
                    "parameter": {"type": "string", "description": "Of the query, its name."},
                    "pointer": {
                        "type": "string",
                        "description": "Of the body, as a JSON pointer (RFC 6901) after “#”.",
                    },
                    "detail": {"type": "string", "description": "What is wrong with it."},
                },
                "required": ["detail"],
            },
        },
    },
    "required": ["type", "title", "status", "detail"],
}

HEADERS = {
    "ETag": (str, True, "Changes with the answer: ask again with If-None-Match."),
    "Last-Modified": (str, False, "When anything that readers see changed last."),
    "Cache-Control": (str, True, "For how long the answer may be kept."),
    "Link": (str, True, "The licence of the data: rel=\"license\"."),
    "RateLimit-Policy": (str, True, "Which limits there are: how many requests in what time."),
    "RateLimit": (str, False, "What is left of each limit, and when it begins anew."),
    "Location": (str, True, "Where it is for ever."),
    "Allow": (str, True, "The methods this address takes."),
    "Retry-After": (int, True, "After how many seconds to ask again."),
    "WWW-Authenticate": (str, True, "How a key is given."),
}  # fmt: skip
OF_READING = ("ETag", "Last-Modified", "Cache-Control", "Link", "RateLimit-Policy")
KINDS = {str: "string", int: "integer"}


class Answer:
    """An answer that many endpoints give: its name among the components, when, and headers."""

    def __init__(self, name: str, when: str, detail: str = "", *headers: str, **members):
        self.name, self.when, self.detail = name, when, detail
        self.headers, self.members = headers, members


ANSWERS = {
    HTTPStatus.MOVED_PERMANENTLY: Answer(
        "Merged", "It was merged into another row, for good.", "", "Location"
    ),
    HTTPStatus.NOT_MODIFIED: Answer("Unchanged", "You have it as it is.", "", "ETag"),
    HTTPStatus.BAD_REQUEST: Answer(
        "BadRequest",
        "A parameter or the body does not hold; “errors” name each.",
        "There is no parameter “speeker”.",
        errors=[{"parameter": "speeker", "detail": "There is no parameter “speeker”."}],
    ),
    HTTPStatus.UNAUTHORIZED: Answer(
        "Unauthorized",
        "The key that was given is none, or one is needed.",
        "This API key was revoked.",
        "WWW-Authenticate",
    ),
    HTTPStatus.FORBIDDEN: Answer(
        "Forbidden", "The key may not do that.", "This API key lacks the scope “extract”."
    ),
    HTTPStatus.NOT_FOUND: Answer(
        "NotFound",
        "There is no such row, or it is not public.",
        "There is nothing at this address.",
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: Answer(
        "MethodNotAllowed", "Another method than this one.", "Method “DELETE” not allowed.", "Allow"
    ),
    HTTPStatus.NOT_ACCEPTABLE: Answer(
        "NotAcceptable",
        "“Accept” asks for a form that is not given.",
        "Could not satisfy the request Accept header.",
    ),
    HTTPStatus.CONFLICT: Answer(
        "Conflict", "What was sent is there already.", "These words were proposed already."
    ),
    HTTPStatus.GONE: Answer(
        "Gone", "It was public and is no longer.", "It was public until 3 December 2025."
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Answer(
        "TooLarge", "The body is larger than what is read.", "The body is too large."
    ),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: Answer(
        "UnsupportedMediaType",
        "The body is no JSON.",
        "Send JSON, as Content-Type: application/json.",
    ),
    HTTPStatus.TOO_MANY_REQUESTS: Answer(
        "TooManyRequests",
        "A limit is reached.",
        "No more requests this minute: the limit is 300. Ask again in 42 s.",
        "Retry-After",
        "RateLimit-Policy",
        "RateLimit",
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: Answer(
        "TooSlow",
        "What was asked takes the database too long: ask for less.",
        "This search takes too long. Ask for less: other words, or fewer filters.",
    ),
}

ALWAYS = (400, 401, 405, 406, 429, 503)
WRITING = (403, 413, 415)


def component(status: int) -> dict:
    """The answer of that status, as a component of the schema."""
    answer = ANSWERS[HTTPStatus(status)]
    said: dict = {"description": answer.when}
    if answer.headers:
        said["headers"] = {
            name: {"$ref": f"#/components/headers/{name}"} for name in answer.headers
        }
    if status >= 400:
        given: HttpResponse = problem(status, answer.detail, **answer.members)
        schema = {"$ref": "#/components/schemas/Problem"}
        said["content"] = {MEDIA_TYPE: {"schema": schema, "example": json.loads(given.content)}}
    return said


def header(name: str) -> dict:
    """A header, as a component of the schema."""
    kind, always, what = HEADERS[name]
    return {"description": what, "required": always, "schema": {"type": KINDS[kind]}}
