"""The colours of a site as a stylesheet: those of its settings, made to be read against their ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccin_graph.errors import SiteError

if TYPE_CHECKING:
    from ccin_graph.publish.settings import Settings

#: Accent of the light and of the dark theme, and the ground that each must be read on.
_ACCENTS = {"accent": ("#7a2e57", ("#fcfbf9", "#f3f0ea")), "accent-dark": ("#e6a3c8", ("#16171b", "#22242a"))}
#: WCAG 2.2, success criterion 1.4.3.
LEAST_CONTRAST = 4.5


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.2 defines it, from 1 to 21.

    Parameters
    ----------
    one, other : str
        As ``#rrggbb``.

    Returns
    -------
    float

    Examples
    --------
    >>> round(contrast("#000000", "#ffffff"), 1)
    21.0
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def colours(settings: Settings) -> str:
    """Return the stylesheet of a site's own colours.

    Parameters
    ----------
    settings : Settings

    Returns
    -------
    str

    Raises
    ------
    SiteError
        If a colour is not told well enough from its ground.
    """
    found = {}
    for name, (usual, grounds) in _ACCENTS.items():
        colour = settings.colours.get(name, usual)
        least = min(contrast(colour, ground) for ground in grounds)
        if least < LEAST_CONTRAST:
            raise SiteError(
                f"colours.{name}: {colour} has a contrast of {least:.1f} to 1 with its ground, "
                f"less than {LEAST_CONTRAST} to 1",
                remedy="Take a lighter one." if name.endswith("dark") else "Take a darker one.",
            )
        found[name] = colour
    light, dark = f"--accent: {found['accent']}", f"--accent: {found['accent-dark']}"
    return (
        f":root {{ {light}; }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root:not([data-theme='light']) {{ {dark}; }} }}\n"
        f":root[data-theme='dark'] {{ {dark}; }}\n"
        f"@media print {{ :root, :root[data-theme] {{ {light}; }} }}\n"
    )
