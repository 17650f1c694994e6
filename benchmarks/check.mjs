// Checks sentences by the browser's own code against an index of claims: the likest claim of each, however unlike.
// node check.mjs FOLDER SENTENCES.jsonl TABLES.json: one line a sentence, {id, top, likeness, shared, differences}.
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createChecker } from "../templates/static/check/checker.js";

const [folder, file, tables] = process.argv.slice(2), read = (path) => JSON.parse(readFileSync(path, "utf8"));
const get = async (path) => readFile(join(folder, path)).then((raw) => new Uint8Array(raw), () => null);
const manifest = read(join(folder, "index.json")), least = { likeness: 0.2, shared: 2 };
const { check } = createChecker({ get, manifest, tables: read(tables), least });
const out = [];
for (const line of readFileSync(file, "utf8").split("\n").filter(Boolean)) {
  const { id, text } = JSON.parse(line), found = await check(text);
  out.push(JSON.stringify({ id, top: found?.card.u ?? "", likeness: found?.likeness ?? 0, shared: found?.shared ?? 0, differences: found?.differences.map(({ kind }) => kind) ?? [] }));
}
process.stdout.write(out.join("\n") + "\n");
