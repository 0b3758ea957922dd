"""Invented names and prose for a corpus of any size.

In: a source of randomness. Out: names in several scripts, sentences, passages. The rule it guards: no
name or sentence here is one of a real place, person or report, and words repeat as those of a language do: a
few stand in every tenth page, most in hardly any, and the larger a corpus is, the more of them it has.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

SYLLABLES = {
    "Latn": "ba bel bor cal dar del dor eth fal fen gar gol hal hes ilm jor kel lor mar mel mir nar nel or "
    "pel quen ras rel sal sel tar tel tor ul val vel vor wen yar zel".split(),
    "Cyrl": "ба бел бор кал дар дел дор эт фал фен гар гол хал хес илм йор кел лор мар мел мир нар нел ор "
    "пел кен рас рел сал сел тар тел тор ул вал вел вор вен яр зел".split(),
    "Armn": "բա բել բոր կալ դար դել դոր էթ ֆալ ֆեն գար գոլ հալ հես իլմ ջոր քել լոր մար մել միր նար նել օր "
    "պել քեն րաս րել սալ սել տար տել տոր ուլ վալ վել վոր վեն յար զել".split(),
    "Geor": "ბა ბელ ბორ კალ დარ დელ დორ ეთ ფალ ფენ გარ გოლ ჰალ ჰეს ილმ ჯორ ქელ ლორ მარ მელ მირ ნარ ნელ ორ "
    "პელ ქენ რას რელ სალ სელ ტარ ტელ ტორ ულ ვალ ველ ვორ ვენ იარ ზელ".split(),
    "Arab": "با بل بور كال دار دل دور اث فال فن غار غول هال هس الم جور كل لور مار مل مير نار نل اور "
    "بيل كن راس رل سال سل تار تل تور ول وال ول فور ون يار زل".split(),
}
"""The same syllables in each script, so that a name and its spellings belong together."""

LANGUAGES = {"Cyrl": "ru", "Armn": "hy", "Geor": "ka", "Arab": "ar"}

SUBJECTS = (
    "the harbour office|the water council|the night shift|a surveyor|the ferry crew|the salt works|a witness|"
    "the bridge guard|the grain board|the upper village|a driver|the relief party|the signal station|"
    "the weavers|the lower quarter|an inspector|the mill owners|the shepherds|a clerk|the road gang|"
    "the lamp keepers|the pilots|the quarry men|a teacher|the post office|the market wardens"
).split("|")
VERBS = (
    "closed|opened|counted|inspected|left|reached|guarded|repaired|blocked|crossed|searched|supplied|moved|"
    "measured|flooded|emptied|handed over|refused|signed for|lost sight of|returned to|asked for|"
    "kept back|sent word of|waited beside|wrote about"
).split("|")
OBJECTS = (
    "the eastern gate|forty sacks of barley|the old causeway|three barges|the pumping house|the ledger|"
    "the northern road|two wagons of timber|the weir|the customs shed|the cable across the strait|"
    "the list of passengers|the upper reservoir|the wells|a column of carts|the lantern tower|the slipway|"
    "the seed store|the telegraph line|the toll house|the ice cellar|the ford|the tannery|the drying sheds|"
    "the rope walk|the survey marks|the granary|the orchard wall|the ballast heap|the signal fires"
).split("|")
ENDS = (
    "before the tide turned|after the second bell|in heavy rain|without giving a reason|for the third time|"
    "on foot|by lamplight|under a flag of truce|during the frost|while the road was shut|"
    "as agreed in writing|against all advice|with little left in store|in full view of the quay|"
    "when the thaw had set in|as the letter had promised|at the turn of the month|and told nobody|"
    "and kept a copy|although the order was still in force"
).split("|")
OPENINGS = (
    "By this account,|The same letter adds that|Later that day|According to the log,|Two others recall that|"
    "The entry says that|In the spring|Nobody else mentions it, but|On the far bank|As the notice put it,"
).split("|")
RARE_SUBJECT, RARE_VERB, RARE_OBJECT, RARE_END = "the {}", "{}ed", "the {}", "at the {}"
"""How a word that is not familiar stands in a sentence."""
STARTS = "b br d dr f fl g gl gr h k kl l m n p pl r s sk sl st t tr v w y".split()
VOWELS = "a e i o u ai".split()
STOPS = "b d ft l lk lm m n nd rb rd rk rn sp st".split()
TAILS = ["", *"a and el er ern et in ish ock oft old om ond or ow ul und ut yr".split()]
"""Of what invented words are made; the syllables of names are others, so that no word is a name."""
WORDS = len(STARTS) * len(VOWELS) * len(STOPS) * len(TAILS)
STRIDE = 30_011
"""A prime: in steps of so many the words come in no order of the alphabet, and none twice."""
EVEN = 3
"""After so many ranks, words get rarer as they do in a language, where rank and frequency are inverse."""
POSTS = "Harbour Master|Speaker of the Council|Surveyor|Quartermaster|Envoy|Chief Engineer|Archivist".split(
    "|"
)
TAGS = (
    "bridge grain harbour water road ferry salt truce flood census wells border market school winter rope "
    "letters survey tolls timber pilots quarry relief archive".split()
)


@dataclass(frozen=True)
class Name:
    """An invented name: its syllables by their place in the lists."""

    parts: tuple[tuple[int, ...], ...]

    def written(self, script: str = "Latn") -> str:
        """The name in a script, each of its words with a capital where the script has them."""
        words = ("".join(SYLLABLES[script][number] for number in part) for part in self.parts)
        # A Georgian capital is not what a name begins with.
        return " ".join(word if script == "Geor" else word.capitalize() for word in words)


def name(random: Random, words: int = 1) -> Name:
    """A name of so many words, of two or three syllables each."""
    size = len(SYLLABLES["Latn"])
    return Name(
        tuple(tuple(random.randrange(size) for _ in range(random.choice((2, 2, 3)))) for _ in range(words))
    )


def phrase(random: Random, familiar: Sequence[str], rare: str) -> str:
    """A familiar phrase, the first ones far more often, or more often still one with a word that is rarer."""
    rank = int(EVEN * ((EVEN + WORDS) / EVEN) ** random.random()) - EVEN
    return familiar[rank] if rank < len(familiar) else rare.format(word(rank))


def word(rank: int) -> str:
    """The invented word of a rank among the most frequent ones, which no other rank has."""
    number = rank * STRIDE % WORDS
    letters = []
    for parts in (STARTS, VOWELS, STOPS, TAILS):
        number, place = divmod(number, len(parts))
        letters.append(parts[place])
    return "".join(letters)


def thing(random: Random) -> str:
    """What something is done to, with its article or number."""
    return phrase(random, OBJECTS, RARE_OBJECT)


def deed(random: Random) -> str:
    """What is done, in the past."""
    return phrase(random, VERBS, RARE_VERB)


def sentence(random: Random, subject: str = "") -> str:
    """A sentence of about a dozen words; `subject` is named in it."""
    who = subject or phrase(random, SUBJECTS, RARE_SUBJECT)
    clause = f"{who} {deed(random)} {thing(random)} {phrase(random, ENDS, RARE_END)}"
    if random.random() < 0.4:
        clause = f"{random.choice(OPENINGS)} {clause}"
    return clause[0].upper() + clause[1:] + "."


def passage(random: Random, words: int, names: tuple[str, ...] = ()) -> str:
    """Sentences of at least so many words in all, in paragraphs; each of `names` is the subject of one."""
    sentences: list[str] = []
    subjects = list(names)
    while sum(len(one.split()) for one in sentences) < words or subjects:
        sentences.append(sentence(random, subjects.pop(0) if subjects else ""))
    half = len(sentences) // 2 if len(sentences) > 6 else 0
    return "\n\n".join(" ".join(part) for part in (sentences[:half], sentences[half:]) if part)
