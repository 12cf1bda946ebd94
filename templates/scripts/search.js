const HITS = 5000;

/** Letters as they are compared: no accents, no capitals, one kind of space. As long as the text. */
export function folded(text) {
  return Array.from({ length: text.length }, (_, index) => {
    const sign = text[index];
    if (/\s/.test(sign)) return " ";
    return (sign.normalize("NFD")[0] ?? sign).toLowerCase()[0] ?? sign;
  }).join("");
}

/** Every place where the words stand within an element, as ranges; folded parts too. */
export function rangesOf(element, wanted) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes = [];
  let whole = "";
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    nodes.push({ node, from: whole.length });
    whole += node.data;
  }
  const text = folded(whole);
  const ranges = [];
  for (let at = text.indexOf(wanted); at >= 0 && ranges.length < HITS; at = text.indexOf(wanted, at + wanted.length)) {
    const range = document.createRange();
    range.setStart(...placeOf(nodes, at));
    range.setEnd(...placeOf(nodes, at + wanted.length - 1, 1));
    ranges.push(range);
  }
  return ranges;
}

function placeOf(nodes, at, more = 0) {
  let [low, high] = [0, nodes.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (nodes[middle].from <= at) low = middle;
    else high = middle - 1;
  }
  return [nodes[low].node, at - nodes[low].from + more];
}

/** Shows what was found; a browser without highlights still jumps from one place to the next. */
export function highlight(name, ranges) {
  if (globalThis.CSS?.highlights === undefined) return;
  if (ranges.length === 0) CSS.highlights.delete(name);
  else CSS.highlights.set(name, new Highlight(...ranges));
}
