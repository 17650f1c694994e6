// The page of /check/: a message is cut into sentences, each is checked here and now; nothing of it is sent or kept.
import { createRich, el } from "../search/text.js";
import { createChecker, sentencesOf } from "./checker.js";

const at = (id) => document.getElementById(id), read = (id) => JSON.parse(at(id).textContent);
const copy = (id) => at(id).content.firstElementChild.cloneNode(true);
const [form, message, status, list, lostHint, keepButton] = ["paste", "message", "status", "sentences", "lost", "keep"].map(at);
const words = read("words"), manifest = read("manifest"), rich = createRich(words.latin);
const dates = new Intl.DateTimeFormat(words.locale, { dateStyle: "long", timeZone: "UTC" });
const { format } = new Intl.NumberFormat(words.locale, { useGrouping: false });
const index = new URL(form.dataset.index, location), base = new URL("..", index);

let lost = false, cache = "default";
const lose = () => (lost = true);
// What is kept is read without a request, so that not even the names of files tell of the message.
const store = self.caches?.open(new URL(".", location)).catch(() => null);
const get = async (path, options) => {
  const url = new URL(path, index), mode = options?.fresh ? "no-cache" : cache;
  try {
    const answer = (mode === "default" && (await (await store)?.match(url))) || (await fetch(url, { cache: mode }));
    if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
    if (answer.status !== 404 || path[0] !== "f") lose();
  } catch {
    lose();
  }
  return null;
};
let checker;
const ready = async () => {
  if (checker) return checker;
  const tables = await (await fetch(new URL(form.dataset.tables, location))).json();
  return (checker = createChecker({ get, manifest, lose, tables }));
};

// ---------------------------------------------------------------- what is shown

const pasted = (node, text, marks) => node.querySelector(".pasted").append(rich(text, marks));
const shown = (sentence, found) => {
  const node = copy(found ? "found" : "unfound"), { card, differences, only } = found ?? {};
  const marks = (side) => [...differences.map((one) => one[side]), ...only[side].map((span) => [...span, "only"])].sort((a, b) => a[0] - b[0]);
  pasted(node, sentence, found ? marks("here") : []);
  if (!found) return node;
  const row = node.querySelector("article"), link = row.querySelector("a"), by = row.querySelector(".by"), differs = node.querySelector(".differs");
  row.prepend(copy(`badge-${manifest.verdicts.find(({ code }) => code === card.v).id}`));
  link.href = new URL(card.u, base);
  link.append(rich(card.t, marks("there")));
  if (card.s) by.append(el("b", rich(card.s)), card.d && " · ");
  if (card.d) by.append(dates.format(new Date(card.d)));
  differs.hidden = !differences.length;
  row.querySelector(".apart").hidden = !(only.here[0] || only.there[0]);
  differs.lastChild.append(...differences.map(({ kind, here, there }) =>
    el("li", `${words.differences[kind]}: «`, rich(sentence.slice(...here)), "» في الرسالة، «", rich(card.t.slice(...there)), "» في الادعاء")));
  return node;
};

let turn = 0;
const run = async () => {
  const mine = ++turn, sentences = sentencesOf(message.value), { busy, empty, some, none } = status.dataset;
  lost = false;
  status.textContent = sentences.length ? busy : empty;
  if (!sentences.length) return list.replaceChildren();
  let found = sentences.map(() => null);
  try {
    const { check } = await ready();
    await prepared;
    found = await Promise.all(sentences.map(check));
  } catch {
    lose();
  }
  if (mine !== turn) return;
  const n = found.filter(Boolean).length;
  lostHint.hidden = !lost;
  list.replaceChildren(...sentences.map((sentence, i) => shown(sentence, found[i])));
  at("caution").hidden = false;
  status.textContent = n ? some.replace("{n}", format(n)).replace("{all}", format(sentences.length)) : none;
};
form.onsubmit = (event) => {
  event.preventDefault();
  run();
};
at("again").onclick = () => {
  [checker, cache] = [null, "reload"];
  run();
};

// ---------------------------------------------------------------- without a network

const keep = async () => {
  const kept = await store, { files } = await ready();
  const own = performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => new URL(name).origin === location.origin && !name.endsWith(".bin"));
  const wanted = new Set([...own, new URL(".", location).href, new URL(form.dataset.tables, location).href, ...(await files()).map((path) => new URL(path, index).href)]);
  const urls = [...wanted];
  while (urls.length) await Promise.all(urls.splice(0, 8).map((url) => kept.add(new Request(url, { cache: "no-cache" }))));
  for (const { url } of await kept.keys()) if (!wanted.has(url)) await kept.delete(url);
  at("kept").hidden = false;
  keepButton.hidden = at("asks").hidden = true;
};
const prepare = async () => {
  if (!("serviceWorker" in navigator) || !(await store)) return;
  await navigator.serviceWorker.register(new URL("worker.js", location));
  if (!navigator.onLine) at("kept").hidden = false;
  else if (manifest.shards <= form.dataset.most) await keep();
  else keepButton.hidden = at("asks").hidden = false;
};
keepButton.onclick = () => keep().catch(reportError);
const prepared = prepare().catch(() => {}); // without it the page works all the same, with a network
