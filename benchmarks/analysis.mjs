// Answers questions about words as the browser would: one JSON line in, the tables first, then [kind, text]; one out.
import { createInterface } from "node:readline";
import { createAnalysis } from "../templates/static/search/analysis.js";

let analysis;
const answers = {
  fold: (text) => analysis.folded(text),
  terms: (text) => analysis.terms(text).map(({ form }) => form),
  places: (text) => analysis.terms(text).map(({ form, start, end }) => [form, text.slice(start, end)]),
  plain: (form) => analysis.plain(form),
  seatless: (form) => analysis.seatless(form),
  alike: (text) => {
    const [form, ...stems] = text.split(" ");
    return analysis.spelledAlike(form, stems);
  },
  variant: (form) => analysis.variant(form),
  candidates: (form) => analysis.candidates(form),
  skeleton: (form) => analysis.skeleton(form),
  family: (form) => analysis.family(form),
  stop: (form) => (analysis.isStop(form) ? "yes" : "no"),
  // Everything at once, for comparing long texts.
  all: (text) =>
    analysis.terms(text).map(({ form, start, end }) =>
      [form, text.slice(start, end), analysis.candidates(form), analysis.family(form), analysis.isStop(form)]),
};

let out = [];
const flush = () => {
  if (out.length) process.stdout.write(out.join("\n") + "\n");
  out = [];
};
for await (const line of createInterface({ input: process.stdin })) {
  const said = JSON.parse(line);
  if (said === "flush") flush();
  else if (!analysis) analysis = createAnalysis(said);
  else out.push(JSON.stringify(answers[said[0]](said[1])));
}
flush();
