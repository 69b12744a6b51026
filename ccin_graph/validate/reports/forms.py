"""The forms of a report by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccin_graph.store import Store
    from ccin_graph.validate.reports.report import Report

FORMATS = ("text", "json", "csv", "html", "junit", "sarif", "turtle")


def render(report: Report, form: str, store: Store | None = None) -> str:
    """Return a report in one of `FORMATS`.

    Parameters
    ----------
    report : Report
    form : str
    store : Store, optional
        The data that were checked; Turtle takes the terms of values from it.

    Returns
    -------
    str
        Ends with a line break, unless it is empty.
    """
    if form == "text":
        from ccin_graph.validate.reports.as_text import plain

        return plain(report.findings)
    if form == "turtle":
        from ccin_graph.validate.reports.as_turtle import to_turtle

        return to_turtle(report, store)
    # One module a form, imported when it is asked for.
    if form == "json":
        from ccin_graph.validate.reports.as_json import to_json as write
    elif form == "csv":
        from ccin_graph.validate.reports.as_csv import to_csv as write
    elif form == "html":
        from ccin_graph.validate.reports.as_html import to_html as write
    elif form == "junit":
        from ccin_graph.validate.reports.as_junit import to_junit as write
    elif form == "sarif":
        from ccin_graph.validate.reports.as_sarif import to_sarif as write
    else:
        raise ValueError(f"no form {form!r}; the forms are {', '.join(FORMATS)}")
    return write(report)
