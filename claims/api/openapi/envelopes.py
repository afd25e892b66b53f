"""How rows come: a page of a list, or one row; with others beside them."""

from claims.api.viewset import COUNTED

TOTAL = {
    "type": "object",
    "description": "How many rows the whole list has.",
    "properties": {
        "rows": {
            "type": "integer",
            "minimum": 0,
            "maximum": COUNTED,
            "description": "So many, or at least so many.",
        },
        "more": {"type": "boolean", "description": f"Whether there are more than {COUNTED}."},
    },
    "required": ["rows", "more"],
}


def included(rows: dict[str, dict]) -> dict:
    """``rows``: by the name of each resource the schema of its rows."""
    return {
        "type": "object",
        "description": "Rows that were asked for beside: by resource, then by id.",
        "properties": {
            name: {
                "type": "object",
                "description": f"By id, {name}.",
                "additionalProperties": row,
            }
            for name, row in rows.items()
        },
    }


def page(row: dict, total: dict, beside: dict) -> dict:
    """A page of a list of such rows."""

    def address(of: str) -> dict:
        return {
            "type": ["string", "null"],
            "format": "uri",
            "description": f"Address of the {of} page; null if there is none.",
        }

    return {
        "type": "object",
        "properties": {
            "results": {"type": "array", "items": row, "description": "The rows, in their order."},
            "next": address("next"),
            "previous": address("previous"),
            "total": total,
            "included": beside,
        },
        "required": ["results", "next", "previous"],
    }


def alone(row: dict, beside: dict) -> dict:
    """One such row, with what was asked for beside it."""
    return {"allOf": [row, {"type": "object", "properties": {"included": beside}}]}
