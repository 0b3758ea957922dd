"""A figure drawn on its group's scale, as a small SVG that stands in a line of text.

In: the places of a figure on a scale. Out: markup without style and without script, its texts escaped. The
rule it guards: the drawing says nothing that its words do not say.
"""

from markupsafe import Markup

from sourcebook.markdown.inert import attribute
from sourcebook.pages.figures import SCALE, Bar

MARGIN = 12
HEIGHT = 40
MIDDLE = HEIGHT // 2


def drawn(bar: Bar) -> Markup:
    """The drawing: a line for the scale, a band from low to high, a mark at the figure itself.

    An end that is left open is an arrow to the end of the scale.
    """
    shapes = [line("sb-bar-scale", 0, SCALE), *band(bar)]
    if bar.best is not None:
        shapes.append(f'<circle class="sb-bar-best" cx="{bar.best}" cy="{MIDDLE}" r="11"/>')
    box = f"{-MARGIN} 0 {SCALE + 2 * MARGIN} {HEIGHT}"
    return Markup(
        f'<svg class="sb-bar" role="img" viewBox="{box}" preserveAspectRatio="none" '
        f'aria-label="{attribute(bar.words)}">{"".join(shapes)}</svg>'
    )


def band(bar: Bar) -> list[str]:
    """The span of a figure; nothing for a single number."""
    if bar.start == bar.end and not bar.open_start and not bar.open_end:
        return []
    shapes = [line("sb-bar-open" if bar.open_start or bar.open_end else "sb-bar-band", bar.start, bar.end)]
    if bar.open_start:
        shapes.append(f'<path class="sb-bar-arrow" d="M24 6L0 {MIDDLE}L24 34"/>')
    else:
        shapes.append(end(bar.start))
    if bar.open_end:
        shapes.append(f'<path class="sb-bar-arrow" d="M{SCALE - 24} 6L{SCALE} {MIDDLE}L{SCALE - 24} 34"/>')
    else:
        shapes.append(end(bar.end))
    return shapes


def line(name: str, start: int, end: int) -> str:
    """A level line."""
    return f'<path class="{name}" d="M{start} {MIDDLE}H{end}"/>'


def end(place: int) -> str:
    """The closed end of a span."""
    return f'<path class="sb-bar-end" d="M{place} 6V34"/>'
