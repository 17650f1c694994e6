// Ranking: the twin of factarchive/archive/matching.py; tests hold both to the same results. What it knows of words and
// weights comes from the manifest. Scores are whole millionths, so that sums are exact.
import { createAnalysis } from "./analysis.js";

// ---------------------------------------------------------------- files, see archive/index_files.py

const inflate = async (raw) =>
  new Uint8Array(await new Response(new Blob([raw]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).arrayBuffer());

const cursor = (bytes, at) => {
  const c = {
    at,
    byte: () => bytes[c.at++],
    take: (n) => bytes.subarray(c.at, (c.at += n)),
    varint: () => {
      let value = 0, shift = 0, byte;
      do value |= ((byte = bytes[c.at++]) & 127) << shift, shift += 7;
      while (byte > 127);
      return value;
    },
  };
  return c;
};
const rows = (rest) => (bytes) => {
  const c = cursor(bytes, 1), name = new Uint8Array(999), all = [];
  while (c.at < bytes.length) {
    const shared = c.varint(), more = c.take(c.varint());
    name.set(more, shared);
    all.push(rest(c, new TextDecoder().decode(name.subarray(0, shared + more.length))));
  }
  return all;
};
const frequency = (code) => (code < 16 ? code : (8 + (code & 7)) << ((code >> 3) - 1));
const terms = rows((c, word) => ({ word, lemma: c.varint(), df: frequency(c.varint()), packed: c.take(c.varint()) }));
const json = (bytes) => JSON.parse(new TextDecoder("windows-1256").decode(bytes.subarray(1)));
const readers = { w: terms, p: terms, l: rows((c, word) => ({ word, rank: c.byte() })), c: json, f: json, t: json };

const postings = (packed) => {
  const c = cursor(packed, 0), numbers = new Int32Array(c.varint());
  let number = 0;
  for (let i = 0; i < numbers.length; i++) numbers[i] = number += c.varint();
  return { numbers, marks: packed.subarray(c.at) };
};
const has = ({ numbers }, number) => {
  let low = 0, high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] < number) low = middle + 1;
    else high = middle;
  }
  return numbers[low] === number;
};

// ---------------------------------------------------------------- likeness

const trigrams = (word) => new Set(Array.from(word + "$", (_, i) => `^${word}$`.slice(i, i + 3)).slice(0, word.length));
const dice = (a, b) => {
  let both = 0;
  for (const gram of b) if (a.has(gram)) both++;
  return (2 * both) / (a.size + b.size);
};
// Whether one letter more, less, other, or two neighbours swapped make one word of the other.
const isSlip = (a, b) => {
  if (a.length < b.length) [a, b] = [b, a];
  let i = 0;
  while (i < b.length && a[i] === b[i]) i++;
  const rest = (n, m) => a.slice(i + n) === b.slice(i + m);
  return a.length > b.length ? rest(1, 0) : a !== b && (rest(1, 1) || (rest(2, 2) && a[i] === b[i + 1] && a[i + 1] === b[i]));
};

// ---------------------------------------------------------------- the engine

const QUOTE = "[\"«»“”„‟]", PLAIN = "[^\\s\"«»“”„‟";
const PART = new RegExp(`([-−]?)(?:(${PLAIN}:：]+)[:：]\\s*)?(?:${QUOTE}(${QUOTE.replace("[", "[^")}*)${QUOTE}?|(${PLAIN}]*))`, "g");
const FACETS = { speaker: "s", topic: "p", outlet: "o", technique: "q" };
const byLikeness = (a, b) => b.likeness - a.likeness;

// `get` gives a file's bytes, or null; `lose` is told of a file that is damaged.
export const createEngine = ({ get, manifest, lose }) => {
  let params, tools, cache, isStale, isRenewed;
  const use = (fresh) => {
    manifest = fresh;
    params = manifest.params;
    tools = createAnalysis(manifest.analysis);
    cache = new Map();
  };
  use(manifest);
  const formsOf = (text) => tools.terms(text ?? "").map(({ form }) => form);

  // A file, read, or null; the last few hundred are kept.
  const load = (path) => {
    const found = cache.get(path) ?? get(path).then(async (raw) => {
      const bytes = raw && (await inflate(raw));
      if (!bytes || bytes[0] === manifest.scale) return bytes && readers[path[0]](bytes);
      isStale = true;
      return null;
    }).catch(() => {
      cache.delete(path);
      lose?.(path);
      return null;
    });
    cache.delete(path);
    cache.set(path, found);
    if (cache.size > 600) cache.delete(cache.keys().next().value);
    return found;
  };
  const page = (kind, number) => load(`${kind}/${number.toString(16)}.bin`);
  const bucket = async (kind, key, count) => {
    let hash = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(key)) hash = Math.imul(hash ^ byte, 0x01000193);
    return (await page(kind, hash & (count - 1))) ?? [];
  };
  const cardsOf = async (number) => (await page("c", number >>> 12))?.[number] ?? [];

  // ---------------------------------------------------------------- words

  // A day, month or year as the beginning of YYYYMMDD, in either order of its parts; nothing where it is none yet.
  const boundOf = (value) => {
    const parts = value.split(/[^0-9]+/).filter(Boolean).slice(0, 3);
    if (parts[1] && parts.at(-1).length === 4) parts.reverse();
    return (parts[1] ? /^.{4}$/ : /^.{4}(..){0,2}$/).test(parts[0] ?? "") ? parts.map((n) => n.padStart(2, "0")).join("") : "";
  };
  const parse = (text, pasted) => {
    const wordsOf = (part, at) => tools.terms(part).map(({ form, start, end }) => ({ form, typed: part.slice(start, end), at: at + start }));
    const told = (list) => {
      const first = new Map();
      for (const word of list) if (!first.has(word.form)) first.set(word.form, word);
      const all = [...first.values()], said = all.filter(({ form }) => !tools.isStop(form));
      return said[0] ? said : all;
    };
    const asked = ({ words, last, ...rest }) => {
      const said = told(words);
      return { phrases: [], without: [], filters: [], unread: [], ...rest, words: said, last: said[0] && text.endsWith(said.at(-1).typed) && last };
    };
    const words = [], phrases = [], without = [], filters = [], unread = [];
    let last;
    for (const { 0: typed, 1: minus, 2: name = "", 3: quoted, 4: plain, index } of text.matchAll(PART)) {
      const value = tools.folded(quoted ?? plain).trim(), at = index + minus.length, found = wordsOf(text.slice(at, index + typed.length), at);
      const named = new Map(Object.entries(manifest.names)).get(tools.folded(name)), isBound = /^(from|to)$/.test(named);
      const key = isBound && !/^[0-9]/.test(value) ? "" : named, forms = found.map(({ form }) => form);
      if (key && value) {
        const read = isBound ? boundOf(value) : value;
        if (read) filters.push({ key, value: read, not: !!minus, typed });
        else unread.push(typed);
      } else if (key || !forms.length) continue;
      else if (minus) without.push(forms);
      else {
        words.push(...found);
        last = quoted === undefined && forms.at(-1);
        if (quoted !== undefined) phrases.push(forms);
      }
    }
    if (!pasted && told(words).length <= params.pasted) return asked({ words, phrases, without, filters, unread, last });
    const all = wordsOf(text, 0); // somebody else's text: its marks are its own
    return asked({ words: all, last: told(all).at(-1)?.form });
  };

  const shardOf = (key) => bucket("w", key, manifest.shards);
  const find = (list, word) => list.find((term) => term.word === word);
  // All postings of a term where that matters, else the best.
  const listOf = async (term, likeness) => {
    if (manifest.long && term.df > manifest.inline && likeness >= params.marked)
      term = find(await bucket("p", term.word, manifest.long), term.word) ?? term;
    return (term.list ??= postings(term.packed));
  };
  // The stems that a form may have: their families, and in these what is the stem itself.
  const stemsOf = (form) => Promise.all(tools.candidates(form).map(async (stem) => {
    const key = tools.family(stem), shard = await shardOf(key), members = shard.filter((term) => (term.key ??= tools.family(term.word)) === key);
    const alike = tools.spelledAlike(stem, members.map(({ word }) => word));
    return { bare: tools.plain(stem), key, shard, members, own: members.filter(({ word }) => alike.includes(word)) };
  }));

  // What a word finds: terms, each with its likeness, 1 for the word itself.
  const expand = async ({ form, typed }, opens) => {
    const { plain, family, skeleton } = tools, found = new Map(), far = new Map();
    const raise = (term, likeness) => likeness > (found.get(term) ?? 0) && found.set(term, likeness);
    const stems = await stemsOf(form), isKnown = stems.some(({ own }) => own[0]), isOpen = opens(isKnown);
    const completed = (bare) => (word) => (isOpen && word.startsWith(bare) ? (params.completion * bare.length) / word.length : 0);
    for (const { shard, members, bare, key, own } of stems) {
      if (isKnown && !own[0]) continue; // so that every spelling of a known word finds the same
      const grams = (own[0] ? own.map(({ word }) => plain(word)) : [bare]).map(trigrams);
      for (const term of members) {
        term.grams ??= trigrams(plain(term.word));
        const d = own.includes(term) ? 1 : Math.max(...grams.map((gram) => dice(gram, term.grams)));
        if (d >= params.dice) raise(term, d * d * d);
        else if (!isKnown && key.length > 2 && skeleton(bare) === skeleton(term.word)) raise(term, params.skeleton);
      }
      for (const term of shard) {
        if (term.lemma && own.some(({ lemma }) => lemma === term.lemma)) raise(term, params.lemma);
        if (isOpen) raise(term, completed(bare)((term.bare ??= plain(term.word))));
      }
    }
    // Other families, by the lexicon: beginnings of words too short for a family, and slips in unknown words.
    const look = async (key, likenessOf) => {
      for (const { word, rank } of await bucket("l", key, manifest.lexicon)) {
        const likeness = likenessOf(plain(word));
        if (likeness > (far.get(word)?.likeness ?? 0)) far.set(word, { word, likeness, worth: likeness * (rank + 1) * (rank + 1) });
      }
    };
    await Promise.all(stems.flatMap(({ bare, key }) => {
      const first = "^" + bare.slice(0, 2), slip = (word) => (isSlip(word, bare) ? params.slip : 0), asked = [];
      if (!isKnown && bare.length >= params.slip_min && /[^\d.]/.test(bare)) asked.push(look(first, slip), look(bare.slice(-2) + "$", slip));
      if (isOpen && bare.length > 1 && key.length < 3) asked.push(look(first, completed(bare)));
      return asked;
    }));
    const best = [...far.values()].sort((a, b) => b.worth - a.worth || (a.word < b.word ? -1 : 1)).slice(0, params.far);
    const there = await Promise.all(best.map(async ({ word }) => find(await shardOf(family(word)), word)));
    there.forEach((term, i) => term && raise(term, best[i].likeness));
    const list = await Promise.all([...found].map(async ([term, likeness]) =>
      ({ word: term.word, df: term.df, likeness, list: await listOf(term, likeness) })));
    const ranked = [...list].sort(byLikeness), like = ranked.filter(({ likeness }) => likeness >= params.marked);
    const used = (like[0] ? like : ranked.slice(0, 1)).map(({ word }) => word), first = plain(used[0] ?? "");
    const kind = isKnown ? "exact" : !first ? "none"
      : isOpen && stems.some(({ bare }) => first.startsWith(bare)) ? "completion"
      : stems.some(({ bare }) => isSlip(first, bare)) ? "slip" : "family";
    return { said: { typed, kind, used }, list };
  };

  // The documents that words find, by number, each with its score.
  const weigh = (words) => {
    const docs = new Map(), most = 2 ** manifest.scale;
    for (const { list } of words) {
      const parts = new Map();
      let top = 0, sum = 0;
      for (const { df, likeness, list: { numbers, marks } } of list) {
        top = Math.max(top, likeness * df);
        sum += likeness * df;
        for (let i = 0; i < numbers.length; i++) {
          const number = numbers[i];
          parts.set(number, (parts.get(number) ?? 0) + likeness * manifest.levels[marks[i] >> 4]);
          if (!docs.has(number)) docs.set(number, { number, score: 0, verdict: marks[i] & 15 });
        }
      }
      const df = Math.min(most, top + params.rest * (sum - top)), rarity = Math.log(1 + (most - df + 0.5) / (df + 0.5));
      for (const [number, part] of parts)
        docs.get(number).score += Math.floor(((rarity * part) / (part + params.k1)) * 1e6 + 0.5);
    }
    return docs;
  };

  // ---------------------------------------------------------------- filters

  const facets = async (number) => {
    const data = await page("f", number);
    return data ? data.n.map((number, i) => {
      const day = String(data.d[i] || ""), row = { number, day, score: 0, verdict: data.v[i], year: day ? [day.slice(0, 4)] : [] };
      for (const key in FACETS) row[key] = [data[FACETS[key]][i]].flat().flatMap((at) => data.names[at] ?? []);
      return row;
    }) : [];
  };
  const testOf = ({ key, value }) => {
    if (key === "from") return ({ day }) => day >= value.padEnd(8, "0");
    if (key === "to") return ({ day }) => day && day <= value.padEnd(8, "9");
    if (key === "verdict") {
      const names = ({ id, label, names = [] }) => [id, label, ...names].map(tools.folded);
      const codes = manifest.verdicts.filter((verdict) => names(verdict).includes(value)).map(({ code }) => code);
      return ({ verdict }) => codes.includes(verdict);
    }
    const forms = formsOf(value), isPart = /speaker|outlet/.test(key); // «ترامب» is enough for «دونالد ترامب»
    return (doc) => (doc[key] ?? []).map(formsOf).some((name) => forms[0] && forms.every((form) => name.includes(form)) && (isPart || forms.length === name.length));
  };

  // ---------------------------------------------------------------- texts

  const highlight = (text, words) =>
    tools.terms(text ?? "").filter(({ form }) => tools.candidates(form).some((stem) => words.includes(stem))).map(({ start, end }) => [start, end]);
  // Whether words stand in a text one after the other; the first may have clitics.
  const holds = (text, phrase) => {
    const forms = formsOf(text);
    return forms.some((first, at) => tools.candidates(first).includes(phrase[0]) && phrase.every((form, i) => !i || form === forms[at + i]));
  };
  const textOf = async ({ x }) => (x && (await load(x))) || "";

  const excerpt = async (card, words, size = 220) => {
    let text = card.q ?? "", marks = highlight(text, words);
    if (!marks.length && !highlight(card.t, words).length) {
      const whole = await textOf(card), found = highlight(whole, words);
      if (found.length) [text, marks] = [whole, found];
    }
    if (text.length <= size) return { text, marks };
    let best = 0, most = 0;
    for (const [start] of marks) {
      const inside = new Set(marks.filter(([a, b]) => a >= start && b <= start + size * 0.7).map((mark) => text.slice(...mark)));
      if (inside.size > most) [best, most] = [start, inside.size];
    }
    const from = best < size / 3 ? 0 : text.lastIndexOf(" ", best - Math.floor(size / 5)) + 1, cut = text.lastIndexOf(" ", from + size);
    const to = from + size >= text.length ? text.length : cut > from ? cut : from + size, before = from ? "… " : "", shift = before.length - from;
    return {
      text: before + text.slice(from, to) + (to < text.length ? " …" : ""),
      marks: marks.filter(([a, b]) => a >= from && b <= to).map((mark) => mark.map((at) => at + shift)),
    };
  };

  // ---------------------------------------------------------------- results

  // Documents in their order, by article, until there are enough articles; `count` is of those whose texts were right.
  const gather = async (kept, words, { phrases, banned, most }) => {
    const groups = new Map(), pages = new Set(), reads = phrases.length + banned.length > 0;
    const place = ({ number }) => number >>> 12;
    const passes = async (card) => {
      const texts = [card.t, card.q, card.s], held = (phrase) => texts.some((text) => holds(text, phrase));
      if (banned.length || !phrases.every(held)) texts.push(await textOf(card));
      return phrases.every(held) && !banned.some(held);
    };
    const hitsOf = async ({ number, score }) => {
      const found = words.flatMap(({ said, list }) => {
        const here = list.filter((one) => has(one.list, number)).sort(byLikeness), like = here.filter(({ word }) => said.used.includes(word));
        return (like[0] ? like : here.slice(0, 1)).map(({ word }) => word);
      });
      const cards = await cardsOf(number), sure = cards[1] ? cards.filter(({ t, q, s }) => [t, q, s].some((text) => highlight(text, found)[0])) : [];
      const hits = (sure[0] ? sure : cards).map((card) => ({ card, score, words: found }));
      const right = await Promise.all(hits.map(({ card }) => !reads || passes(card)));
      return hits.filter((_, i) => right[i]);
    };
    const add = (hit, isNew) => {
      const article = hit.card.a, group = groups.get(article);
      if (group?.hits.length < 3) group.hits.push(hit);
      else if (!group && isNew) groups.set(article, { article, score: hit.score, hits: [hit] });
    };
    const last = reads ? Math.min(kept.length, params.tried * Math.ceil(most / 10)) : kept.length;
    let at = 0, count = 0;
    while (at < last && groups.size < most) {
      // As many pages of cards as groups are missing: an article's documents stand on one.
      const batch = new Set(), begin = at;
      while (at < last && (batch.size < most - groups.size || batch.has(place(kept[at])))) batch.add(place(kept[at++]));
      batch.forEach((page) => pages.add(page));
      for (const hit of (await Promise.all(kept.slice(begin, at).map(hitsOf))).flat()) add(hit, true), count++;
    }
    if (!reads) for (const doc of kept.slice(at, at + 500)) if (pages.has(place(doc))) for (const hit of await hitsOf(doc)) add(hit);
    return { groups: [...groups.values()].slice(0, most), total: reads ? count : kept.length, more: at < last || groups.size > most };
  };

  const attempt = async ({ query = "", filters = {}, sort, from, to, limit = 10, offset = 0, live, columns, pasted }) => {
    const { words: asked, phrases, without, filters: written, unread, last } = parse(query, pasted);
    const set = Object.entries({ ...filters, from: [from], to: [to] }).flatMap(([key, values]) => values.filter(Boolean).map((value) =>
      ({ key, value: (/^(from|to)$/.test(key) ? boundOf : String)(tools.folded(value).trim()) }))).filter(({ value }) => value);
    const isOpen = (word) => (isKnown) => word === asked.at(-1) && word.form === last && (live || !isKnown);
    const [words, unwanted] = await Promise.all([
      Promise.all(asked.map((word) => expand(word, isOpen(word)))),
      Promise.all(without.map((forms) => (forms[1] ? [] : stemsOf(forms[0])))),
    ]);
    const all = [...written, ...set], byDate = sort === "date" || !words[0];
    const tests = [...new Set(all.map(({ key }) => key))].map((key) => {
      const [no, yes] = [true, false].map((not) => all.filter((f) => f.key === key && !!f.not === not).map(testOf));
      return [key, (doc) => (!yes[0] || yes.some((test) => test(doc))) && !no.some((test) => test(doc))];
    });
    const isWide = columns || byDate || tests.some(([key]) => key !== "verdict");
    let docs = weigh(words);
    if (isWide && (words[0] || tests[0] || without[0])) {
      const pages = words[0] ? new Set([...docs.keys()].map((n) => n >>> 18)) : Array(Math.max(1, 2 ** (manifest.bits - 18))).keys();
      const rows = (await Promise.all([...pages].map(facets))).flat();
      if (!words[0]) docs = new Map(rows.map((row) => [row.number, row]));
      for (const row of rows) if (docs.has(row.number)) docs.set(row.number, { ...row, ...docs.get(row.number) });
    }
    // What has an unwanted word goes by its postings, and where these are cut, by the texts.
    const banned = without.filter((forms) => forms[1]);
    for (const stems of unwanted)
      for (const term of stems.find(({ own }) => own[0])?.own ?? []) {
        const { numbers } = await listOf(term, 1);
        for (const number of numbers) docs.delete(number);
        if (numbers.length >= params.postings) banned.push([term.word]);
      }

    // A document that fails one test counts for that test's facet only: what another choice would find.
    const table = () => Object.create(null), counts = { verdict: table() }, drops = {}, kept = [];
    if (isWide) for (const key of ["year", ...Object.keys(FACETS)]) counts[key] = table();
    for (const doc of docs.values()) {
      const failed = tests.filter(([, test]) => !test(doc)).map(([key]) => key);
      if (!failed[0]) kept.push(doc);
      else if (!failed[1]) drops[failed] = (drops[failed] ?? 0) + 1;
      for (const key in counts)
        if (failed.every((other) => other === key))
          for (const value of key === "verdict" ? manifest.verdicts.flatMap(({ code, id }) => (code === doc.verdict ? id : [])) : doc[key] ?? [])
            counts[key][value] = (counts[key][value] ?? 0) + 1;
    }
    kept.sort((a, b) => (byDate && b.day - a.day) || b.score - a.score || a.number - b.number);
    const most = offset + limit, said = words.map((word) => word.said);
    let found = await gather(kept, words, { phrases, banned, most });
    const loose = phrases.length > 0 && !found.groups[0]; // no text has the phrases: they are words
    if (loose) found = await gather(kept, words, { phrases: [], banned, most });
    return {
      ...found, groups: found.groups.slice(offset), loose, counts, drops: kept[0] ? {} : drops, terms: said,
      written, unread,
      suggestions: said.flatMap(({ kind, used }, i) => kind === "slip" ? used.slice(0, 3).map((word) => ({ typed: asked[i].typed, at: asked[i].at, word })) : []).slice(0, 5),
    };
  };

  // Every file that a search among documents of these verdicts may ask for.
  const files = async (codes) => {
    const rows = (await Promise.all(Array.from({ length: Math.max(1, 2 ** (manifest.bits - 18)) }, (_, n) => facets(n)))).flat();
    const pages = new Set(rows.filter(({ verdict }) => codes.includes(verdict)).map(({ number }) => number >>> 12));
    const all = (kind, numbers) => Array.from(numbers, (number) => `${kind}/${number.toString(16)}.bin`);
    return [...all("w", Array(manifest.shards).keys()), ...all("p", Array(manifest.long).keys()), ...all("l", Array(manifest.lexicon).keys()), ...all("c", pages)];
  };

  const search = async (asked) => {
    const found = await attempt(asked);
    if (!isStale || isRenewed) return found;
    isRenewed = true; // the files are of another scale than the manifest
    const raw = await get("index.json", { fresh: true });
    if (raw) use(JSON.parse(new TextDecoder().decode(raw)));
    return attempt(asked);
  };
  return { search, excerpt, highlight, files };
};
