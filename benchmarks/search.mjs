// Runs queries through the browser's own engine over a folder of index files, and says what each found and cost.
// node search.mjs FOLDER QUERIES.jsonl OPTIONS: each query as the first one of a visit, with nothing fetched before.
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createEngine } from "../templates/static/search/engine.js";

const [folder, file, options] = process.argv.slice(2);
const { params, live, excerpts } = JSON.parse(options);
const manifest = JSON.parse(readFileSync(join(folder, "index.json"), "utf8"));
Object.assign(manifest.params, params);

let bytes = 0, requests = 0;
const get = async (path) => {
  requests++;
  const raw = await readFile(join(folder, path)).catch(() => null);
  bytes += raw?.length ?? 0;
  return raw && new Uint8Array(raw);
};
const spent = (since) => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
};

const out = [];
for (const line of readFileSync(file, "utf8").split("\n").filter(Boolean)) {
  const { id, query } = JSON.parse(line);
  [bytes, requests] = [0, 0];
  const before = process.cpuUsage();
  const engine = createEngine({ get, manifest });
  const { groups } = await engine.search({ query, limit: 10, live });
  const row = { id, top: groups.map(({ article }) => article), cpu: spent(before), bytes, requests };
  if (excerpts) {
    for (const { hits } of groups) await engine.excerpt(hits[0].card, hits[0].words);
    Object.assign(row, { shown: { bytes, requests } });
  }
  out.push(JSON.stringify(row));
}
process.stdout.write(out.join("\n") + "\n");
