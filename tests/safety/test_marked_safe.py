"""Every place at which the program says that a text is markup already, and why that is so.

A new one belongs into the list with its reason, which somebody should doubt before it stands there.
"""

import ast
from pathlib import Path

import sourcebook
from sourcebook.rendering.templates import ORIGINALS

PACKAGE = Path(sourcebook.__file__).parent
REASONS = {
    "rendering/bars.py:bar": "numbers of ours, and words as an attribute",
    "rendering/cite_page.py:cite_page": "each text as an attribute, which is safe in an element, too",
    "rendering/data_links.py:data_link": "an inert label, and a target in which nothing can end the link",
    "rendering/data_links.py:record_data_links": "joins what `data_link` gave",
    "rendering/drawn.py:filter_": "drawings escape their texts: tests/drawing/test_svg.py",
    "rendering/templates.py:attribute_value": "a value as that of an attribute",
    "rendering/templates.py:front_matter": "allowed keys, each value a JSON string of escaped HTML",
    "rendering/templates.py:heading_id": "an id as an attribute",
    "rendering/written.py:listed": "joins what `written` gave with words of the templates",
    "rendering/written.py:joined": "joins what `written` gave with words of the templates",
    "rendering/written.py:indented": "spaces between the lines of what `written` gave",
    "rendering/written.py:facet_marks": "JSON as an attribute; names of facets are ours",
    "rendering/written.py:spoken": "a label that was marked already, and a link to a record",
}


LOADERS = {"BaseLoader", "CBaseLoader", "SafeLoader", "CSafeLoader"}
"""The loaders of YAML that make nothing but plain values."""


def marked_safe():
    """Each function of the program that marks a text as markup, by module and name."""
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef) and marks(function):
                yield f"{path.relative_to(PACKAGE).as_posix()}:{function.name}"


def marks(function):
    """Whether the function itself, not one within it, calls `Markup`."""
    inner = {id(node) for child in ast.walk(function) if child is not function for node in within(child)}
    return any(is_markup(node) for node in ast.walk(function) if id(node) not in inner)


def within(node):
    """What stands in a function within another."""
    return ast.walk(node) if isinstance(node, ast.FunctionDef) else ()


def is_markup(node):
    """Whether a piece of code is a call of `Markup` or of `Markup.format` and the like."""
    if not isinstance(node, ast.Call):
        return False
    called = node.func.value if isinstance(node.func, ast.Attribute) else node.func
    return isinstance(called, ast.Name) and called.id == "Markup"


def test_every_place_that_is_marked_safe_has_its_reason():
    """The list above and the program name the same places."""
    assert sorted(set(marked_safe())) == sorted(REASONS)


def test_no_template_marks_anything_safe():
    """Templates have no way of their own past the escaping."""
    for template in sorted(ORIGINALS.rglob("*.md")):
        text = template.read_text(encoding="utf-8")
        assert "|safe" not in text.replace(" ", "") and "autoescape" not in text, template


def test_no_code_is_made_of_texts():
    """Nothing evaluates, executes, unpickles or asks a shell; no YAML makes objects, nor texts templates."""
    nodes = [
        node
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    ]
    found = {ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call)}
    assert found.isdisjoint({"eval", "exec", "compile", "__import__", "os.system", "os.popen"})
    assert found.isdisjoint({"pickle.load", "pickle.loads", "marshal.loads", "yaml.load", "yaml.unsafe_load"})
    assert found.isdisjoint({"yaml.full_load", "subprocess.getoutput", "subprocess.getstatusoutput"})
    assert not [name for name in found if name.endswith((".from_string", "jinja2.Template"))]
    assert not [node for node in nodes if isinstance(node, ast.keyword) and node.arg == "shell"]
    said = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    said |= {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert {name for name in said if name.endswith("Loader")} <= LOADERS
