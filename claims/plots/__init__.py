"""Plots: a table in, a figure out, as SVG that needs no script. Nothing here reads the record.

A figure is drawn by templates/claims/plots/figure.html, with the table behind it; its colours and
patterns are in static/plots.css. Pages of the desk and public ones draw the same way.
"""

from claims.plots.bars import Plot, columns, rows
from claims.plots.table import Table

__all__ = ["Plot", "Table", "columns", "rows"]
