// Words: the twin of factarchive/arabic/stems.py, without its dictionary; tests/cases/stems.txt holds both together.
// All lists come from the manifest (analysis_tables); offsets count UTF-16 units, as strings here do.

const NUMBER = "0-9", POINTS = ".,\u066b\u066c", ARABIC = "\u0620-\u065f\u066e-\u06ff\u0750-\u077f";
const OTHER = `[^${ARABIC}${NUMBER} ${POINTS}-]`;
const TERM = new RegExp(
  `[0-9]*${OTHER}(?:[0-9]|${OTHER}|-(?=[0-9]))*|[0-9]+(?:[${POINTS}][0-9]+)*|[${ARABIC}]+`, "gu");
const GROUPED = /^([1-9][0-9]{0,2})((?:[,\u066c][0-9]{3})+|(?:\.[0-9]{3}){2,}|\.[0-9]{3}(?=,)|\.[0-9]00)(?:([.,\u066b])([0-9]+))?$/;
const DECIMAL = /^([0-9]+)[.,\u066b]([0-9]+)$/;

const whole = (digits) => digits.replace(/^0+/, "") || "0";
const withFraction = (digits, fraction = "") => {
  const rest = fraction.replace(/0+$/, "");
  return whole(digits) + (rest && "." + rest);
};

// The number that this is, written plainly; nothing for a row of several.
const number = (word) => {
  const grouped = GROUPED.exec(word), decimal = DECIMAL.exec(word);
  if (grouped && !(grouped[3] && grouped[2].includes(grouped[3])))
    return withFraction(grouped[1] + grouped[2].replace(/[^0-9]/g, ""), grouped[4]);
  if (decimal) return withFraction(decimal[1], decimal[2]);
  return /^[0-9]+$/.test(word) ? whole(word) : "";
};

export const createAnalysis = (tables) => {
  const { fold, hamza, articles, clitics, suffixes } = tables;
  const within = (spans, code) => spans.some(([low, high]) => low <= code && code <= high);
  const remembered = (make) => {
    const known = new Map();
    return (key) => {
      let value = known.get(key);
      if (value === undefined) known.set(key, (value = make(key)));
      return value;
    };
  };
  const own = (table, key) => (Object.hasOwn(table, key) ? table[key] : undefined);
  const swapped = (table) => (form) => Array.from(form, (c) => own(table, c) ?? c).join("");

  // One letter at a time: NFKD, lower case, drop, replace, NFKC.
  const letter = remembered((c) =>
    swapped(fold.letters)(
      Array.from(c.normalize("NFKD").toLowerCase()).filter((d) => !within(fold.drop, d.codePointAt(0))).join(""),
    ).normalize("NFKC"));
  const folded = (text) => Array.from(text, letter).join("");
  const spelled = remembered((c) => {
    const one = c.normalize("NFKC");
    if (own(hamza, one) !== undefined || ".,\u066b\u066c-".includes(c)) return one;
    return within(tables.written, c.codePointAt(0)) ? letter(c) : " ";
  });

  const terms = (text) => {
    const from = [], to = [], found = [];
    let made = "", at = 0;
    for (const c of text) {
      const piece = spelled(c), end = at + c.length;
      for (let i = 0; i < piece.length; i++) from.push(at), to.push(end);
      if (!piece && to.length) to[to.length - 1] = end; // marks belong to the letter before them
      made += piece;
      at = end;
    }
    const add = (form, start, end) => found.push({ form, start: from[start], end: to[end - 1] });
    for (const { 0: word, index } of made.matchAll(TERM)) {
      const row = /^[0-9.,\u066b\u066c]+$/.test(word);
      const form = row ? number(word) : word.replaceAll("-", "");
      if (form) add(form, index, index + word.length);
      else for (const part of word.matchAll(/[0-9]+/g))
        add(whole(part[0]), index + part.index, index + part.index + part[0].length);
    }
    return found;
  };

  // ---------------------------------------------------------------- spellings

  const free = Object.fromEntries(Object.keys(hamza).map((c) => [c, Object.keys(hamza)[0]]));
  const plain = remembered(swapped(hamza)), seatless = remembered(swapped(free));
  const spelledAlike = (form, stems) => {
    const listed = [...stems], bare = plain(form), open = seatless(form);
    let found = form === bare ? [] : listed.filter((stem) => seatless(stem) === open);
    if (!found.length) found = listed.filter((stem) => plain(stem) === bare);
    for (;;) {
      const plains = new Set(found.map(plain)), frees = new Set(found.map(seatless));
      const wider = listed.filter((stem) => plains.has(plain(stem)) || frees.has(seatless(stem)));
      if (wider.length === found.length) return found;
      found = wider;
    }
  };

  // ---------------------------------------------------------------- stems

  const names = new Map(), places = new Map(), [lost, ...endings] = tables.nisba;
  const joined = (place) => (lost.includes(place.at(-1)) && place.length > 3 ? place.slice(0, -1) : place);
  const enter = (table, row) => {
    for (const form of row) for (const key of [plain(form), seatless(form)]) table.set(key, row[0]);
  };
  for (const row of [...tables.names, ...tables.places]) enter(names, row.split(" "));
  for (const row of tables.places) enter(places, row.split(" ").map(joined));
  const variant = (form) => {
    const key = form === plain(form) ? form : seatless(form);
    if (names.has(key)) return names.get(key);
    for (const ending of endings) {
      const base = key.endsWith(ending) && places.get(key.slice(0, -ending.length));
      if (base) return base + ending;
    }
    return form;
  };
  const ownWords = new Set(tables.own), begins = (bare, starts) => starts.some((start) => bare.startsWith(start));
  const isOwn = (bare) => ownWords.has(bare) || begins(bare, tables.own_article);
  const isFuture = (bare) =>
    bare.length >= 5 && tables.future_before.includes(bare[1]) && !begins(bare, tables.not_future);
  const candidates = remembered((form) => {
    const bare = plain(form), found = [form];
    const take = (prefixes, fits) => {
      for (const p of prefixes) if (form.startsWith(p) && fits(bare.length - p.length, p)) found.push(form.slice(p.length));
    };
    if (!isOwn(bare)) {
      take(articles, (left) => left >= 2);
      take(clitics, (left, { length }) => left >= 3 && !(length > 1 && isOwn(bare.slice(1))));
      take(["", ...tables.conjunctions].map((c) => c + tables.future), (_, p) => isFuture(bare.slice(p.length - 1)));
    }
    return [...new Set(found.map(variant))];
  });

  const merged = {};
  for (const row of tables.classes) for (const c of row) merged[c] = row[0];
  for (const c of tables.weak) merged[c] = "";
  const consonants = swapped(merged);
  const skeleton = remembered((stem) => {
    const bare = plain(stem);
    for (const suffix of suffixes) {
      const kept = bare.endsWith(suffix) ? consonants(bare.slice(0, -suffix.length)) : "";
      if (kept.length >= 2) return kept;
    }
    return consonants(bare) || bare;
  });
  const family = remembered((stem) => Array.from(skeleton(stem)).slice(0, 3).join(""));

  const stops = new Set(tables.stop);
  const isStop = (form) => stops.has(plain(form));
  return { folded, terms, plain, seatless, spelledAlike, variant, candidates, family, skeleton, isStop };
};
