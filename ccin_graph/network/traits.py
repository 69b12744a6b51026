"""What sets a group apart: the themes, principles or regions that its members have and the others have not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccin_graph.errors import NetworkError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


@dataclass(frozen=True, slots=True)
class Trait:
    r"""A value of an attribute that is more frequent in a group than in the rest.

    Parameters
    ----------
    community : int
        The group.
    attribute, value : str
        Such as ``region`` and ``North West``.
    inside, size : int
        Members of the group that have the value, and members of whom anything is known of the attribute.
    outside, rest : int
        The same for all other nodes.
    lift : float
        How much more frequent it is inside than outside, :math:`\frac{(inside + 1/2) / (size + 1)}{(outside + 1/2) /
        (rest + 1)}`: a relative risk [1]_ of which both shares are estimated with Jeffreys' prior [2]_. The halves keep
        it finite, and near 1 where little is known.

    References
    ----------
    .. [1] J. Cornfield, "A method of estimating comparative rates from clinical data", Journal of the National Cancer
       Institute 11, 1269 (1951).
    .. [2] H. Jeffreys, "An invariant form for the prior probability in estimation problems", Proceedings of the Royal
       Society A 186, 453 (1946). https://doi.org/10.1098/rspa.1946.0056
    """

    community: int
    attribute: str
    value: str
    inside: int
    size: int
    outside: int
    rest: int
    lift: float


def traits(
    members: Mapping[str, int],
    attributes: Mapping[str, Mapping[str, Collection[str]]],
    *,
    at_least: int = 2,
    most: int = 3,
) -> dict[int, list[Trait]]:
    """Return what sets each group apart.

    Parameters
    ----------
    members : mapping of str to int
        The group of every node.
    attributes : mapping of str to mapping
        For each attribute (``theme``, ``principle``, ``region``), the values of each node that has any. A node that
        is missing counts neither inside nor outside.
    at_least : int, optional
        Members of the group that must have a value.
    most : int, optional
        Values for a group.

    Returns
    -------
    dict of int to list of Trait
        For every group, in order, the values with a lift above 1, highest first; equal ones by more members inside,
        then by attribute and value. Empty where nothing sets it apart.

    Raises
    ------
    NetworkError
        If the values of a node are a single string.

    Examples
    --------
    >>> members = {"a": 1, "b": 1, "x": 2, "y": 2}
    >>> region = {"a": ["Wales"], "b": ["Wales"], "x": ["London"], "y": ["Wales"]}
    >>> found = traits(members, {"region": region})
    >>> community_label(found[1]), community_label(found[2])
    ('Wales (2 of 2)', '')
    """
    values = {
        name: {node: frozenset(_several(name, node, given[node])) for node in sorted(set(given) & set(members))}
        for name, given in sorted(attributes.items())
    }
    result: dict[int, list[Trait]] = {community: [] for community in sorted(set(members.values()))}
    for name, given in values.items():
        known = {node: found for node, found in given.items() if found}
        sizes = dict.fromkeys(result, 0)
        counts: dict[tuple[int, str], int] = {}
        totals: dict[str, int] = {}
        for node, found in known.items():
            sizes[members[node]] += 1
            for value in sorted(found):
                counts[members[node], value] = counts.get((members[node], value), 0) + 1
                totals[value] = totals.get(value, 0) + 1
        for (community, value), inside in counts.items():
            size, outside = sizes[community], totals[value] - inside
            rest = len(known) - size
            lift = (inside + 0.5) / (size + 1) / ((outside + 0.5) / (rest + 1))
            if inside >= at_least and rest and lift > 1:
                result[community].append(Trait(community, name, value, inside, size, outside, rest, lift))
    for found_traits in result.values():
        found_traits.sort(key=lambda trait: (-trait.lift, -trait.inside, trait.attribute, trait.value))
        del found_traits[most:]
    return result


def community_label(found: Collection[Trait]) -> str:
    """Return a group's traits in words: values, each with how many of those members of whom it is known have it.

    Parameters
    ----------
    found : collection of Trait
        What :func:`traits` gives for the group.

    Returns
    -------
    str
        Empty where nothing sets the group apart.

    Examples
    --------
    >>> community_label([Trait(1, "theme", "Housing", 3, 4, 1, 10, 3.6)])
    'Housing (3 of 4)'
    """
    return " · ".join(f"{trait.value} ({trait.inside} of {trait.size})" for trait in found)


def _several(name: str, node: str, given: Collection[str]) -> Collection[str]:
    """Return the values of a node after checking that they are several."""
    if isinstance(given, str):
        raise NetworkError(f"{name} of {node}: values are given one by one, not as {given!r}")
    return given
