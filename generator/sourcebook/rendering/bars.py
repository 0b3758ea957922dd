"""A figure drawn on its group's scale, as a small SVG that stands in a line of text.

In: the places of a figure on a scale. Out: markup without style and without script, its text escaped. The
rule it guards: the drawing says nothing that its words do not say.
"""

from markupsafe import Markup

from sourcebook.markdown.inert import attribute
from sourcebook.pages.figures import SCALE, Bar

MARGIN = 60
"""The room on both sides of the scale, into which an open end points."""
HEIGHT = 40
MIDDLE = HEIGHT // 2


def bar(figure: Bar) -> Markup:
    """The drawing: a line for the scale, a band from low to high, a dot at the figure itself.

    An end that is left open is an arrow that leads out of the scale.
    """
    shapes = [path("sb-bar-scale", f"M0 {MIDDLE}H{SCALE}"), *band(figure)]
    if figure.best is not None:
        shapes.append(path("sb-bar-best", f"M{figure.best} {MIDDLE}h0"))
    return Markup(
        f'<svg class="sb-bar" role="img" viewBox="{-MARGIN} 0 {SCALE + 2 * MARGIN} {HEIGHT}" '
        f'preserveAspectRatio="none" aria-label="{attribute(figure.words)}">{"".join(shapes)}</svg>'
    )


def band(bar: Bar) -> list[str]:
    """The span of a figure; nothing for a single number."""
    if bar.start == bar.end and not bar.open_start and not bar.open_end:
        return []
    start, end = bar.start - MARGIN * bar.open_start, bar.end + MARGIN * bar.open_end
    name = "sb-bar-open" if bar.open_start or bar.open_end else "sb-bar-band"
    shapes = [path(name, f"M{start} {MIDDLE}H{end}")]
    for place, is_open, inwards in ((start, bar.open_start, 24), (end, bar.open_end, -24)):
        tip = f"M{place + inwards} 6L{place} {MIDDLE}L{place + inwards} 34"
        shapes.append(path("sb-bar-end", tip if is_open else f"M{place} 6V34"))
    return shapes


def path(name: str, way: str) -> str:
    """A path without a filling."""
    return f'<path class="{name}" d="{way}"/>'
