"""``fields``: a part of the answer, as ``claims(text,claimReview/url),nextPageToken``.

https://developers.google.com/slides/api/guides/performance#partial
"""

import re

from claims.api.factchecktools.errors import InvalidArgument

TOKENS = re.compile(r"[A-Za-z]\w*|\S")
# What is asked for of each name, or what there is; empty for all of it.
Mask = dict[str, "Mask"]


def parse(text: str, shape: Mask) -> Mask:
    """Read a selector; raises InvalidArgument where it is none, or asks for what is not in
    ``shape``."""
    tokens = TOKENS.findall(text)[::-1]
    try:
        mask = _list(tokens)
    except (IndexError, RecursionError):
        raise _invalid(text) from None
    if tokens:
        raise _invalid(text)
    if unknown := _unknown(mask, shape):
        raise _invalid(unknown)
    return mask


def select(value: object, mask: Mask) -> object:
    """What the mask asks for of JSON."""
    if not mask:
        return value
    if isinstance(value, list):
        return [select(one, mask) for one in value]
    return {
        name: select(inner, mask.get(name, mask.get("*")))
        for name, inner in value.items()
        if name in mask or "*" in mask
    }


def _list(tokens: list[str]) -> Mask:
    """``a,b/c,d(e,f)``: takes tokens from the end; raises IndexError where others are needed."""
    mask: Mask = {}
    while True:
        _merge(mask, *_one(tokens))
        if tokens[-1:] != [","]:
            return mask
        tokens.pop()


def _one(tokens: list[str]) -> tuple[str, Mask]:
    name = tokens.pop()
    if not (name[0].isalpha() or name == "*"):
        raise IndexError
    if tokens[-1:] == ["/"]:
        tokens.pop()
        return name, dict([_one(tokens)])
    if tokens[-1:] == ["("]:
        tokens.pop()
        below = _list(tokens)
        if tokens.pop() != ")":
            raise IndexError
        return name, below
    return name, {}


def _merge(mask: Mask, name: str, below: Mask) -> None:
    """Of a name that is asked for twice, both; all of it where one asks for all."""
    if name not in mask:
        mask[name] = below
    elif not mask[name] or not below:
        mask[name] = {}
    else:
        for inner, deeper in below.items():
            _merge(mask[name], inner, deeper)


def _unknown(mask: Mask, shape: Mask) -> str:
    """The first name that is not in the shape; of any name, what none of them has."""
    for name, below in mask.items():
        inside = list(shape.values()) if name == "*" else [shape[name]] if name in shape else []
        if not inside:
            return name
        missing = [_unknown(below, inner) for inner in inside]
        if all(missing):
            return f"{name}/{missing[0]}"
    return ""


def _invalid(text: str) -> InvalidArgument:
    return InvalidArgument("fields", f"Invalid field selection {text[:40]}")
