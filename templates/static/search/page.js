// The search page: what is asked stands in its form and its address, the answer below. The engine finds, this shows.
import { createEngine } from "./engine.js";
import { createRich, el } from "./text.js";

const at = (id) => document.getElementById(id);
const read = (id) => JSON.parse(at(id).textContent);
const copy = (id) => at(id).content.firstElementChild.cloneNode(true);
const [main, form, box, status, hits, more, columns] = ["main", "find", "q", "status", "hits", "more", "columns"].map(at);
const words = read("words"), manifest = read("manifest");
const sets = [...main.querySelectorAll("fieldset[name]")];
let engine, lost = true, cache; // how a file is fetched: past what the browser keeps where that was no good

// Null for what is not there, and for what cannot be had now: the rest is searched all the same.
const get = async (path, options) => {
  try {
    const answer = await fetch(new URL(path, form.action), { cache: options?.fresh ? "no-cache" : cache });
    if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
    // Only a page of facets may be empty, and so not there.
    if (answer.status !== 404 || path[0] !== "f") lose();
  } catch {
    lose();
  }
  return null;
};
const lose = () => {
  lost = true;
  if (main.ariaBusy !== "true") tell();
};
const tell = () => (main.dataset.lost = lost && (navigator.onLine ? "failed" : "offline"));

// ---------------------------------------------------------------- texts

const { format } = new Intl.NumberFormat(words.locale, { useGrouping: false });
const dates = new Intl.DateTimeFormat(words.locale, { dateStyle: "long", timeZone: "UTC" });
const day = (iso) => dates.format(new Date(iso));
const rich = createRich(words.latin);

// ---------------------------------------------------------------- what is asked

const chosen = () => [...document.querySelectorAll("[form]:checked, [type=date]")].filter((input) => input.value);
const pairs = () => [...new FormData(form)].filter(([, value]) => value.trim());
const address = (parts) => Object.assign(new URL(location), { search: new URLSearchParams(parts), hash: "" }).href;
// A link to what is asked with other values; what has none is left out.
const turned = (link, change) => {
  link.href = address(pairs().map(([name, value]) => [name, change(name, value)]).filter((pair) => pair[1]));
  return link;
};
let settled; // the last address that was meant, not passed through in typing
const remember = (href) => history.replaceState(history.state, "", href);
const settle = (href) => {
  remember(settled);
  if (href !== settled) history.pushState(null, "", (settled = href));
};
// The verdicts' boxes stand always, others come with what is found; none goes from under a finger.
const fill = (params, counts) => {
  for (const set of sets) {
    const picked = params.getAll(set.name), found = counts?.[set.name];
    if (set !== sets[0] && !set.contains(document.activeElement)) {
      const most = Object.keys(found ?? {}).sort((a, b) => found[b] - found[a]);
      set.replaceChildren(set.firstChild, ...Array.from(new Set([...picked, ...most.slice(0, 8)]), (value) => {
        const label = copy("facet");
        Object.assign(label.firstChild, { name: set.name, value });
        label.children[1].append(rich(value));
        return label;
      }));
    }
    for (const input of set.elements) {
      input.checked = picked.includes(input.value);
      input.parentNode.lastChild.textContent = found ? format(found[input.value] ?? 0) : "";
    }
  }
};
const restore = () => {
  const params = new URL(location).searchParams, { sort } = form.elements;
  for (const name of ["q", "sort", "from", "to"]) form.elements[name].value = params.get(name) ?? "";
  if (sort.selectedIndex < 0) sort.value = ""; // an order that there is not
  fill(params);
};

// ---------------------------------------------------------------- what is found

const base = new URL("..", form.action);
const row = ({ card, words: found }) => {
  const node = copy("row"), [link, by, sum] = node.querySelectorAll("a, p");
  const marked = (text) => rich(text, engine.highlight(text, found));
  node.prepend(copy(`badge-${manifest.verdicts.find(({ code }) => code === card.v)?.id ?? ""}`));
  link.href = new URL(card.u, base);
  link.append(marked(card.t));
  if (card.s) by.append(el("b", marked(card.s)), card.d && " · ");
  if (card.d) by.append(day(card.d));
  engine.excerpt(card, found).then(({ text, marks }) => sum.append(rich(text, marks)));
  return node;
};
// What an article has found, three at most, and the way to all of it.
const group = ({ hits }) => {
  const { card } = hits[0], all = copy("whole"), link = all.lastChild;
  link.href = new URL(`articles/${card.a}/`, base);
  link.append(rich(card.n || card.t));
  return el("li", ...hits.map(row), hits.length < 3 && hits.some(({ card }) => !card.v) ? "" : all);
};
const chip = (text, change) => {
  const item = copy("chip"), link = item.firstChild;
  link.children[1].append(rich(text));
  turned(link, change);
  return item;
};
const chipOf = (input) => {
  const box = input.parentNode, text = [box.parentNode.firstChild, box.querySelector("span")].map((node) => node.textContent).join(": ");
  return chip(input.type === "date" ? `${text} ${day(input.value)}` : text, (name, value) => (name === input.name && value === input.value ? "" : value));
};
// What is asked without what was written so in the box.
const unwritten = (parts) => (name, value) =>
  name === "q" ? parts.reduce((rest, { typed }) => rest.replace(typed, " "), value).replace(/\s+/g, " ").trim() : value;
// `typing`: the list shown is that of an unfinished word.
let turn = 0, typing;
const run = async ({ live, offset = 0, limit = 10 } = {}) => {
  const mine = ++turn, parts = pairs(), params = new URLSearchParams(parts);
  const { q = "", sort, from, to } = Object.fromEntries(parts), isIdle = !q && !chosen().length;
  const filters = Object.fromEntries(sets.map(({ name }) => [name, params.getAll(name)]));
  if (lost && navigator.onLine) {
    cache = engine ? "reload" : "default";
    engine = createEngine({ get, manifest, lose }); // the old one remembers what it did not get, and all that it did
    lost = false;
  }
  main.ariaBusy = true;
  let found = { groups: [], total: 0, terms: [], suggestions: [] };
  try {
    if (!isIdle) found = await engine.search({ query: q, filters, sort, from, to, limit, offset, live, columns: columns.open });
  } catch (error) {
    lost = true;
    reportError(error);
  }
  if (mine !== turn) return;
  typing = live;
  const { total } = found;
  main.ariaBusy = false;
  main.dataset.state = isIdle ? "idle" : total ? "some" : "none";
  tell();
  if (!offset) hits.replaceChildren();
  hits.append(...found.groups.map(group));
  more.hidden = !found.more;
  status.textContent = isIdle ? "" : words.results[plural.select(total)].replace("{n}", format(total));
  fill(params, found.counts);
  const list = (id, nodes) => at(id).replaceChildren(...nodes);
  const written = found.written ?? [];
  list("chips", [...chosen().map(chipOf), ...written.map((one) => chip(one.typed, unwritten([one])))]);
  list("unread", (found.unread ?? []).map((typed) => el("b", rich(typed))));
  list("unknown", found.terms.filter(({ kind }) => kind === "none").map(({ typed }) => el("b", rich(typed))));
  list("near", found.suggestions.map(({ typed, at, word }) => turned(el("a", rich(word)), (name, value) =>
    name === "q" ? value.slice(0, at) + word + value.slice(at + typed.length) : value)));
  list("drop", Object.entries(found.drops ?? {}).map(([key, n]) => {
    const without = unwritten(written.filter((one) => one.key === key));
    return turned(el("a", `${words.facets[key]} (${format(n)})`), (name, value) => name !== key && without(name, value));
  }));
};
const plural = new Intl.PluralRules("ar");

// ---------------------------------------------------------------- hands

let pause;
const commit = () => {
  clearTimeout(pause);
  settle(address(pairs()));
};
box.oninput = () => {
  clearTimeout(pause);
  pause = setTimeout(() => {
    remember(address(pairs()));
    run({ live: true });
  }, 120);
};
form.onsubmit = (event) => {
  event.preventDefault();
  commit();
  run();
};
main.onchange = ({ target }) => {
  commit();
  if (target !== box) run(); // a box that is left keeps its results: a finger may be on one
};
main.onclick = (event) => {
  const link = event.target.closest("a");
  if (link?.pathname !== location.pathname || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  settle(link.href);
  restore();
  status.focus();
  run();
};
columns.ontoggle = () => run();
at("again").onclick = () => run();
more.onclick = async () => {
  const shown = hits.children.length;
  await run({ offset: shown, live: typing });
  history.replaceState(hits.children.length, "");
  hits.children[shown]?.querySelector("a").focus();
};
// Down and up through the results, back to the box with Escape, and with Escape there to an empty one.
onkeydown = (event) => {
  const { target, key } = event, links = [...hits.querySelectorAll("h3 a")];
  const here = links.indexOf(target), step = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (target !== box && here < 0) return;
  if (step) (links[here + step] ?? (step < 0 ? box : more)).focus();
  else if (key !== "Escape") return;
  else if (target === box) box.oninput((box.value = ""));
  else box.focus();
  event.preventDefault();
};
onpopstate = () => {
  settled = location.href;
  restore();
  run({ limit: history.state ?? 10 });
};
ononline = () => lost && run();
onpopstate();
