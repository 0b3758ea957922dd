/* Names, and how well they fit what was typed, for the search of small and of large sites.
   In: rows of assets/names.json, each a title, an address and further spellings. Out: the pages that fit best.
   A word fits one of a name if they are equal without accents and case; if they differ in their endings, as
   inflected words do; if they sound about alike, across scripts; or if one letter is wrong. */

const KINDS = { actors: "Actor", events: "Event", claims: "Claim", disputes: "Dispute", places: "Place", sources: "Source" };
const MOST = 3;
const SMALL_WORDS = new Set("the and for who what did has was are from with".split(" "));

/* How well a name has to fit: less where nothing else is found. */
export const LEAST = 0.6;
export const LEAST_ALONE = 0.5;

/* What kind of record a page is about, by its address; undefined for other pages. */
export const kindOf = (address, base) => KINDS[new URL(address, base).pathname.slice(base.pathname.length).split("/")[0]];

/* Letters as the Latin ones that sound about like them: Cyrillic, Armenian, Georgian, Arabic and Persian. */
const ALPHABETS = [
  ["абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ", "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh sh _ i _ e u a i i e g"],
  ["աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև", "a b g d e z e e t zh i l kh ts k h dz gh ch m i n sh o ch p j r s v t r ts v p k o f ev"],
  ["აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ", "a b g d e v z t i k l m n o p zh r s t u p k gh k sh ch ts dz ts ch kh j h"],
  ["اآبپتثجچحخدذرزژسشصضطظعغفقکكگلمنوؤهةیيىئءأإ", "a a b p t s j ch h kh d z r z zh s sh s z t z _ gh f k k k g l m n v v h h i i i i _ a a"],
  ["əıøæœßđłþ", "e i o e e s d l t"],
];
const LATIN = new Map(
  ALPHABETS.flatMap(([letters, sounds]) => {
    const each = sounds.split(" ");
    return [...letters].map((letter, index) => [letter, each[index] === "_" ? "" : each[index]]);
  }),
);

export const fold = (text) =>
  text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[\p{M}\p{Cf}ـ]/gu, "")
    .replace(/\p{Nd}/gu, (digit) => (digit > "\u065f" ? digit.charCodeAt(0) & 15 : digit))
    .replace(/[يى]/g, "ی")
    .replace(/ك/g, "ک")
    // Armenian letters that two orthographies use for one another.
    .replace(/է/g, "ե")
    .replace(/օ/g, "ո")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/* How a word sounds, roughly: its consonants, those that scripts and languages confuse being one. */
const SOUNDS = [
  [/tch|dzh|dj|ch|[cj]/g, "c"],
  [/zh|sh|ts|dz|[sz]/g, "s"],
  [/kh|gh|[gkqx]/g, "k"],
  [/ph|[fvw]/g, "v"],
  [/th|[dt]/g, "t"],
  [/[bp]/g, "p"],
  [/[aeiouyh]/g, ""],
  [/(.)\1+/g, "$1"],
];
const sound = (word) => {
  // At the start of a Persian word these two letters are one vowel.
  const latin = [...word.replace(/^او/, "ا")].map((letter) => LATIN.get(letter) ?? letter).join("");
  return SOUNDS.reduce((text, [letters, one]) => text.replace(letters, one), latin);
};

/* A function that works out its result once for each thing that it is given. */
const once = (work) => {
  const done = new Map();
  return (given) => {
    if (!done.has(given)) done.set(given, work(given));
    return done.get(given);
  };
};

/* The words of a folded text; those of names come again and again. */
const wordOf = once((word) => ({ word, sound: sound(word) }));
const wordsOf = (whole) => whole.split(" ").filter(Boolean).map(wordOf);

/* The keys of the Georgian keyboard: where it is not set, `w` is typed for a letter that sounds like `ts`. */
const GEORGIAN = [...ALPHABETS[2][0]];
const KEYS = new Map([..."abgdevzTiklmnopJrstufqRySCcZwWxjh"].map((key, index) => [key, GEORGIAN[index]]));
const onKeys = (text) => (/^[a-z ]+$/i.test(text) ? [...text].map((key) => KEYS.get(key) ?? key).join("") : "");

const shared = (one, other) => {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
};

/* Whether two words differ by one letter that is wrong, missing, too many, or changed its place. */
const nearlySame = (one, other) => {
  if (Math.abs(one.length - other.length) > 1) return false;
  const start = shared(one, other);
  const [rest, otherRest] = [one.slice(start), other.slice(start)];
  return (
    rest.slice(1) === otherRest.slice(1) ||
    rest === otherRest.slice(1) ||
    rest.slice(1) === otherRest ||
    (rest[0] === otherRest[1] && rest[1] === otherRest[0] && rest.slice(2) === otherRest.slice(2))
  );
};

const byLength = (one, other) => (one.length <= other.length ? [one, other] : [other, one]);

/* How well a word that was typed fits one of a name, from 0 to 1. */
const fit = (typed, named) => {
  if (typed.word === named.word) return 1;
  const [short, long] = byLength(typed.word, named.word);
  const same = shared(typed.word, named.word);
  if (same >= 3 && same === short.length && (long.length - same <= 4 || named.word === long)) return 0.92;
  if (same >= 4 && same >= 0.6 * short.length && long.length - same <= 4) return 0.86;
  if (short.length >= 5 && nearlySame(typed.word, named.word)) return 0.82;
  const [brief, ample] = byLength(typed.sound, named.sound);
  if (brief.length < 3) return brief === ample && brief.length > 1 && same ? 0.7 : 0;
  if (brief === ample) return 0.8;
  if (ample.startsWith(brief) && ample.length - brief.length <= 2) return 0.72;
  return brief.length >= 4 && nearlySame(brief, ample) ? 0.7 : 0;
};

/* How well words that were typed fit a name: every word of it must; a name that says more fits less. */
const score = (typed, named) => {
  const used = new Set();
  let sum = 0;
  for (const one of typed) {
    let best = 0;
    let place = -1;
    named.forEach((other, index) => {
      const value = used.has(index) ? 0 : one(other);
      if (value > best) [best, place] = [value, index];
    });
    if (!best) return 0;
    used.add(place);
    sum += best;
  }
  const weighty = named.filter(({ word }) => word.length > 2).length;
  return (sum / typed.length) * (0.55 + 0.45 * Math.min(1, used.size / Math.max(1, weighty)));
};

/* Whether a word that was typed tells what is meant. */
export const isWeighty = (word) => word.length > 2 && !SMALL_WORDS.has(word);

const typedWords = (text) => {
  const all = wordsOf(fold(text));
  const weighty = all.filter(({ word }) => isWeighty(word));
  return weighty.length ? weighty : all;
};

/* The pages whose names fit best: all of those whose name was typed, and a few of the others. */
export const fitting = (pages, text, least) => {
  const whole = fold(text);
  const typed = typedWords(text);
  if (!typed.length || whole.length < 3) return [];
  // What was meant to be other letters sounds like nothing.
  const other = typedWords(onKeys(text)).map(({ word }) => ({ word, sound: "" }));
  const [fitsOfTyped, fitsOfOther] = [typed, other].map((words) => words.map((word) => once((named) => fit(word, named))));
  const fits = ({ words }) => Math.max(score(fitsOfTyped, words), other.length ? score(fitsOfOther, words) : 0);
  const scored = pages.map((page) => {
    const exact = page.names.some((name) => name.whole === whole);
    return { page, exact, value: exact ? 1 : Math.max(...page.names.map(fits)) };
  });
  const best = scored.filter(({ value }) => value >= least).sort((one, other) => other.exact - one.exact || other.value - one.value);
  return best.slice(0, Math.max(MOST, best.filter(({ exact }) => exact).length)).map(({ page }) => page);
};

/* A name as it is, and with spaces for what joins its parts unseen: few keyboards have that. */
const spelled = (name) => (name.includes("\u200c") ? [name, name.replaceAll("\u200c", " ")] : [name]);

/* The different spellings of a page's names, folded and word by word. */
const namesOf = (names) => {
  const wholes = new Set(names.flatMap(spelled).map(fold).filter(Boolean));
  return [...wholes].map((whole) => ({ whole, words: wordsOf(whole) }));
};

/* The pages with their names, of the rows of the file; `base` is the address of the site. */
export const pagesOf = (rows, base) =>
  rows.map(([title, address, ...names]) => ({ title, address: new URL(address, base).href, names: namesOf([title, ...names]) }));
