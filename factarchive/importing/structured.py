"""ClaimReview objects, DataFeeds, answers of the Tools API, flat records: each review in them as a Record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from factarchive.importing.records import Record
from factarchive.problems import Place, Problem, problem

Found = Record | Problem
_FLAT = ("claim", "claimant", "claim_date", "publisher", "url", "review_date", "rating", "lang")
_PLURAL = ("dataFeedElement", "@graph", "itemListElement")


class Reader:
    """Counts the reviews of one file as it finds them."""

    def __init__(self) -> None:
        self.count = 0

    def read(self, value: Any, place: Place, *, strange: bool = True) -> Iterator[Found]:
        """Every review within a JSON value, in its order; with `strange`, a Problem for each object that is none."""
        waiting = [value]
        while waiting:
            node = waiting.pop()
            if isinstance(node, list):
                waiting += reversed(node)
            elif isinstance(node, Mapping):
                inner = _inner(node)
                if inner is None:
                    yield from self._reviews(node, place, strange=strange)
                waiting += reversed(inner or [])
            elif strange and node is not None:
                yield self._no_review(place)

    def _reviews(self, node: Mapping[str, Any], place: Place, *, strange: bool) -> Iterator[Found]:
        fields: Iterable[dict[str, Any]] = ()
        if _is_review(node):
            fields = (_of_review(node),)
        elif isinstance(node.get("claimReview"), list | Mapping):
            fields = (_of_result(node, review) for review in _all(node["claimReview"]))
        elif "claim" in node and ({"rating", "url", "review_title"} & node.keys()):
            fields = (_of_flat(node),)
        elif _is_index(node):
            yield problem(place, "import-parts")
            return
        elif strange:
            yield self._no_review(place)
        for found in fields:
            self.count += 1
            yield Record(place, self.count, **found)

    def _no_review(self, place: Place) -> Problem:
        self.count += 1
        return problem(place, "import-not-a-review", n=self.count)


def _inner(node: Mapping[str, Any]) -> list[Any] | None:
    """What an object that only holds others holds; None where it is to be read itself."""
    held = [node[name] for name in _PLURAL if isinstance(node.get(name), list | Mapping)]
    if "DataFeedItem" in _kinds(node) or (node.keys() <= {"@type", "item", "position", "name"} and "item" in node):
        held.append(node.get("item") or [])
    if isinstance(node.get("claims"), list) and "claim" not in node and node["claims"]:
        held.append(node["claims"])
    return held if held and any(held) else (None if _is_index(node) or not held else [])


def _is_index(node: Mapping[str, Any]) -> bool:
    """Whether this lists the parts of a file and holds no rows."""
    parts = node.get("hasPart") or node.get("parts")
    return bool(parts) and isinstance(parts, list) and not (node.get("dataFeedElement") or node.get("claims"))


def _kinds(node: Mapping[str, Any]) -> list[str]:
    return [str(kind).rpartition("/")[2] for kind in _all(node.get("@type")) if isinstance(kind, str)]


def _is_review(node: Mapping[str, Any]) -> bool:
    return "ClaimReview" in _kinds(node) or "claimReviewed" in node


def _of_review(node: Mapping[str, Any]) -> dict[str, Any]:
    item = _one(node.get("itemReviewed"))
    claim = item if isinstance(item, Mapping) else {}
    who = _publisher(node)
    said_by = _one(claim.get("author"))
    return {
        "claim": _text(node.get("claimReviewed")) or _text(claim.get("text")),
        "claimant": _text(said_by) or _url(said_by),
        "claim_date": _text(claim.get("datePublished")) or _text(claim.get("dateCreated")),
        "publisher": _text(who),
        "site": _url(who),
        "url": _url(node.get("url")) or _text(node.get("url")) or _url(node.get("mainEntityOfPage")),
        "title": _text(node.get("headline")) or _text(node.get("name")),
        "review_date": _text(node.get("datePublished")) or _text(node.get("dateCreated")),
        "rating": _rating(_one(node.get("reviewRating"))),
        "lang": _text(node.get("inLanguage")),
        "summary": _text(node.get("text")) or _text(node.get("reviewBody")) or _explained(node),
        "keywords": _keywords(node.get("keywords")),
        "appearances": tuple(
            url for name in ("firstAppearance", "appearance") for it in _all(claim.get(name)) if (url := _url(it))
        ),
    }


def _of_result(node: Mapping[str, Any], review: Any) -> dict[str, Any]:
    told = review if isinstance(review, Mapping) else {}
    who = told.get("publisher")
    return {
        "claim": _text(node.get("text")),
        "claimant": _text(node.get("claimant")),
        "claim_date": _text(node.get("claimDate")),
        "publisher": _text(who),
        "site": _text(who.get("site")) if isinstance(who, Mapping) else "",
        "url": _text(told.get("url")),
        "title": _text(told.get("title")),
        "review_date": _text(told.get("reviewDate")),
        "rating": _text(told.get("textualRating")),
        "lang": _text(told.get("languageCode")),
    }


def _of_flat(node: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _text(node.get(name)) for name in _FLAT} | {
        "site": _text(node.get("publisher_site")),
        "title": _text(node.get("review_title")),
        "keywords": _keywords(node.get("keywords")),
        "summary": _text(node.get("summary")),
    }


def _publisher(node: Mapping[str, Any]) -> Any:
    """The desk: the author, unless that is a person and a publisher is named beside."""
    author, publisher = _one(node.get("author")), _one(node.get("publisher"))
    is_person = isinstance(author, Mapping) and "Person" in _kinds(author)
    return publisher if publisher and (is_person or not author) else author


def _rating(rating: Any) -> str:
    if not isinstance(rating, Mapping):
        return _text(rating)
    word = _text(rating.get("alternateName")) or _text(rating.get("name"))
    value, best = _text(rating.get("ratingValue")), _text(rating.get("bestRating"))
    return word or (f"{value}/{best}" if value and best else value)


def _explained(node: Mapping[str, Any]) -> str:
    rating = _one(node.get("reviewRating"))
    return _text(rating.get("ratingExplanation")) if isinstance(rating, Mapping) else ""


def _keywords(value: Any) -> tuple[str, ...]:
    words = value.replace("\u060c", ",").split(",") if isinstance(value, str) else map(_text, _all(value))
    return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))


def _text(value: Any) -> str:
    """The text that a value is or is called: JSON-LD lets one stand alone, in a list, or as a name."""
    one = _one(value)
    if isinstance(one, Mapping):
        one = _one(one.get("name") or one.get("@value") or one.get("alternateName"))
    if isinstance(one, bool) or one is None:
        return ""
    return one.strip() if isinstance(one, str) else str(one) if isinstance(one, int | float) else ""


def _url(value: Any) -> str:
    one = _one(value)
    if isinstance(one, Mapping):
        one = _one(one.get("url") or one.get("@id") or one.get("sameAs"))
    return one.strip() if isinstance(one, str) else ""


def _one(value: Any) -> Any:
    while isinstance(value, list):
        value = next((item for item in value if item), None)
    return value


def _all(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
