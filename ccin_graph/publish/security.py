"""The headers that every answer of a server has, beside the policy that each page carries itself."""

from __future__ import annotations

#: What a page may load and do: its own folder, nothing inline.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
)
#: The page that runs queries in the browser compiles WebAssembly.
_SCRIPTS_OF = {"ask.html": "script-src 'self' 'wasm-unsafe-eval'"}


def headers(path: str) -> dict[str, str]:
    """Return the headers of a file of the site.

    Parameters
    ----------
    path : str
        From the top of the site.

    Returns
    -------
    dict of str to str

    Examples
    --------
    >>> headers("ask.html")["Content-Security-Policy"].endswith("script-src 'self' 'wasm-unsafe-eval'")
    True
    """
    scripts = _SCRIPTS_OF.get(path) or ("script-src 'self' 'wasm-unsafe-eval'" if path.startswith("assets/") else "")
    policy = "; ".join(filter(None, (CONTENT_SECURITY_POLICY, scripts)))
    return {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
    }


def paths_with_scripts() -> tuple[str, ...]:
    """Return the pages whose policy is another than that of all others.

    Returns
    -------
    tuple of str
    """
    return tuple(_SCRIPTS_OF)
