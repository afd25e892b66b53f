"""Plots: a table in, a figure out, as SVG that needs no script. Nothing here reads the record.

A figure is drawn by templates/claims/plots/figure.html, with its patterns and the table behind it.
Its colours are the variables --plot-0, --plot-1 … of the page: of static/constat.css or, at the
desk, of static/desk/plots.css.
"""

from claims.plots.bars import Plot, columns, rows
from claims.plots.table import Table

__all__ = ["Plot", "Table", "columns", "rows"]
