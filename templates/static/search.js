// Search, first form: months of folded texts are fetched newest first and searched as they come.
(() => {
  const main = document.querySelector("main[data-index]");
  if (!main) return;
  const at = (name) => main.querySelector(name);
  const [box, form, list, status, more, empty, failed] =
    ["#q", "#find", "#hits", "#status", "#more", "#empty", "#failed"].map(at);
  const boxes = [...main.querySelectorAll("[name=verdict]")];
  const base = new URL("..", new URL(main.dataset.index, location.href)); // /search/index.json stands one below the site
  const plural = new Intl.PluralRules("ar");
  const words = JSON.parse(at("#words").textContent);
  const zero = words.zero.charCodeAt(0); // the site's own digits, Latin or Arabic
  const number = (n) => String(n).replace(/\d/g, (d) => String.fromCharCode(zero + Number(d)));
  const PAGE = 30;
  let docs = [], hits = [], terms = [], fold = null, shown = 0, loading = true;

  // One letter at a time, as the builder folds: NFKD, lower case, drop, replace, NFKC.
  const folder = (table) => {
    const known = new Map();
    const dropped = (code) => table.drop.some(([low, high]) => low <= code && code <= high);
    return (letter) => {
      if (!known.has(letter)) {
        const parts = [...letter.normalize("NFKD").toLowerCase()].filter((c) => !dropped(c.codePointAt(0)));
        known.set(letter, parts.map((c) => table.letters[c] ?? c).join("").normalize("NFKC"));
      }
      return known.get(letter);
    };
  };
  const folded = (text) => [...text].map(fold).join("");

  // ---------------------------------------------------------------- finding

  const PREFIX = /^(?:[وف]?(?:ال|لل|[بك]ال)|[وفبلك])(?=.{3})/;
  const parse = (text) =>
    folded(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean)
      .map((term) => [...new Set([term, term.replace(PREFIX, "")])]);
  const wordStart = (text, term) => {
    for (let i = text.indexOf(term); i >= 0; i = text.indexOf(term, i + 1))
      if (!i || !/[\p{L}\p{N}]/u.test(text[i - 1])) return true;
    return false;
  };
  // Title counts most, then the quote, then the rest; the word as typed before the word without its prefix.
  const score = (doc) => {
    let total = 0;
    for (const forms of terms) {
      let best = 0;
      forms.forEach((term, n) => {
        if (!doc.f.includes(term)) return;
        const part = doc.parts.findIndex((text) => text.includes(term));
        best = Math.max(best, [8, 4, 1, 3][part] * (wordStart(doc.parts[part], term) ? 2 : 1) * (n ? 0.7 : 1));
      });
      if (!best) return 0;
      total += best;
    }
    return total || 1;
  };

  // ---------------------------------------------------------------- showing

  const el = (tag, name, ...children) => {
    const node = document.createElement(tag);
    if (name) node.className = name;
    node.append(...children);
    return node;
  };
  // A mark inside a word would cut its letters apart.
  const wholeWords = (text, start, end) => {
    const inWord = (at) => /[\p{L}\p{M}\p{N}\u0640]/u.test(text[at] ?? "");
    while (inWord(start - 1) && inWord(start)) start--;
    while (inWord(end) && inWord(end - 1)) end++;
    return [start, end];
  };
  // Fold with a map back, so that the letters highlighted are the author's own, marks and all.
  const marked = (text) => {
    const map = [];
    let out = "", offset = 0;
    for (const letter of text) {
      const piece = fold(letter);
      for (let i = 0; i < piece.length; i++) map.push(offset);
      out += piece;
      offset += letter.length;
    }
    map.push(text.length);
    const spans = [];
    for (const forms of terms) {
      const term = forms.find((form) => out.includes(form));
      for (let i = term ? out.indexOf(term) : -1; i >= 0; i = out.indexOf(term, i + term.length))
        spans.push(wholeWords(text, map[i], map[i + term.length]));
    }
    spans.sort((a, b) => a[0] - b[0]);
    const node = document.createDocumentFragment();
    let done = 0;
    for (const [start, end] of spans) {
      if (start < done) continue;
      node.append(text.slice(done, start), el("mark", "hit", text.slice(start, end)));
      done = end;
    }
    node.append(text.slice(done));
    return [node, spans];
  };
  const excerpt = (text, limit = 220) => {
    if (text.length <= limit) return text;
    const [, spans] = marked(text);
    const first = spans.length ? spans[0][0] : 0;
    const start = first > limit / 2 ? text.lastIndexOf(" ", first - limit / 3) + 1 : 0;
    const end = text.lastIndexOf(" ", start + limit);
    return (start ? "… " : "") + text.slice(start, end > start ? end : start + limit) + (start + limit < text.length ? " …" : "");
  };
  const bestText = (doc) => {
    const has = (text) => text && terms.length && marked(text)[1].length;
    return [doc.q, doc.b].find(has) || doc.q || (doc.k === "claim" ? doc.b : "");
  };
  const day = (iso) => {
    const [year, month, date] = iso.split("-").map(Number);
    const node = el("time", "", [number(date), words.months[month - 1], number(year)].join(" "));
    node.dateTime = iso;
    return node;
  };
  const row = (doc) => {
    const badge = at(`#badge-${doc.v || "article"}`).content.cloneNode(true);
    const link = el("a", "", marked(doc.t)[0]);
    link.href = new URL(doc.u, base).href;
    link.dir = "auto";
    const by = el("p", "by");
    if (doc.s) by.append(el("b", "", marked(doc.s)[0]));
    if (doc.s && doc.d) by.append(" · ");
    if (doc.d) by.append(day(doc.d));
    const item = el("li", "row claim-row", badge, el("h3", "words", link), by);
    const text = bestText(doc);
    if (text) item.append(el("p", "sum", marked(excerpt(text))[0]));
    return item;
  };
  const extend = () => {
    list.append(...hits.slice(shown, shown + PAGE).map(row));
    shown = Math.min(shown + PAGE, hits.length);
    more.hidden = shown >= hits.length;
  };
  const say = (n) => words.results[plural.select(n)].replace("{n}", number(n));

  // ---------------------------------------------------------------- the whole way

  const remember = () => {
    const url = new URL(location);
    const put = (name, values) => (url.searchParams.delete(name), values.forEach((v) => url.searchParams.append(name, v)));
    put("q", box.value.trim() ? [box.value.trim()] : []);
    put("verdict", boxes.filter((b) => b.checked).map((b) => b.value));
    if (url.href !== location.href) history.replaceState(null, "", url);
  };
  const run = () => {
    if (!fold) return;
    terms = parse(box.value);
    const chosen = new Set(boxes.filter((b) => b.checked).map((b) => b.value));
    const asked = terms.length || chosen.size;
    const found = asked ? docs.map((doc) => [score(doc), doc]).filter(([points]) => points) : [];
    const counts = {};
    for (const [, doc] of found) counts[doc.v] = (counts[doc.v] || 0) + 1;
    for (const b of boxes) {
      const n = counts[b.value] || 0;
      b.parentNode.querySelector(".n").textContent = terms.length ? number(n) : "";
      b.parentNode.classList.toggle("none", terms.length > 0 && !n && !b.checked);
    }
    hits = found.filter(([, doc]) => !chosen.size || chosen.has(doc.v));
    hits.sort((a, b) => b[0] - a[0] || (a[1].d < b[1].d ? 1 : a[1].d > b[1].d ? -1 : 0));
    hits = hits.map(([, doc]) => doc);
    list.replaceChildren();
    shown = 0;
    extend();
    status.textContent = !asked ? "" : loading && !hits.length ? words.loading : say(hits.length);
    empty.hidden = !asked || loading || hits.length > 0;
  };
  const fetched = async (url) => {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  };
  const take = (shard) => {
    for (const doc of shard.docs) {
      const rest = doc.f.split("\n"); // title, quote, body, who: a body has lines of its own
      doc.parts = [rest[0], rest[1], rest.slice(2, -1).join("\n"), rest.at(-1)];
      docs.push(doc);
    }
    run();
  };
  const load = async () => {
    let missed = 0;
    try {
      const index = new URL(main.dataset.index, location.href);
      const manifest = await fetched(index);
      fold = folder(manifest.fold);
      for (const name of manifest.shards) await fetched(new URL(name, index)).then(take, () => missed++);
    } catch {
      missed++;
    }
    loading = false;
    failed.hidden = !missed;
    run();
  };

  const asked = new URL(location).searchParams;
  box.value = asked.get("q") || "";
  boxes.forEach((b) => (b.checked = asked.getAll("verdict").includes(b.value)));
  const changed = () => (run(), remember());
  box.addEventListener("input", changed);
  boxes.forEach((b) => b.addEventListener("change", changed));
  form.addEventListener("submit", (event) => (event.preventDefault(), changed()));
  more.addEventListener("click", () => {
    const last = shown;
    extend();
    list.children[last]?.querySelector("a").focus();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && box.value) event.preventDefault(), (box.value = ""), changed();
  });
  load();
})();
