"""A small collection in which every text field of every kind of record holds a text that is asked for.

`records(text)` gives the records as YAML files would hold them; `text(form)` is called once a field, with
`line`, `text`, `prose` or `address`, and with `shown=False` where no page shows the field. The same records
are thereby made with harmless and with hostile texts.
"""

import json
from collections.abc import Callable, Iterable, Iterator

from pydantic import BaseModel, ValidationError

from hostile_texts import FRAGMENTS
from sourcebook.graph.graph import build_graph
from sourcebook.markdown.prose import Paragraph, Reference, Text, parse_prose
from sourcebook.reading.characters import INVISIBLE, is_suspect
from sourcebook.reading.files import InputFile, Project
from sourcebook.reading.raw_records import records_of
from sourcebook.reading.yaml_text import read_yaml
from sourcebook.records.fields import Phrase, Statement
from sourcebook.records.load import load_collection, load_records

Texts = Callable[..., str]
LAST = "\U0010fffd"
"""A label that begins so stands last in its index, whatever the others are."""

MORE_FRAGMENTS = (
    *(
        "<script>window.__pwned=1</script>",
        "<img src=x onerror=window.__pwned=1>",
        "<svg onload=window.__pwned=1>",
    ),
    *(
        "</title><script>window.__pwned=1</script>",
        "</script><script>window.__pwned=1</script>",
        "</textarea>",
    ),
    *(
        '"><img src=x onerror=window.__pwned=1>',
        "' onmouseover='window.__pwned=1",
        '" autofocus onfocus="window.__pwned=1',
    ),
    *(
        "<details open ontoggle=window.__pwned=1>",
        "<iframe srcdoc='<script>parent.__pwned=1</script>'>",
        "</style>",
    ),
    *(
        "<meta http-equiv=refresh content='0;url=//evil.example'>",
        "<link rel=stylesheet href=//evil.example/x.css>",
    ),
    *(
        "<form action=//evil.example>",
        "<input autofocus onfocus=window.__pwned=1>",
        "<noscript>",
        "<plaintext>",
    ),
    *(
        "{: onmouseover=window.__pwned=1 }",
        "{: .x onclick=window.__pwned=1 }",
        '--8<-- "mkdocs.yml"',
        "{{ page }}",
    ),
    *(
        "{{ config.site_dir }}",
        "{% include 'x' %}",
        "{# comment #}",
        "{% endblock %}",
        "{%- raw -%}",
        "{{ '' }}",
    ),
    *(
        "--- template: redirect.html",
        "template: redirect.html",
        "title: evil",
        "search: {boost: 9}",
        "'",
        "''",
        '""',
    ),
    *(
        "```mermaid graph TD; A-->B ```",
        "~~~ x ~~~",
        "[Source]: https://evil.example",
        "[1]: evil",
        "[1]",
        "[^1]: x",
    ),
    *(
        "| a | b |",
        "||",
        "\\|",
        "a|b",
        "</div>",
        "</span></li></ul>",
        "</article></main>",
        "<div markdown>",
        "]]>",
    ),
    *(
        "[x](https://evil.example){target=x}",
        "![x](https://evil.example/x.png)",
        "[x]: javascript:window.__pwned=1",
    ),
    *(
        "javascript:window.__pwned=1",
        "data:text/html,<script>window.__pwned=1</script>",
        "[[c1]]",
        "[[nobody|x]]",
    ),
    *(
        "&lt;script&gt;",
        "&amp;lt;b&amp;gt;",
        "&#60;b&#62;",
        "&colon;",
        "&quot;",
        "\\u003cscript\\u003e",
        "%3Cscript%3E",
    ),
    *(
        "שלום עולם",
        "مرحبا <b>بالعالم</b>",
        "‏RTL‏",
        "‎LTR‎",
        "a\u200db",
        "e\u0301\u0327",
        "𝔘𝔫𝔦",
        "\U0001f1e6\U0001f1f2",
    ),
    *(
        "Ⅳ",
        "ﬁ",
        "İstanbul",
        "ı",
        "\u2003em space\u2003",
        "a\xa0b",
        "trailing\\",
        "ends with #",
        "ends with !",
        "#1",
    ),
)
ADDRESSES = (
    "https://evil.example/?a=1&b=2#c",
    "https://evil.example/(a)*_d_*~f~g!$&'()+,;=:@#--8--",
    "https://evil.example/&lt;script&gt;?x='onclick=window.__pwned=1'&amp;copy=%3Cb%3E",
    "https://evil.example/**a**__b__==c==++d++::e::",
    "mailto:a+b@evil.example?subject=(y)&body='z'",
)
HARMLESS = {"address": "https://example.org/a", "prose": "Plain words. More words", "text": "Plain words"}


class Filled:
    """Hands out texts, each with a mark before or behind it by which it is found again.

    `given` lists those that a page must show.
    """

    def __init__(self, choose: Callable[[str, int], str]) -> None:
        self.choose = choose
        self.given: list[str] = []
        self.number = 0

    def __call__(self, form: str, *, shown: bool = True) -> str:
        """The next text, of a form that the field accepts."""
        number = self.number = self.number + 1
        chosen = self.choose(form, number)
        mark = f"s{number}s"
        text = chosen if form == "address" else f"{mark} {chosen}" if number % 2 else f"{chosen} {mark}"
        if shown:
            self.given.append(text)
        return text


def harmless() -> Filled:
    """The same plain words in every field."""
    return Filled(lambda form, _: HARMLESS.get(form, "Plain words"))


def hostile(shift: int, *, warned: bool = True) -> Filled:
    """In every field another hostile text; with another shift each field has another one.

    `warned` says whether texts are given too for which a reader of the files warns.
    """
    texts = hostile_by_form(warned=warned)
    return Filled(lambda form, number: texts[form][(number + shift) % len(texts[form])])


def running() -> Filled:
    """In every field a text that would run a script, were it markup."""
    texts = {
        form: [text for text in accepted if "__pwned" in text] for form, accepted in hostile_by_form().items()
    }
    return Filled(lambda form, number: texts[form][number % len(texts[form])])


def hostile_by_form(*, warned: bool = True) -> dict[str, list[str]]:
    """The hostile texts that each form of field accepts."""
    every = [text for text in (*FRAGMENTS, *MORE_FRAGMENTS) if can_be_read(text, warned=warned)]
    models: dict[str, type[BaseModel]] = {"line": Phrase, "text": Statement}
    accepted = {form: [text for text in every if accepts(model, text)] for form, model in models.items()}
    accepted["prose"] = [text for text in every if is_plain_prose(text)]
    return {**accepted, "address": list(ADDRESSES)}


def can_be_read(text: str, *, warned: bool) -> bool:
    """Whether a file with this text has no error."""
    kept = text if not warned else text.translate(dict.fromkeys(map(ord, INVISIBLE)))
    return bool(text.strip()) and not is_suspect(kept) and not any("\ud800" <= c <= "\udfff" for c in text)


def accepts(model: type[BaseModel], text: str) -> bool:
    """Whether a field of this model takes the text."""
    try:
        model.model_validate(f"x {text} x")
    except ValidationError:
        return False
    return True


def is_plain_prose(text: str) -> bool:
    """Whether prose has no structure of its own with this text, before or behind other words."""
    shapes = [shape_of_prose(f"{text} s1s"), shape_of_prose(f"s1s {text}")]
    return shapes == [[Text], [Text]] and shape_of_prose(f"{text} [[c1]] s1s") == [Text, Reference, Text]


def shape_of_prose(text: str) -> list[type] | None:
    """The kinds of pieces in prose of one paragraph; None for any other."""
    prose = parse_prose(text)
    if prose.problems or len(prose.blocks) != 1 or not isinstance(prose.blocks[0], Paragraph):
        return None
    return [type(piece) for piece in prose.blocks[0].children]


def common(text: Texts, user: str) -> dict[str, object]:
    """What every record has, filled."""
    return {
        "aliases": [text("line"), {"value": text("line"), "lang": "ar"}],
        "names": [
            {"value": text("line"), "lang": "hy", "used_by": [user], "note": text("prose"), "sources": "src"}
        ],
        "summary": text("prose"),
        "description": f"{text('prose')} [[c1]] and so on",
        "note": text("prose"),
        "tags": ["a-tag"],
        "same_as": [text("address")],
        "wikidata_id": "Q1",
        "identifiers": {"ucdp": text("line")},
        "revisions": [
            {"date": "2023-10-01", "change": text("text"), "reason": text("text"), "note": text("prose")}
        ],
    }


def citation(text: Texts) -> dict[str, object]:
    """A citation with every field."""
    return {
        "source": "src",
        "locator": {"label": "section", "value": text("line")},
        "quote": {"exact": text("text"), "prefix": text("text", shown=False)}
        | {"suffix": text("text", shown=False)},
        "lang": "fr",
        "translation": {"text": text("text"), "lang": "ru", "translator": text("line")},
        "attributed_to": {"value": text("line"), "lang": "fa"},
        "origin": text("line"),
        "note": text("prose"),
    }


def item(text: Texts, **fields: object) -> dict[str, object]:
    """An item of a list, with its note and a citation."""
    return {**fields, "note": text("prose"), "sources": [citation(text)]}


def span(text: Texts, **fields: object) -> dict[str, object]:
    """An item that holds for some time."""
    return item(text, start_date="2020", end_date="2021", verbatim_date=text("text"), **fields)


def actors(text: Texts) -> Iterator[dict[str, object]]:
    """Three actors, one with every field; alike in what an index shows, where labels decide the order."""
    yield {
        "id": "a1",
        "name": {"value": text("line"), "lang": "he"},
        "type": "person",
        "posts": [span(text, post=text("line"), organization="a3")],
        "memberships": [span(text, organization="a3", role=text("line"))],
        "relations": [span(text, type="controls", target="a2", claim="c1")],
        "former_ids": "old-a1",
        "sources": [citation(text)],
        **common(text, "a2"),
    }
    yield {
        "id": "a2",
        "name": {"value": text("line"), "lang": "hy"},
        "type": "state",
        "sources": [citation(text)],
        **common(text, "a1"),
    }
    yield {
        "id": "a3",
        "name": {"value": text("line"), "lang": "hy"},
        "type": "company",
        "parent": "a2",
        "tags": "a-tag",
        "sources": [citation(text)],
    }


def claims(text: Texts) -> Iterator[dict[str, object]]:
    """Claims that dispute each other, with evidence, positions, figures, reviews and a withdrawal."""
    measure, unit = text("line"), text("line")
    yield {
        "id": "c1",
        "text": text("text"),
        "claimant": "a1",
        "on_behalf_of": "a3",
        "claim_date": "2023-01-01",
        "verbatim_date": text("text"),
        "appearance": "e1",
        "about": ["e1", "p1", "a1"],
        "claim_type": "accusation",
        "quantity": quantity(text, measure, unit),
        "obtains_support_from": ["c3"],
        "reviews": [
            {"author": text("line"), "url": text("address"), "date": "2023", "note": text("prose")}
            | {"rating_text": {"value": text("line"), "lang": "ar"}}
        ],
        "evidence": [item(text, relation="supports", by="a2")],
        "positions": [item(text, actor="a2", relation="disputes", date="2023", verbatim_date=text("text"))],
        "sources": [citation(text)],
        **common(text, "a2"),
    }
    yield {
        "id": "c2",
        "text": {"value": text("text"), "lang": "fa"},
        "claimant": ["a2", "unknown"],
        "claim_date": "2023-01-02",
        "about": "e1",
        "quantity": quantity(text, measure, unit),
        "disputes": "c1",
        "sources": [citation(text)],
        **common(text, "a1"),
    }
    yield {
        "id": "c3",
        "text": text("text"),
        "claimant": "src",
        "claim_date": "2023-01-03",
        "about": ["e1", "p1"],
        "withdrawn": {"date": "2023-02", "reason": text("text"), "note": text("prose")},
        "sources": ["src#p1"],
    }


def quantity(text: Texts, measure: str, unit: str) -> dict[str, object]:
    """A figure."""
    return item(
        text,
        measure=measure,
        unit=unit,
        best="5",
        as_of="2023",
        verbatim_date=text("text"),
        counted_group="a1",
        of="e1",
    )


def others(text: Texts) -> Iterator[tuple[str, dict[str, object]]]:
    """An event, two places, a dispute and a source with every field."""
    yield (
        "events",
        {
            "id": "e1",
            "title": text("line"),
            "type": "battle",
            "sub_type": text("line"),
            "date": "2023-01",
            "verbatim_date": text("text"),
            "location": "p1",
            "where_prec": "1",
            "where_description": {"value": text("line"), "lang": "az"},
            "participants": [item(text, actor="a1", role="victim", claim="c1")],
            "reported_by": ["c1"],
            "graphic": "true",
            "sources": [citation(text)],
            **common(text, "a1"),
        },
    )
    place = {
        "name": text("line"),
        "contained_in": "p2",
        "latitude": "1.5",
        "longitude": "2",
        "precision_m": "9",
    }
    yield "places", {"id": "p1", **place, "sources": [citation(text)], **common(text, "a1")}
    yield "places", {"id": "p2", "name": f"{LAST} {text('line')}"}
    sides = [{"answer": text("line"), "claims": each, "note": text("prose")} for each in ("c1", "c2")]
    yield (
        "disputes",
        {"id": "d1", "question": text("line"), "sides": sides, "common_ground": "c3", "sources": "src"}
        | common(text, "a1"),
    )
    yield "sources", source(text)


def source(text: Texts) -> dict[str, object]:
    """A source with every field."""
    return {
        "id": "src",
        "title": text("line"),
        "type": "report",
        "author": [text("line"), {"value": text("line"), "lang": "ur"}],
        "publisher": text("line"),
        "container_title": text("line"),
        "issued": "2023",
        "verbatim_date": text("text"),
        "url": text("address"),
        "archive_url": text("address"),
        "rights": text("line"),
        "origin": text("line"),
        "source_reliability": {"grade": "B", "assessed_by": text("line"), "note": text("prose")},
        "paragraphs": [
            {"number": "1", "gist": text("text"), "note": text("prose")},
            {"number": "2", "gist": text("text")},
        ],
        **common(text, "a1"),
    }


def records(text: Texts) -> Iterator[tuple[str, dict[str, object]]]:
    """Every record, with the folder that its kind lies in."""
    yield from (("actors", record) for record in actors(text))
    yield from (("claims", record) for record in claims(text))
    yield from others(text)


def options(text: Texts) -> dict[str, object]:
    """The collection's own texts."""
    return {
        "title": text("line", shown=False),
        "licence": text("line"),
        "licence_url": text("address"),
        "contact": text("line"),
        "corrections": text("address"),
        "as_of": "2023-09",
    }


def files(records: Iterable[tuple[str, dict[str, object]]]) -> dict[str, str]:
    """The files of records, by path. JSON is YAML."""
    return {
        f"{'seeds' if folder == 'sources' else f'content/{folder}'}/{record['id']}.yml": json.dumps(
            record, ensure_ascii=False, indent=1
        )
        for folder, record in records
    }


def claims_with(texts: Iterable[str]) -> Iterator[tuple[str, dict[str, object]]]:
    """A claim for each text, with the few records that claims need."""
    yield "actors", {"id": "a1", "name": "Somebody", "type": "person", "sources": "src"}
    yield "sources", {"id": "src", "title": "A document", "type": "report"}
    for number, text in enumerate(texts):
        record = {"text": f"s{number}s {text}", "claimant": "a1", "summary": "In short", "sources": "src#p1"}
        yield "claims", {"id": f"c{number}", "aliases": [text], **record}


def graph_of(text: Texts):
    """The graph of the records with these texts."""
    return linked(files(records(text)), options(text))


def linked(files: dict[str, str], options: dict[str, object]):
    """The graph of files, read and linked as those of a project are, without a disk."""
    project = Project(root=None)
    raw = []
    for path, content in files.items():
        kind = "source" if path.startswith(project.seeds_dir) else path.split("/")[1].removesuffix("s")
        found, problems = records_of(read_yaml(content.encode(), path), InputFile(None, path, kind))
        assert {problem.code.slug for problem in problems} <= {"invisible-character"}, problems
        raw += found
    collection, problems = load_collection(
        read_yaml(json.dumps(options, ensure_ascii=False).encode(), "mkdocs.yml").root, "mkdocs.yml"
    )
    assert problems == (), problems
    entries, problems = load_records(raw, collection)
    assert problems == (), problems
    return build_graph(entries, collection, "https://example.org/edit/")
