"""Every diagnostic code, with the words that `sourcebook codes` and the docs print for it.

In: nothing. Out: the closed list of codes. The rule it guards: no message without a code,
no code without an explanation.
"""

from enum import Enum, StrEnum


class Severity(StrEnum):
    """How grave a diagnostic is: an error keeps a site from being published, a note is no mistake at all."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


E_, W_, N_ = Severity.ERROR, Severity.WARNING, Severity.NOTE


class Code(Enum):
    """A diagnostic code: its slug, its severity, what it means and what to do.

    The order is the order of the stages that find them, then of importance.
    """

    # Reading: from bytes to values with positions.
    NOT_UTF8 = (
        "not-utf8",
        E_,
        "The file is not UTF-8 text. Save it as UTF-8; the message names the first byte that is not.",
    )
    YAML_SYNTAX = (
        "yaml-syntax",
        E_,
        "The file is not well-formed YAML. The position is where the reader gave up; "
        "the mistake is there or on the line before, often a missing quotation mark or indent.",
    )
    YAML_FEATURE = (
        "yaml-feature",
        E_,
        "Anchors, aliases, tags, merge keys and several documents in one file are not part of the format. "
        "Write the value out where it is needed.",
    )
    DUPLICATE_KEY = (
        "duplicate-key",
        E_,
        "A key stands twice in one mapping; one of the two would be lost. Keep one of them.",
    )
    FORBIDDEN_CHARACTER = (
        "forbidden-character",
        E_,
        "A control character, a noncharacter, a bidirectional override or a tag character: readers would see "
        "something else than what is written. Remove it.",
    )
    INVISIBLE_CHARACTER = (
        "invisible-character",
        W_,
        "A soft hyphen, a zero-width space, a word joiner or a byte-order mark inside a text. "
        "It is kept, and is usually left over from copying. Remove it unless it is meant.",
    )
    TOO_LARGE = (
        "too-large",
        E_,
        "The file, its nesting, its number of values or one of its texts is beyond what a hand-kept file has. "
        "Split the file, or check whether it is what it seems.",
    )
    SYMLINK = (
        "symlink",
        E_,
        "A symbolic link among facts or hand-written pages, which could publish what lies elsewhere. "
        "Put the file itself there.",
    )
    UNREADABLE_FILE = (
        "unreadable-file",
        E_,
        "A file or folder cannot be read: it is missing, or the system refuses access.",
    )
    EMPTY_CONTENT = (
        "empty-content",
        E_,
        "There is no record in the content folder. Check the option `content_dir`, or add a first record.",
    )
    MISPLACED_FILE = (
        "misplaced-file",
        E_,
        "The folder gives the kind of a record, and this folder is none of a kind. Move the file into one of "
        "actors, events, claims, disputes or places below the content folder.",
    )
    PASSED_OVER = (
        "passed-over",
        W_,
        "The file seems to be meant as one of records, and its name ends otherwise, as in `.YML` or `.yml.txt`. "
        "Rename it; some systems hide the end of a name.",
    )

    # Records: from values to typed facts.
    WRONG_TYPE = (
        "wrong-type",
        E_,
        "A list, a mapping or a text stands where the field needs another of these.",
    )
    UNKNOWN_KEY = (
        "unknown-key",
        E_,
        "The record or item has no such key. The nearest known one is named.",
    )
    MISSING_FIELD = (
        "missing-field",
        E_,
        "A required key is missing. It is reported where its record or item begins.",
    )
    EMPTY_VALUE = ("empty-value", E_, "A key has no value. Give it one or leave the key out.")
    UNKNOWN_VALUE = (
        "unknown-value",
        E_,
        "The field takes one of a closed list of values, and this is none of them. The nearest one is named.",
    )
    BAD_ID = (
        "bad-id",
        E_,
        "An id is made of a-z, 0-9 and single hyphens between them, at most 80 characters.",
    )
    RESERVED_ID = (
        "reserved-id",
        E_,
        "The id has a meaning of its own for the site, the format or an operating system. Choose another.",
    )
    BAD_DATE = (
        "bad-date",
        E_,
        "The date is not EDTF level 1 or a one-of-a-set of level 2. The message shows the nearest right form.",
    )
    BAD_NUMBER = (
        "bad-number",
        E_,
        "A number is written in plain digits with an optional sign and decimal point: 2461, not 2,461.",
    )
    BAD_ADDRESS = (
        "bad-address",
        E_,
        "The address is not an http, https or mailto address that a browser can follow safely.",
    )
    BAD_LANGUAGE = (
        "bad-language",
        E_,
        "The language is not a BCP 47 tag such as en, hy or az-Cyrl.",
    )
    BAD_CITATION = (
        "bad-citation",
        E_,
        "The citation is not of the form source, source#p4, source#p4-5, source#page=12, or a mapping with source.",
    )
    BAD_TEXT = (
        "bad-text",
        E_,
        "A line break in a text that is shown on one line.",
    )
    BAD_PROSE = (
        "bad-prose",
        E_,
        "A link in prose that cannot be published: a scheme other than http, https and mailto, "
        "or a [[reference]] that is not an id.",
    )
    BAD_VALUE = (
        "bad-value",
        E_,
        "The value is not of the form that the field needs; the message says which.",
    )
    END_BEFORE_START = (
        "end-before-start",
        E_,
        "An end lies before its start. Swap them or mend one.",
    )
    QUANTITY_ORDER = (
        "quantity-order",
        W_,
        "low, best and high are not in rising order. Released data has such figures, so it is only a warning.",
    )

    # Graph: from single records to a linked whole.
    DUPLICATE_ID = (
        "duplicate-id",
        E_,
        "Two records share an id; ids are unique over all kinds. Rename one of them.",
    )
    UNKNOWN_REFERENCE = ("unknown-reference", E_, "No record has this id. The nearest id is named.")
    WRONG_KIND = (
        "wrong-kind",
        E_,
        "The id belongs to a record of a kind that this field cannot refer to.",
    )
    DRAFT_REFERENCE = (
        "draft-reference",
        E_,
        "A published record refers to a draft, which has no page. Publish the draft, or make this a draft too.",
    )
    SELF_REFERENCE = ("self-reference", E_, "A record refers to itself where that means nothing.")
    CIRCLE = (
        "circle",
        E_,
        "A chain of part_of, contained_in, parent or follows leads back to its beginning. Cut it at one place.",
    )
    OWN_SIDE_DISPUTE = (
        "own-side-dispute",
        E_,
        "A claim disputes or refutes a claim of the same claimant. Use `corrects` on the newer claim or "
        "`withdrawn` on the older one.",
    )
    DISPUTE_WITHIN_SIDE = (
        "dispute-within-side",
        E_,
        "Two claims on one side of a dispute dispute or refute each other. Put them on different sides.",
    )
    CLAIM_NEEDED = (
        "claim-needed",
        E_,
        "A party would contest this: name the claim that states it in `claim`, so that the page can say according to whom.",
    )
    UNCITED = (
        "uncited",
        E_,
        "Nothing says where this is written. Add `sources` to the item, to its record, or `field_sources` for the field.",
    )
    UNKNOWN_FIELD_SOURCE = (
        "unknown-field-source",
        E_,
        "`field_sources` names a field that the record does not have. The nearest field is named.",
    )
    PARAGRAPH_BEYOND = (
        "paragraph-beyond",
        E_,
        "The cited paragraph does not exist: the source has fewer paragraphs.",
    )
    WIDE_CITATION = (
        "wide-citation",
        W_,
        "One fact cites more than three paragraphs. Cite the paragraph that states it.",
    )
    QUOTE_NOT_FOUND = (
        "quote-not-found",
        E_,
        "The quoted words are not in the cited paragraph of the source's text.",
    )
    FINGERPRINT_MISMATCH = (
        "fingerprint-mismatch",
        E_,
        "The text at hand is not the one that the record describes: a fingerprint or the number of paragraphs differs.",
    )
    CONTESTED_WITHOUT_DISPUTE = (
        "contested-without-dispute",
        W_,
        "A claim is contested, and no dispute holds it. Its page shows the direct ties; a dispute would show the question.",
    )
    WITHHELD_NAME = (
        "withheld-name",
        E_,
        "An entry of the list of names that must not be published stands in this file: remove it, also from the history. Or the list is not here, and without it nothing is published.",
    )

    # Importing: from tables and bibliographies to records.
    BAD_TABLE = (
        "bad-table",
        E_,
        "The file cannot be read as a table or a bibliography: it has no header, names a column twice, is not JSON, or has no entry of BibTeX.",
    )
    MISSING_COLUMN = (
        "missing-column",
        E_,
        "The mapping names a column that the table does not have. The nearest one is named.",
    )
    BAD_ROW = (
        "bad-row",
        E_,
        "A row cannot be read as a whole: it has too many cells, a quotation mark that is not closed, or no title. "
        "The other rows are not lost.",
    )
    AMBIGUOUS_NAME = (
        "ambiguous-name",
        E_,
        "A cell names a record by words that fit several. Write the id into the cell, or give it in the mapping.",
    )
    RECORD_DIFFERS = (
        "record-differs",
        W_,
        "A row gives a record that is there already other values. The record was left as it is; `--update` takes them.",
    )

    # The state of the collection: questions to the editors, which `sourcebook report` asks.
    SINGLE_SOURCE = (
        "single-source",
        N_,
        "One document reports the claim, and no other one. Is it told anywhere else?",
    )
    ECHO = (
        "echo",
        N_,
        "Several documents report the claim, or support it, and all of them have it from one origin. "
        "Does anybody tell it who has it from elsewhere?",
    )
    ONE_SIDED = (
        "one-sided",
        N_,
        "Every document that reports the claim is by one side, and that side has a part in the matter: it makes the claim, "
        "takes a position on it, or is what the claim is about or against. Does anybody else report it?",
    )
    MISSING_ARCHIVE = (
        "missing-archive",
        N_,
        "The document has an address on the web and no lasting copy that is recorded. Is there one in an archive?",
    )
    SIMILAR_NAMES = (
        "similar-names",
        N_,
        "Two records have names that are equal, or differ by a slip of the pen. Are they one? "
        "It is not asked of records of which one names the other, in a note for example.",
    )
    SILENT_ACTOR = (
        "silent-actor",
        N_,
        "The actor makes no claim, takes no position, and no document is by it. Is there a statement of its own to cite?",
    )
    EVENT_WITHOUT_PLACE = (
        "event-without-place",
        N_,
        "The event is tied to no place. Does the source say where it happened?",
    )

    # Site: the options and files around the facts.
    PAGE_IN_THE_WAY = (
        "page-in-the-way",
        E_,
        "A hand-written page has the address of a record's page or of an index. Rename it, or the record.",
    )
    UNKNOWN_MARKER = (
        "unknown-marker",
        E_,
        "A line `<!-- sourcebook: name -->` of a hand-written page names no list. The nearest one is named.",
    )
    BROKEN_TEMPLATE = (
        "broken-template",
        E_,
        "A template of the project's own does not work. The message names its line.",
    )
    BAD_OPTION = (
        "bad-option",
        E_,
        "An option of the plugin in mkdocs.yml is unknown or has a value of the wrong form.",
    )

    def __init__(self, slug: str, severity: Severity, explanation: str) -> None:
        self.slug = slug
        self.severity = severity
        self.explanation = explanation


BY_SLUG = {code.slug: code for code in Code}
"""Every code by the slug that is printed in brackets behind a message."""
