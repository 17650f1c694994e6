// Where two sentences part: a small twin of factarchive/arabic/differences.py, for numbers, negations, quantifiers and
// opposites; days it compares as numbers only, and any other word that has no fellow is told as such. Its lists come from arabic/differing.py; tests/cases/differing.txt holds the two together.

const CUES = ["quantifiers", "negations"];

// The share of pairs of letters that two words have in common.
const pairsOf = (word) => new Set(Array.from(word.slice(1), (c, i) => word[i] + c));
const alike = (one, other) => {
  const a = pairsOf(one), b = pairsOf(other);
  let both = 0;
  for (const pair of a) if (b.has(pair)) both++;
  return a.size && b.size ? (2 * both) / (a.size + b.size) : 0;
};

export const createDifferences = (tools, tables) => {
  const { conjunctions, future } = tables, starts = (form, all) => Array.from(all).some((one) => form.startsWith(one));
  const poles = new Map(), months = new Set(tables.months), denials = new Set(tables.denials), speech = new Set(tables.speech);
  tables.opposites.forEach((sides, axis) => sides.forEach((stems, side) => {
    for (const stem of stems.split(" ")) if (stem) poles.set(stem, [...(poles.get(stem) ?? []), [axis, side]]);
  }));
  const own = (table, key) => (Object.hasOwn(table, key) ? table[key] : undefined);
  // Each list of phrases by their first word.
  const listed = [];
  for (const group of [...CUES, "bounds"])
    for (const [name, phrases] of Object.entries(tables[group])) listed.push(...phrases.map((p) => ({ group, name, words: p.split(" ") })));
  listed.sort((a, b) => b.words.length - a.words.length);

  // ---------------------------------------------------------------- words

  const ownWords = new Set(tables.own), isOwn = (form) => ownWords.has(form) || starts(form, tables.own_article);
  const split = (form) => {
    if (isOwn(form)) return form;
    const article = tables.articles.find((one) => form.startsWith(one) && form.length - one.length >= 2);
    if (article) return form.slice(article.length);
    const rest = starts(form, conjunctions) && form.length >= 4 ? form.slice(1) : form;
    if (rest !== form && isOwn(rest)) return rest;
    if (rest[0] === future && rest.length >= 5 && tables.future_before.includes(rest[1]) && !starts(rest, tables.not_future)) return rest.slice(1);
    return starts(rest, tables.prepositions) && rest.length >= 5 ? rest.slice(1) : rest;
  };
  const bare = (stem) => {
    for (let i = 0; i < 2; i++) {
      const ending = tables.endings.find((one) => stem.endsWith(one) && stem.length - one.length >= 3);
      if (!ending) break;
      stem = stem.slice(0, -ending.length);
    }
    return stem;
  };
  const light = (form) => bare(split(form));
  // What a form is found by: its stem, and of a likely imperfect that of its third person; its first letter may be its own.
  const keysOf = (form) => [split(form), form].flatMap((one) => {
    const stem = bare(one), key = stem.length > 2 ? stem : one;
    return key.length > 2 && starts(key, tables.persons) ? [key, tables.persons[0] + key.slice(1)] : [key];
  });
  const phraseAt = (words, at, group) => {
    const { form } = words[at], firsts = [form, starts(form, conjunctions) && form.length > 2 ? form.slice(1) : "", split(form)];
    return listed.find((one) => one.group === group && firsts.includes(one.words[0]) &&
      one.words.every((word, i) => !i || words[at + i]?.form === word));
  };

  // ---------------------------------------------------------------- numbers

  const valueOf = (word) => (/^[0-9.]+$/.test(word.term) ? +word.term : own(tables.numbers, word.form) ?? own(tables.numbers, split(word.form)));
  const scaleOf = (word) => (word && own(tables.scales, word.form)) ?? 0;
  // A number with all its words: «خمسة وعشرين», «100 ألف»; its bound before it, what it counts behind it.
  const measureAt = (words, at) => {
    let value = 0, part = 0, end = at;
    for (; end < words.length; end++) {
      const scale = scaleOf(words[end]), one = valueOf(words[end]);
      if (end > at && !scale && !(one !== undefined && starts(words[end].form, conjunctions))) break;
      if (scale) value += (part || 1) * scale, part = 0;
      else if (one === undefined) break;
      else part += one;
    }
    if (end === at) return null;
    const near = (word) => word && months.has(word.form), day = near(words[end]) || near(words[at - 1]);
    const unit = words[end] && !words[end].isStop && !day ? tools.family(tools.candidates(words[end].form).at(-1)) : "";
    let bound = "", first = at;
    for (let back = 1; back <= 3 && at - back >= 0; back++) {
      const found = phraseAt(words, at - back, "bounds");
      if (found?.words.length === back) [bound, first] = [found.name, at - back];
    }
    return { value: value + part, unit, bound, day, at, first, end, span: [words[first].start, words[unit ? end : end - 1].end] };
  };
  const fits = (a, b) => {
    if (a.unit && b.unit && a.unit !== b.unit) return false;
    if (a.value === b.value) return ![a, b].every(({ bound }) => /over|under/.test(bound)) || a.bound === b.bound;
    const [low, high] = a.value < b.value ? [a, b] : [b, a];
    return (/about/.test(a.bound + b.bound) && high.value - low.value <= 0.1 * high.value) || low.bound === "over" || high.bound === "under";
  };

  // ---------------------------------------------------------------- a sentence, read once

  const read = (text) => {
    const words = tools.terms(text).map(({ form, start, end }) => {
      const own = tools.folded(text.slice(start, end));
      return { term: form, form: own, start, end, isStop: tools.isStop(form) || speech.has(own) };
    });
    const measures = [], days = [], cues = [], terms = [], used = new Set();
    for (let at = 0; at < words.length; at++) {
      const measure = used.has(at) ? null : measureAt(words, at);
      if (!measure) continue;
      for (let i = measure.first; i < measure.end; i++) used.add(i);
      (measure.day ? days : measures).push(measure);
    }
    for (let at = 0; at < words.length; at++) {
      if (used.has(at)) continue;
      const cue = (group, name, length) => cues.push({ group, name, at, span: [words[at].start, words[at + length - 1].end] });
      const denial = phraseAt(words, at, "negations"), quantifier = phraseAt(words, at, "quantifiers"), found = denial ?? quantifier;
      if (found) {
        if (found.name !== "not_denials") cue(found.group, found.name, found.words.length);
        for (const _ of found.words) used.add(at++);
        at--;
      } else if (keysOf(words[at].form).some((key) => denials.has(key))) cue("negations", "verb", 1);
    }
    words.forEach(({ term, form, start, end, isStop }, at) => {
      if (isStop || used.has(at)) return;
      const candidates = tools.candidates(term).map(tools.plain);
      terms.push({ at, candidates, family: tools.family(candidates.at(-1)), stem: light(form), poles: keysOf(form).flatMap((key) => poles.get(key) ?? []), span: [start, end] });
    });
    for (const cue of cues) cue.target = terms.findIndex(({ at }) => at > cue.at || (at === cue.at && cue.name !== "verb"));
    return { terms, measures, days, cues };
  };

  // ---------------------------------------------------------------- two of them

  const opposed = (a, b) => a.poles.some(([axis, side]) => b.poles.some((other) => other[0] === axis && other[1] !== side));
  const nearness = (a, b) => {
    if (a.stem === b.stem || a.candidates.some((one) => b.candidates.includes(one))) return 1;
    if (opposed(a, b)) return 0;
    const near = alike(a.stem, b.stem);
    return a.family === b.family && near >= 0.4 ? Math.max(0.7, near) : near >= 0.6 ? 0.8 * near : 0;
  };
  const align = (here, there) => {
    const all = here.flatMap((a, i) => there.map((b, j) => ({ i, j, near: nearness(a, b) }))).filter(({ near }) => near);
    all.sort((a, b) => b.near - a.near || Math.abs(a.i - a.j) - Math.abs(b.i - b.j));
    const to = new Map(), back = new Map();
    let sum = 0;
    for (const { i, j, near } of all) if (!to.has(i) && !back.has(j)) to.set(i, j), back.set(j, i), (sum += near);
    return { to, back, sum };
  };

  const denied = (here, there, to) => {
    const others = new Set(there.cues.filter(({ group }) => group === "negations").map(({ target }) => target));
    return here.cues.filter(({ group }) => group === "negations").flatMap(({ at, span, target }) => {
      const other = to.get(target), isShared = here.terms.some((term, i) => term.at === at && to.has(i));
      if (other === undefined || isShared || others.has(other) || others.has(other - 1)) return [];
      return [[[span[0], Math.max(span[1], here.terms[target].span[1])], there.terms[other].span]];
    });
  };
  // How far two sentences speak of one thing, 0 to 1, how many words they share, where they part, and what only one has.
  const compare = (here, there) => {
    const { to, back, sum } = align(here.terms, there.terms), differences = [];
    const add = (kind, a, b) => differences.push({ kind, here: a, there: b });
    const alone = (one, other) => one.measures.filter((m) => !other.measures.some((n) => fits(m, n)));
    const rivals = alone(there, here), loners = [];
    for (const one of alone(here, there)) {
      const at = [rivals.findIndex(({ unit }) => unit === one.unit), rivals.findIndex(({ unit }) => !unit || !one.unit)].find((n) => n >= 0) ?? -1;
      if (at >= 0) add("number", one.span, rivals.splice(at, 1)[0].span);
      else loners.push(one);
    }
    for (const [a, b] of denied(here, there, to)) add("negation", a, b);
    for (const [b, a] of denied(there, here, back)) add("negation", a, b);
    const quantified = ({ cues }) => cues.filter(({ group }) => group === "quantifiers");
    for (const a of quantified(here)) for (const b of quantified(there))
      if (a.name !== b.name && to.has(a.target) && to.get(a.target) === b.target) add("quantifier", a.span, b.span);
    const taken = new Set();
    let apart = 0;
    here.terms.forEach((a, i) => {
      const j = to.has(i) ? -1 : there.terms.findIndex((b, j) => !back.has(j) && !taken.has(j) && opposed(a, b));
      if (j >= 0) taken.add(j), apart++, add("antonym", a.span, there.terms[j].span);
    });
    // Days and years beside a month, as numbers: what only one has, against what only the other has.
    const late = there.days.filter(({ value }) => !here.days.some((day) => day.value === value));
    const early = here.days.filter(({ value }) => !there.days.some((day) => day.value === value));
    early.forEach((day, i) => late[i] && add("date", day.span, late[i].span));
    const left = (side, { terms }, paired, extra) => {
      const told = differences.map((one) => one[side]), all = [...terms.filter((_, i) => !paired.has(i)), ...extra].map(({ span }) => span);
      return all.filter(([start, end]) => !told.some((span) => span[0] < end && start < span[1])).sort((a, b) => a[0] - b[0]);
    };
    const only = { here: left("here", here, to, [...early, ...loners]), there: left("there", there, back, [...late, ...rivals]) };
    const sizes = [here.terms.length, there.terms.length], least = Math.min(...sizes), met = Math.min(sum + 0.5 * apart, least);
    return { shared: to.size, likeness: least && (0.4 * met) / least + (0.6 * met) / Math.max(...sizes), differences, only };
  };
  return { read, compare };
};
