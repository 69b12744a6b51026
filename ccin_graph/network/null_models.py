"""What chance alone would give: two-mode graphs with the same numbers of ties, in two ways.

Both keep how many projects each organisation and how many organisations each project has: the bipartite configuration
model on average, over graphs of any such size; the randomisation by trades exactly. Rows are organisations, columns
projects; matrices are of zeros and ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from ccin_graph.errors import NetworkError
from ccin_graph.network.bipartite import sides

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx
    import numpy as np

BURN_IN = 100
"""Rounds of trades before the first sample."""

THINNING = 5
"""Rounds of trades from one sample to the next."""

BATCH = 25
"""Samples that are counted at a time."""

EXACTNESS = 1e-6
"""How far a node's expected number of ties may lie off the real one."""


def tie_probabilities(matrix: np.ndarray) -> np.ndarray:
    r"""Return the probability of every tie in the bipartite configuration model.

    Of all models that keep the number of ties of every node on average, the one of the largest entropy [1]_:
    :math:`P_{ip} = x_i y_p / (1 + x_i y_p)` with :math:`\sum_p P_{ip} = k_i` and :math:`\sum_i P_{ip} = d_p`, solved by
    the package ``bicm`` [2]_. A node with all the ties that it can have is certain to have them, one without ties
    certain to have none: they are set aside before solving.

    Parameters
    ----------
    matrix : numpy.ndarray
        Which row has a tie with which column.

    Returns
    -------
    numpy.ndarray
        Probabilities, of the shape of `matrix`.

    Raises
    ------
    NetworkError
        If ``bicm`` is not installed or finds no solution.

    References
    ----------
    .. [1] F. Saracco, R. Di Clemente, A. Gabrielli, T. Squartini, "Randomizing bipartite networks: the case of the
       World Trade Web", Scientific Reports 5, 10595 (2015). https://doi.org/10.1038/srep10595
    .. [2] M. Bruno, "BiCM: Bipartite Configuration Model", https://github.com/mat701/BiCM

    Examples
    --------
    >>> import numpy as np
    >>> tie_probabilities(np.array([[1, 1], [0, 0]])).tolist()
    [[1.0, 1.0], [0.0, 0.0]]
    """
    import numpy as np

    result = np.zeros(matrix.shape)
    rows, columns = np.arange(matrix.shape[0]), np.arange(matrix.shape[1])
    while len(rows) and len(columns):
        part = matrix[np.ix_(rows, columns)]
        by_row, by_column = part.sum(axis=1), part.sum(axis=0)
        result[np.ix_(rows[by_row == len(columns)], columns)] = 1.0
        result[np.ix_(rows, columns[by_column == len(rows)])] = 1.0
        open_rows, open_columns = (by_row > 0) & (by_row < len(columns)), (by_column > 0) & (by_column < len(rows))
        if open_rows.all() and open_columns.all():
            result[np.ix_(rows, columns)] = _solved(part)
            break
        rows, columns = rows[open_rows], columns[open_columns]
    return result


def _solved(matrix: np.ndarray) -> np.ndarray:
    """Return the probabilities by bicm, whose import takes seconds and warns."""
    import contextlib
    import importlib
    import io
    import warnings

    import numpy as np

    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        try:
            bicm: Any = importlib.import_module("bicm")
        except ImportError as missing:
            raise NetworkError(
                "the bipartite configuration model needs bicm, which is not installed", remedy="Install bicm."
            ) from missing
        model = bicm.BipartiteGraph(matrix.astype(np.int64))
        model.solve_tool(print_error=False, tol=1e-12)
        found: np.ndarray = np.asarray(model.get_bicm_matrix(), dtype=float)
    off = max(np.abs((found - matrix).sum(axis=axis)).max() for axis in (0, 1))
    if not off <= EXACTNESS:
        raise NetworkError(f"the bipartite configuration model was not solved: a number of ties is {off:.2g} off")
    return found


def tails(probabilities: np.ndarray, most: int) -> list[float]:
    """Return the chances that so many of independent events happen: 0 or more, 1 or more, up to `most`.

    Parameters
    ----------
    probabilities : numpy.ndarray
        The probability of each event.
    most : int
        The largest count asked for.

    Returns
    -------
    list of float
        The upper tail of the Poisson binomial distribution, by exact convolution.

    Examples
    --------
    >>> import numpy as np
    >>> tails(np.array([0.5, 0.5]), 2)
    [1.0, 0.75, 0.25]
    """
    import numpy as np

    # reached[k]: the chance that k or more happened so far; all terms are positive, so that small tails stay exact
    reached = np.zeros(most + 1)
    reached[0] = 1.0
    for chance in probabilities.tolist():
        if chance:
            reached[1:] += chance * (reached[:-1] - reached[1:])
    result: list[float] = reached.tolist()
    return result


def trades(matrix: np.ndarray, *, samples: int, seed: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield random matrices with the same sums of rows and columns, each as likely as any other.

    The curveball randomisation [1]_ in its global form [2]_: in a round, all rows are paired at random; of what only
    one of a pair has, each gets as many as before, drawn at random. The chain starts with the matrix itself, runs
    :data:`BURN_IN` rounds, and gives a sample every :data:`THINNING` rounds.

    Parameters
    ----------
    matrix : numpy.ndarray
        Which row has a tie with which column.
    samples : int
        How many to yield.
    seed : int
        The same seed gives the same samples.

    Yields
    ------
    tuple of two numpy.ndarray
        Row and column of every tie.

    References
    ----------
    .. [1] G. Strona, D. Nappo, F. Boccacci, S. Fattorini, J. San-Miguel-Ayanz, "A fast and unbiased procedure to
       randomize ecological binary matrices with fixed row and column totals", Nature Communications 5, 4114 (2014).
       https://doi.org/10.1038/ncomms5114
    .. [2] C. J. Carstens, A. Berger, G. Strona, "A unifying framework for fast randomization of ecological networks
       with fixed (node) degrees", MethodsX 5, 773 (2018). https://doi.org/10.1016/j.mex.2018.06.018

    Examples
    --------
    >>> import numpy as np
    >>> [(rows.tolist(), columns.tolist()) for rows, columns in trades(np.array([[1, 1], [1, 0]]), samples=1, seed=1)]
    [([0, 0, 1], [0, 1, 0])]
    """
    import numpy as np

    chance = np.random.default_rng(seed)
    owner, item = np.nonzero(matrix)
    for sample in range(samples):
        for _ in range(THINNING if sample else BURN_IN):
            owner = _round(owner, item, matrix.shape, chance)
        yield owner, item


def _round(owner: np.ndarray, item: np.ndarray, shape: tuple[int, ...], chance: np.random.Generator) -> np.ndarray:
    """Return the owners of items after every row has traded with one other (one sits out if they are odd)."""
    import numpy as np

    pair_of = np.empty(shape[0], dtype=np.int64)
    pair_of[chance.permutation(shape[0])] = np.arange(shape[0]) // 2
    pair = pair_of[owner]
    cell = pair * shape[1] + item
    order = np.argsort(cell, kind="stable")
    ordered = cell[order]
    same = ordered[1:] == ordered[:-1]  # both of the pair have it
    alone = np.ones(len(order), dtype=bool)
    alone[1:] &= ~same
    alone[:-1] &= ~same
    free = order[alone]  # sorted by pair
    drawn = free[np.argsort(pair[free] + chance.random(len(free)), kind="stable")]
    owner = owner.copy()
    owner[free] = owner[drawn]
    return owner


def shared_counts(matrix: np.ndarray, *, samples: int, seed: int) -> dict[tuple[int, int], tuple[list[int], int]]:
    """Count how often two rows share so many columns in random matrices with the same sums.

    Rows with equal sums cannot be told apart by chance, so that all pairs of rows with the same two sums are draws from
    one distribution and are counted together.

    Parameters
    ----------
    matrix : numpy.ndarray
        Which row has a tie with which column.
    samples, seed : int
        As for :func:`trades`.

    Returns
    -------
    dict of tuple of two int to tuple
        For two sums, the smaller first: how often 0 or more columns were shared, 1 or more, and so on up to the smaller
        sum; and the number of draws, pairs times samples.
    """
    import numpy as np
    from scipy.sparse import csr_array

    sums = matrix.sum(axis=1).astype(np.int64)
    kinds, kind, rows_of = np.unique(sums, return_inverse=True, return_counts=True)
    width, depth = len(kinds), int(sums.max(initial=0)) + 1
    flat = np.zeros(width * width * depth, dtype=np.int64)
    chain = trades(matrix, samples=samples, seed=seed)
    while batch := list(islice(chain, BATCH)):
        # one product for the whole batch: its samples stand in blocks of their own
        owner = np.concatenate([rows + block * matrix.shape[0] for block, (rows, _) in enumerate(batch)])
        item = np.concatenate([columns + block * matrix.shape[1] for block, (_, columns) in enumerate(batch)])
        shape = (len(batch) * matrix.shape[0], len(batch) * matrix.shape[1])
        held = csr_array((np.ones(len(owner), dtype=np.int32), (owner, item)), shape=shape)
        together = (held @ held.T).tocoo()
        one, other = together.coords
        upper = one < other
        first, second = kind[one[upper] % matrix.shape[0]], kind[other[upper] % matrix.shape[0]]
        place = (np.minimum(first, second) * width + np.maximum(first, second)) * depth + together.data[upper]
        flat += np.bincount(place, minlength=len(flat))
    counts = flat.reshape(width, width, depth)
    result: dict[tuple[int, int], tuple[list[int], int]] = {}
    for a, few in enumerate(kinds.tolist()):
        for b, many in enumerate(kinds.tolist()[a:], start=a):
            pairs = int(rows_of[a] * (rows_of[a] - 1) // 2 if a == b else rows_of[a] * rows_of[b])
            reached = counts[a, b, : few + 1][::-1].cumsum()[::-1].tolist()
            result[few, many] = ([pairs * samples, *reached[1:]], pairs * samples)
    return result


@dataclass(frozen=True, slots=True)
class NullModels:
    """Both null models of one two-mode graph, made once for all its projections.

    Parameters
    ----------
    degrees : dict of str to int
        The number of projects of every organisation; all that the models know of it.
    expected : dict of tuple of two int to float
        For two numbers of projects, the smaller first, how many the configuration model expects in common.
    exact : dict of tuple of two int to list of float
        The chances in the configuration model of 0 or more in common, 1 or more, and so on.
    sampled : dict of tuple of two int to tuple
        What :func:`shared_counts` gives.
    methods : str
        How they were made, as part of a paragraph for a paper.
    """

    degrees: dict[str, int]
    expected: dict[tuple[int, int], float]
    exact: dict[tuple[int, int], list[float]]
    sampled: dict[tuple[int, int], tuple[list[int], int]]
    methods: str


def null_models(graph: nx.Graph[str], *, samples: int = 5000, seed: int = 1) -> NullModels:
    """Make both null models of a two-mode graph.

    Parameters
    ----------
    graph : networkx.Graph
        What :func:`~ccin_graph.network.bipartite.organisation_project_graph` returns. Its whole matrix is held in
        memory, so that this is for thousands of organisations and projects, not for millions.
    samples : int, optional
        Random graphs of the second model. Two organisations whose numbers of projects nobody else has are drawn once
        in each, so that among *t* pairs tested at the rate *r*, some :math:`t / r` samples divided by the number of
        survivors are needed to keep their tie; :class:`~ccin_graph.network.significance.Backbone` counts what was
        undecided.
    seed : int, optional
        Of the second model.

    Returns
    -------
    NullModels
        Without entries where there are no ties.

    Raises
    ------
    NetworkError
        If the graph is not bipartite, `samples` is below 1, or ``bicm``, an extra, is not installed.
    """
    import networkx as nx
    import numpy as np

    if samples < 1:
        raise NetworkError(f"{samples} samples", remedy="Take at least one; thousands for anything published.")
    organisations, projects = sides(graph)
    ties = graph.number_of_edges()
    text = (
        f"two null models of the two-mode graph of {len(organisations)} organisations and {len(projects)} projects "
        f"with {ties} {'tie' if ties == 1 else 'ties'}: the bipartite configuration model (Saracco et al. 2015, 2017; "
        "bicm), with exact Poisson binomial tails, and the curveball randomisation (Strona et al. 2014, in the global "
        f"form of Carstens et al. 2018), with {samples} samples, {THINNING} rounds apart after {BURN_IN}, pooled over "
        f"pairs of equal numbers of projects, seed {seed}"
    )
    if not ties:
        return NullModels(dict.fromkeys(organisations, 0), {}, {}, {}, text)
    matrix: np.ndarray = nx.bipartite.biadjacency_matrix(graph, organisations, projects, weight=None).toarray()
    matrix = (matrix != 0).astype(np.int64)
    degrees: list[int] = matrix.sum(axis=1).tolist()
    row_of = {degree: row for row, degree in enumerate(degrees)}
    sampled = shared_counts(matrix, samples=samples, seed=seed)
    probabilities = tie_probabilities(matrix)
    expected, exact = {}, {}
    for few, many in sampled:
        joint = probabilities[row_of[few]] * probabilities[row_of[many]]
        expected[few, many] = float(joint.sum())
        exact[few, many] = tails(joint, few)
    return NullModels(dict(zip(organisations, degrees, strict=True)), expected, exact, sampled, text)
