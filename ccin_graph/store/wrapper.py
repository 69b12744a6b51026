"""SPARQLWrapper with our way of sending: it makes the request, `ServiceClient` does the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from SPARQLWrapper import SPARQLWrapper

from ccin_graph import __version__

if TYPE_CHECKING:
    from ccin_graph.store.http import Answer, ServiceClient


class Wrapper(SPARQLWrapper):  # type: ignore[misc,unused-ignore]
    """A request to a SPARQL service.

    SPARQLWrapper sends with urllib's common opener, which shows credentials to whatever host it is redirected to, knows
    no second attempt and throws the headers of refusals away.

    Parameters
    ----------
    endpoint : str
    client : ServiceClient
    """

    def __init__(self, endpoint: str, client: ServiceClient) -> None:
        self._client = client
        super().__init__(endpoint, agent=f"ccin-graph/{__version__}")

    def set_query(self, text: str, form: str) -> None:
        """Set the query.

        Parameters
        ----------
        text : str
            Without comments.
        form : str
            ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``. SPARQLWrapper would search the text for a word like one,
            and take a query with "add" in a comment for an update.
        """
        self.queryString = text
        self.queryType = form

    def answer(self) -> Answer:
        """Send the request.

        Returns
        -------
        Answer

        Raises
        ------
        EndpointError
            See `ServiceClient.send`.
        """
        return self._client.send(self._createRequest())
