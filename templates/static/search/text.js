// Texts as nodes: with their marks (start, end, and a class if need be), and with runs of Latin kept together.
export const el = (tag, ...children) => {
  const node = document.createElement(tag);
  node.append(...children);
  return node;
};
export const createRich = (latin) => (text, marks = []) => {
  const put = (node, from, to) => {
    for (const [start, end, name = ""] of marks) {
      const first = Math.max(from, start), last = Math.min(to, end);
      if (first < last) node.append(text.slice(from, first), Object.assign(el("mark", text.slice(first, (from = last))), { className: name }));
    }
    node.append(text.slice(from, to));
    return node;
  };
  const all = el("span");
  let done = 0;
  for (const { 0: run, index } of text.matchAll(RegExp(latin, "g")))
    put(all, done, index).append(put(el("bdi"), index, (done = index + run.length)));
  return put(all, done, text.length);
};
