// Runs queries through Pagefind's own script in node: as it comes, and word by word with the scores added.
// node search_peers.mjs BUNDLE QUERIES.jsonl MODE STOPS: each query as the first one of a visit.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, file, mode, stops] = process.argv.slice(2);
const stop = new Set(JSON.parse(stops));
let bytes = 0, requests = 0;
globalThis.fetch = async (url) => {
  requests++;
  const raw = readFileSync(join(folder, decodeURI(String(url).split("?")[0]).replace(/^.*\/pagefind\//, "")));
  bytes += raw.length;
  return new Response(raw);
};
const silent = { addEventListener() {}, removeEventListener() {}, appendChild() {} };
globalThis.document = { ...silent, querySelector: () => ({ getAttribute: () => "ar" }), currentScript: null };
globalThis.window = { location: { href: "https://example.org/", origin: "https://example.org" }, ...silent };
globalThis.location = window.location;

const out = [], source = readFileSync(join(folder, "pagefind.js"));
let visit = 0;
for (const line of readFileSync(file, "utf8").split("\n").filter(Boolean)) {
  const { id, query } = JSON.parse(line);
  [bytes, requests] = [source.length, 1];
  const before = process.cpuUsage();
  const pagefind = await import(`${pathToFileURL(join(folder, "pagefind.js"))}?${visit++}`);
  await pagefind.options({ basePath: "https://example.org/pagefind/", baseUrl: "/" });
  let words = [query];
  if (mode === "words") {
    const found = query.split(/[^\p{L}\p{N}\p{M}]+/u).filter(Boolean);
    words = found.filter((word) => !stop.has(word));
    if (!words.length) words = found;
  }
  const scores = new Map();
  for (const word of new Set(words))
    for (const hit of (await pagefind.search(word)).results) {
      const known = scores.get(hit.id);
      scores.set(hit.id, { hit, score: (known?.score ?? 0) + hit.score });
    }
  const best = [...scores.values()].sort((a, b) => b.score - a.score).slice(0, 10);
  const top = [];
  for (const { hit } of best) top.push((await hit.data()).meta.id);
  const { user, system } = process.cpuUsage(before);
  await pagefind.destroy?.();
  out.push(JSON.stringify({ id, top, cpu: (user + system) / 1000, bytes, requests }));
}
process.stdout.write(out.join("\n") + "\n");
process.exit(0);
