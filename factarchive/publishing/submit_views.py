"""The page on which readers suggest a claim or report an error, by the newsroom's own contact."""

from __future__ import annotations

from factarchive.publishing.desk import Desk
from factarchive.publishing.parts import Link, Meta
from factarchive.publishing.phrases import label, phrase
from factarchive.publishing.reports import is_issue_form, report_url
from factarchive.publishing.views import SubmitView

URL = "/submit/"


def submit_view(desk: Desk) -> SubmitView:
    """The ways that the contact in the settings allows: mail, a form for an issue, an address, or none yet."""
    contact = desk.settings.contact
    title = label("page", "submit")
    crumbs = (Link(label("page", "home"), "/"), Link(title, URL))
    text = label("report", "suggestion-text")
    return SubmitView(
        meta=Meta(title, label("intro", "submit"), URL, crumbs=crumbs),
        suggest=report_url(contact, label("report", "suggestion"), text),
        report=report_url(contact, phrase("report", "error", id="…"), label("report", "error-text")),
        form=contact if contact and is_issue_form(contact) else None,
        suggestion=text,
    )
