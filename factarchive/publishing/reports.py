"""Where readers report an error or suggest a claim: the newsroom's own address, with the first lines filled in."""

from __future__ import annotations

from urllib.parse import quote, urlencode, urlsplit

__all__ = ["is_issue_form", "report_url"]


def is_issue_form(contact: str) -> bool:
    """Whether this address is a form for a new issue, which takes a title and a text from its query (GitHub, Gitea)."""
    return urlsplit(contact).path.rstrip("/").endswith("/issues/new")


def report_url(contact: str, subject: str, body: str) -> str | None:
    """The address to write to with subject and text filled in (RFC 6068 for mail); None where there is no contact."""
    if contact.startswith("mailto:"):
        return f"{contact.partition('?')[0]}?{urlencode({'subject': subject, 'body': body}, quote_via=quote)}"
    if contact and is_issue_form(contact):
        return f"{contact.partition('?')[0]}?{urlencode({'title': subject, 'body': body}, quote_via=quote)}"
    return contact or None
