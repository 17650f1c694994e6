// Which ruled claim each sentence of a message repeats, if any. Better silent than wrong: see README, «Measuring the search».
import { createAnalysis } from "../search/analysis.js";
import { createEngine } from "../search/engine.js";
import { createDifferences } from "./differences.js";

// The least likeness of a match, and the least number of words in common; benchmarks/check.py measures them.
export const LEAST = { likeness: 0.65, shared: 3 };
const PENDING = "pending";

// The sentences of a message, each with what ends it.
export const sentencesOf = (text) =>
  text.split(/\n+|(?<=[.!?؟؛…]["»”)\]]*)\s+/).map((one) => one.trim()).filter((one) => /\p{L}/u.test(one));

export const createChecker = ({ get, manifest, lose, tables, least = LEAST }) => {
  const engine = createEngine({ get, manifest, lose });
  const { read, compare } = createDifferences(createAnalysis(manifest.analysis), { ...manifest.analysis, ...tables });
  const ruled = manifest.verdicts.filter(({ id }) => id !== PENDING), verdict = ruled.map(({ id }) => id);

  // The claim that a sentence is likest, with how like it is and where the two part; null for none that is like enough.
  const check = async (sentence) => {
    const here = read(sentence);
    if (here.terms.length < least.shared) return null;
    const { groups } = await engine.search({ query: sentence, pasted: true, filters: { verdict }, limit: 8 });
    let best = null;
    for (const { card } of groups.flatMap(({ hits }) => hits)) {
      if (!card.v) continue;
      const found = { card, ...compare(here, read(card.t)) };
      if (found.shared >= least.shared && found.likeness >= Math.max(least.likeness, (best?.likeness ?? 0) + 1e-9)) best = found;
    }
    return best;
  };
  return { check, files: () => engine.files(ruled.map(({ code }) => code)) };
};
