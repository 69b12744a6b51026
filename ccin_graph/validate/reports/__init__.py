"""Findings in every form that people and machines read them in.

===========  ======================================================================================
``text``     one line a finding; on a terminal grouped by file, see `ccin_graph.validate.reports.as_text`
``json``     a stable structure, see `ccin_graph.validate.reports.as_json`
``csv``      a row a finding, for spreadsheets
``html``     one page that needs nothing else
``junit``    JUnit XML, for continuous integration
``sarif``    SARIF 2.1.0, for editors and code hosts
``turtle``   a ``sh:ValidationReport``
===========  ======================================================================================

All are the same to the byte for the same findings.
"""

from ccin_graph.validate.reports.forms import FORMATS, render
from ccin_graph.validate.reports.report import Entry, Report, make_report

__all__ = ["FORMATS", "Entry", "Report", "make_report", "render"]
