"""What machines read of a page besides a ClaimReview: the way to it, the newsroom, the site, the article, the scale.

It stands in a block of its own, a @graph, so that a claim's page keeps exactly one ClaimReview on top of its own block.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from factarchive.archive.companions import PageFront
from factarchive.archive.schema import Claim, Correction, Front
from factarchive.archive.site import list_url
from factarchive.archive.verdicts import RULED, Verdict
from factarchive.publishing.desk import Desk
from factarchive.publishing.parts import Meta, SiteInfo

CONTEXT = "https://schema.org"
LANGUAGE = "ar"
_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}
_HEADLINE_MAX = 110

Node = Mapping[str, Any]


def as_json_ld(data: Any) -> Markup:
    """JSON that is safe inside a script element."""
    return Markup(json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES))


def filled(value: Any) -> Any:
    """The same data without what is missing."""
    if isinstance(value, dict):
        return {k: filled(v) for k, v in value.items() if v not in (None, [], (), "")}
    return [filled(v) for v in value] if isinstance(value, list | tuple) else value


def page_graph(meta: Meta, site: SiteInfo, desk: Desk) -> Markup | None:
    """The graph of a page; None where there is nothing to say of it."""
    if not meta.indexed:
        return None
    nodes = [*meta.nodes]
    if len(meta.crumbs) > 1:
        nodes.append(_breadcrumbs(meta, desk))
    if meta.url == "/":
        nodes += [_newsroom(site, desk), _website(site, desk)]
    return as_json_ld(filled({"@context": CONTEXT, "@graph": nodes})) if nodes else None


def publisher(desk: Desk) -> dict[str, Any]:
    """Who signs the reviews."""
    named = desk.settings.publisher
    return {
        "@type": "Organization",
        "name": named.name or desk.settings.title,
        "url": named.url or desk.settings.base_url + "/",
        "logo": named.logo or None,
    }


def corrections(items: Iterable[Correction]) -> list[Node]:
    """Corrections, newest first."""
    newest = sorted(items, key=lambda item: item.on, reverse=True)
    return [{"@type": "CorrectionComment", "text": item.text, "datePublished": item.on.isoformat()} for item in newest]


def article_nodes(front: Front, url: str, desk: Desk) -> tuple[Node, ...]:
    """The check of an article: an article of ours, about another's; of its claims only the ruled ones are named.

    An entry that only holds other desks' reviews is no article of ours.
    """
    if front.claims and all(claim.reviewed_elsewhere for claim in front.claims):
        return ()
    base = desk.settings.base_url
    ruled = [claim for claim in front.claims if claim.ruling.is_made]
    days = sorted(claim.ruling.on for claim in ruled if claim.ruling.on)
    changed = sorted((*days, *(item.on for item in front.corrections)))
    return (
        {
            "@type": "ReportageNewsArticle" if ruled else "Article",
            "headline": front.title[:_HEADLINE_MAX],
            "url": base + url,
            "mainEntityOfPage": base + url,
            "inLanguage": LANGUAGE,
            "datePublished": days[0].isoformat() if days else None,
            "dateModified": changed[-1].isoformat() if ruled else None,
            "author": publisher(desk),
            "publisher": publisher(desk),
            "description": front.summary,
            "keywords": ", ".join(front.topics),
            "about": _article(front),
            "hasPart": [{"@type": "WebPage", "url": f"{base}/claims/{claim.id}/"} for claim in ruled],
            "correction": corrections(front.corrections),
        },
    )


def prose_nodes(front: PageFront, url: str, desk: Desk) -> tuple[Node, ...]:
    """One of the archive's own pages, and when somebody last looked at what it says."""
    reviewed = front.reviewed.isoformat() if front.reviewed else None
    address = desk.settings.base_url + url
    page = {"@type": "WebPage", "name": front.title, "url": address, "inLanguage": LANGUAGE, "lastReviewed": reviewed}
    return (page,)


def scale_nodes(desk: Desk) -> tuple[Node, ...]:
    """The scale as a set of terms: each label, its number as its code, its meaning; only what is ever marked up."""
    ratings = [desk.rating(verdict) for verdict in RULED if verdict is not Verdict.OPINION]
    terms = [
        {
            "@type": "DefinedTerm",
            "name": rating.label,
            "termCode": str(rating.value) if rating.value else None,
            "description": rating.definition,
            "url": desk.settings.base_url + list_url("verdicts", rating.id),
        }
        for rating in ratings
    ]
    address = desk.settings.base_url + list_url("verdicts")
    return ({"@type": "DefinedTermSet", "url": address, "inLanguage": LANGUAGE, "hasDefinedTerm": terms},)


def media_review(claim: Claim, url: str, desk: Desk) -> Node | None:
    """What was done to the image or recording that a ruled claim is about; None where it is about none."""
    if claim.media is None or not claim.ruling.is_made:
        return None
    return {
        "@type": "MediaReview",
        "url": url,
        "author": publisher(desk),
        "datePublished": claim.ruling.on.isoformat() if claim.ruling.on else None,
        "mediaAuthenticityCategory": claim.media.category,
        "originalMediaContextDescription": claim.ruling.summary,
        "itemReviewed": {
            "@type": "MediaReviewItem",
            "mediaItemAppearance": [{"@type": "MediaObject", "contentUrl": claim.media.url}],
        },
    }


def _article(front: Front) -> Node:
    outlet = front.outlet
    return {
        "@type": "NewsArticle",
        "headline": front.title[:_HEADLINE_MAX],
        "url": front.url,
        "datePublished": front.published.isoformat() if front.published else None,
        "author": {"@type": "Person", "name": front.author} if front.author else None,
        "publisher": {"@type": "Organization", "name": outlet.name, "url": outlet.url} if outlet else None,
    }


def _breadcrumbs(meta: Meta, desk: Desk) -> Node:
    items = [
        {"@type": "ListItem", "position": n, "name": crumb.text, "item": desk.settings.base_url + crumb.url}
        for n, crumb in enumerate(meta.crumbs, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _newsroom(site: SiteInfo, desk: Desk) -> Node:
    base = desk.settings.base_url
    stated = {link.url.strip("/"): base + link.url for link in site.pages}
    stated |= {"corrections": base + "/corrections/", "feedback": base + "/submit/"} if site.contact else {}
    policies = {name: stated[slug] for slug, name in reversed(list(_policies().items())) if slug in stated}
    contact = site.contact or ""
    if contact.startswith("http"):
        policies.setdefault("actionableFeedbackPolicy", contact)
    email = contact.removeprefix("mailto:") if contact.startswith("mailto:") else None
    return {
        **publisher(desk),
        "@type": "NewsMediaOrganization",
        "email": email,
        **policies,
        "sameAs": [link.url for link in site.social],
    }


def _website(site: SiteInfo, desk: Desk) -> Node:
    base = desk.settings.base_url
    search = {"@type": "EntryPoint", "urlTemplate": f"{base}/search/?q={{search_term_string}}"}
    return {
        "@type": "WebSite",
        "name": site.title,
        "url": base + "/",
        "description": site.description,
        "inLanguage": LANGUAGE,
        "publisher": publisher(desk),
        "potentialAction": {
            "@type": "SearchAction",
            "target": search,
            "query-input": "required name=search_term_string",
        },
    }


@cache
def _policies() -> Mapping[str, str]:
    return tomllib.loads((files("factarchive.publishing") / "policies.toml").read_text(encoding="utf-8"))
