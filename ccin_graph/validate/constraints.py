"""The constraints and paths of SHACL Core, each over a whole set of nodes or values.

Terms are texts, as N-Triples writes them. A *test* takes values and returns those that are wrong, whatever node they
belong to. A *check* takes nodes with their values, because it counts or compares the values of a node.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property, partial
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from ccin_graph.validate.literals import compare, parts, unescaped, well_formed
from ccin_graph.validate.triples import reached

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from ccin_graph.validate.triples import Triples, Values

    #: From values to those that are wrong.
    Test = Callable[[set[str]], set[str]]
    #: From nodes and their values to what fails.
    Check = Callable[["Reached"], Iterable["Failure"]]
    #: From nodes to the values that a path leads to from each.
    Path = Callable[[Iterable[str]], Values]

#: A piece of a regular expression that XPath and Python read alike.
_PIECE = re.compile(r"\\[^\w\s]|\\[dntr]|\[\^?(?:\\(?:[^\w\s]|d)|[^\[\]\\])+\]|\(\?:|\((?!\?)|[^\\\[\](]")
#: What Python reads otherwise: to it, "$" is also before a line break at the end.
_REWRITTEN = {"$": r"\Z", ".": r"[^\n\r]"}


class BeyondCore(Exception):
    """The shapes ask for more than is known here; another engine has to look."""


class Failure(NamedTuple):
    """A node that fails.

    Parameters
    ----------
    node : str
    value : str, optional
    property : str, optional
        Where it is another than the path of the shape.
    """

    node: str
    value: str | None = None
    property: str | None = None


class Reached:
    """Nodes, and the values that a path leads to from each.

    Parameters
    ----------
    path : callable or None
        None where a node is its own value.
    nodes : set of str
    """

    def __init__(self, path: Path | None, nodes: set[str]) -> None:
        self.nodes = nodes
        self.values = path(nodes) if path else None

    @cached_property
    def distinct(self) -> set[str]:
        """Every value of the nodes."""
        return self.nodes if self.values is None else set(chain.from_iterable(self.lists))

    @cached_property
    def lists(self) -> list[list[str]]:
        """The values of each node that has any."""
        if self.values is None:
            return [[node] for node in self.nodes]
        return list(filter(None, map(self.values.get, self.nodes)))

    def of(self, node: str) -> list[str]:
        """Return the values of a node."""
        return [node] if self.values is None else self.values.get(node, [])

    def holding(self, wrong: Collection[str]) -> Iterator[Failure]:
        """Yield each node that has one of some values, with it."""
        if wrong:
            for node in self.nodes:
                for value in self.of(node):
                    if value in wrong:
                        yield Failure(node, value)

    def having(self, wrong: Callable[[list[str]], bool]) -> Iterator[Failure]:
        """Yield each node whose values are wrong together."""
        if self.values is None:
            return (Failure(node) for node in self.nodes if wrong([node]))
        get = self.values.get
        return (Failure(node) for node in self.nodes if wrong(get(node, _NOTHING)))


_NOTHING: list[str] = []


# Tests of values


def outside(allowed: frozenset[str], values: set[str]) -> set[str]:
    """``sh:class`` and ``sh:in``."""
    return values - allowed


def of_no_kind(signs: str, values: set[str]) -> set[str]:
    """``sh:nodeKind``, by the first character of a term."""
    return {one for one in values if one[0] not in signs}


def datatype_test(datatype: str) -> Test:
    """``sh:datatype``: the datatype, and a text that is one of it."""
    is_right = well_formed(datatype)
    # Nearly all values are written in the plainest way, and need not be taken apart.
    ending = f'"^^<{datatype}>'

    def wrong(values: set[str]) -> set[str]:
        found = set()
        for one in values:
            if one.endswith(ending):
                if not is_right(unescaped(one[1 : -len(ending)])):
                    found.add(one)
            elif one[0] != '"' or parts(one)[2] != datatype:
                found.add(one)
        return found

    return wrong


def beyond(is_met: Callable[[int | None], bool], bound: str, values: set[str]) -> set[str]:
    """``sh:minInclusive`` and its like; what cannot be compared is wrong."""
    return {one for one in values if not is_met(compare(one, bound))}


def shorter(least: int, values: set[str]) -> set[str]:
    """``sh:minLength``."""
    return {one for one in values if one[0] == "_" or len(_text(one)) < least}


def longer(most: int, values: set[str]) -> set[str]:
    """``sh:maxLength``."""
    return {one for one in values if one[0] == "_" or len(_text(one)) > most}


def pattern_test(pattern: str, flags: str) -> Test:
    """``sh:pattern``, where XPath and Python read the pattern alike."""
    pieces = _PIECE.findall(pattern)
    if flags not in ("", "i") or "".join(pieces) != pattern:
        raise BeyondCore(f"the pattern {pattern}")
    try:
        expression = re.compile("".join(_REWRITTEN.get(one, one) for one in pieces), re.IGNORECASE if flags else 0)
    except re.error as error:
        raise BeyondCore(f"the pattern {pattern}") from error
    search = expression.search
    return lambda values: {one for one in values if one[0] == "_" or not search(_text(one))}


def in_no_language(ranges: list[str], values: set[str]) -> set[str]:
    """``sh:languageIn``."""
    return {one for one in values if not _in_language(one, ranges)}


def _in_language(term: str, ranges: list[str]) -> bool:
    tag = term[term.rindex('"') + 1 :].lower() if term[0] == '"' else ""
    return tag.startswith("@") and any(wanted == "*" or f"{tag[1:]}-".startswith(f"{wanted}-") for wanted in ranges)


def _text(term: str) -> str:
    return parts(term)[0] if term[0] == '"' else unescaped(term[1:-1])


def not_all(tests: list[Test], values: set[str]) -> set[str]:
    """``sh:and``."""
    return set[str]().union(*(test(values) for test in tests))


def none(tests: list[Test], values: set[str]) -> set[str]:
    """``sh:or``."""
    for test in tests:
        values = test(values)
    return values


def not_one(tests: list[Test], values: set[str]) -> set[str]:
    """``sh:xone``."""
    met = Counter(chain.from_iterable(values - test(values) for test in tests))
    return {one for one in values if met[one] != 1}


def unlike(test: Test, values: set[str]) -> set[str]:
    """``sh:not``."""
    return values - test(values)


#: When a term stands on the right side of another, by how `compare` orders the two.
ORDERS: dict[str, Callable[[int | None], bool]] = {
    "minExclusive": lambda order: order is not None and order > 0,
    "minInclusive": lambda order: order is not None and order >= 0,
    "maxExclusive": lambda order: order is not None and order < 0,
    "maxInclusive": lambda order: order is not None and order <= 0,
}


# Checks of nodes


def too_few(least: int, found: Reached) -> Iterable[Failure]:
    """``sh:minCount``."""
    if least == 1 and found.values is not None:
        # What has an entry has a value, so there is nothing to count.
        return map(Failure, found.nodes.difference(found.values))
    return found.having(lambda values: len(values) < least)


def too_many(most: int, found: Reached) -> Iterable[Failure]:
    """``sh:maxCount``."""
    if most and found.values is not None and max(map(len, found.lists), default=0) <= most:
        return ()
    return found.having(lambda values: len(values) > most)


def without(wanted: str, found: Reached) -> Iterable[Failure]:
    """``sh:hasValue``."""
    return found.having(lambda values: wanted not in values)


def several_in_a_language(found: Reached) -> Iterator[Failure]:
    """``sh:uniqueLang``."""
    for node in found.nodes:
        values = found.of(node)
        if len(values) > 1:
            tags = Counter(parts(one)[1].lower() for one in values if one[0] == '"')
            yield from (Failure(node) for tag, times in tags.items() if tag and times > 1)


def not_qualified(wrong: Callable[[int], bool], tests: list[Test], found: Reached) -> Iterator[Failure]:
    """``sh:qualifiedMinCount`` and ``sh:qualifiedMaxCount``; the tests after the first are those of the siblings."""
    met = found.distinct - tests[0](found.distinct)
    for sibling in tests[1:]:
        met = sibling(met)
    return found.having(lambda values: wrong(sum(one in met for one in values)))


def not_closed(allowed: frozenset[str], triples: Triples, found: Reached) -> Iterator[Failure]:
    """``sh:closed``."""
    held = triples.by_subject
    open_ones = {one for one in found.distinct if not allowed.issuperset(held.get(one, ()))}
    for node, value, _ in found.holding(open_ones):
        assert value is not None
        for name in set(held[value]) - allowed:
            yield from (Failure(node, one, name) for one in triples.of(name)[value])


def unequal(others: Values, found: Reached) -> Iterator[Failure]:
    """``sh:equals``."""
    for node in found.nodes:
        for value in set(found.of(node)).symmetric_difference(others.get(node, ())):
            yield Failure(node, value)


def shared(others: Values, found: Reached) -> Iterator[Failure]:
    """``sh:disjoint``."""
    for node in found.nodes & others.keys():
        for value in set(found.of(node)).intersection(others[node]):
            yield Failure(node, value)


def not_below(is_met: Callable[[int | None], bool], others: Values, found: Reached) -> Iterator[Failure]:
    """``sh:lessThan`` and ``sh:lessThanOrEquals``, for each pair of values."""
    for node in found.nodes & others.keys():
        for value in found.of(node):
            yield from (Failure(node, value) for other in others[node] if not is_met(compare(value, other)))


#: Checks that compare the values with those of another property.
COMPARED: dict[str, Callable[[Values, Reached], Iterator[Failure]]] = {
    "equals": unequal,
    "disjoint": shared,
    "lessThan": partial(not_below, ORDERS["maxExclusive"]),
    "lessThanOrEquals": partial(not_below, ORDERS["maxInclusive"]),
}


# Paths


def in_turn(paths: list[Path], nodes: Iterable[str]) -> Values:
    """Follow paths one after the other."""
    found = {node: [node] for node in nodes}
    for path in paths:
        values = path(set(chain.from_iterable(found.values())))
        for node, held in found.items():
            found[node] = list(dict.fromkeys(chain.from_iterable(values.get(one, ()) for one in held)))
    return {node: held for node, held in found.items() if held}


def either(paths: list[Path], nodes: Iterable[str]) -> Values:
    """Follow several paths from the same nodes."""
    nodes = list(nodes)
    ways = [path(nodes) for path in paths]
    found = {node: list(dict.fromkeys(chain.from_iterable(way.get(node, ()) for way in ways))) for node in nodes}
    return {node: held for node, held in found.items() if held}


def any_times(path: Path, nodes: Iterable[str]) -> Values:
    """Follow a path any number of times, and none."""
    nodes = set(nodes)
    steps: Values = {}
    waiting = nodes
    while waiting:
        values = path(waiting)
        steps |= {node: values.get(node, []) for node in waiting}
        waiting = set(chain.from_iterable(steps[node] for node in waiting)) - steps.keys()
    return {node: reached(steps, node) for node in nodes}


def once_or_more(path: Path, nodes: Iterable[str]) -> Values:
    """Follow a path once or any number of times."""
    return in_turn([path, partial(any_times, path)], nodes)


def at_most_once(path: Path, nodes: Iterable[str]) -> Values:
    """Follow a path once, or not."""
    nodes = list(nodes)
    values = path(nodes)
    return {node: list(dict.fromkeys([node, *values.get(node, ())])) for node in nodes}


REPEATED: dict[str, Callable[[Path, Iterable[str]], Values]] = {
    "zeroOrMorePath": any_times,
    "oneOrMorePath": once_or_more,
    "zeroOrOnePath": at_most_once,
}
