import { byId, data, make, say } from "./page.js";

const LISTED = 20;

/** Digests computed here, of this page's own pieces and of the run's folder when the reader gives it. */
export function startVerify() {
  const dialog = byId("verification");
  byId("verifier").addEventListener("click", () => dialog.showModal());
  byId("verification-fermer").addEventListener("click", () => dialog.close());
  byId("verifier-page").addEventListener("click", () => void check(checkPage));
  byId("verifier-dossier").addEventListener("change", (event) => {
    const files = [...event.target.files];
    // The same folder may be given again once it has changed.
    event.target.value = "";
    if (files.length > 0) void check(() => checkFolder(files));
  });
}

async function check(run) {
  const place = byId("verification-resultat");
  if (globalThis.crypto?.subtle === undefined) {
    place.replaceChildren(make("p", { class: "wrong" }, say("insecure")));
    return;
  }
  place.replaceChildren(make("p", {}, say("checking")));
  const { good, bad } = await run();
  const verdict = make(
    "p",
    { class: bad.length === 0 ? "good" : "wrong" },
    say(bad.length === 0 ? "verdictGood" : "verdictBad"),
  );
  const rest = bad.length > LISTED ? [say("more", { count: bad.length - LISTED })] : [];
  const lines = [...bad.slice(0, LISTED), ...rest].map((text) => make("li", { class: "wrong" }, text));
  place.replaceChildren(
    verdict,
    make("ul", {}, ...lines, ...good.map((text) => make("li", {}, text))),
    make("p", {}, say("selfNote", { head: data.head })),
  );
}

async function checkPage() {
  const known = new Map(data.files.map(([path, sha256]) => [path, sha256]));
  const bad = [];
  const counts = { own: 0, reduced: 0, aside: 0 };
  const seen = new Set();
  for (const { src, dataset } of document.querySelectorAll("img[data-path]")) {
    const { path, sha256, original } = dataset;
    if (known.has(path) && known.get(path) !== original) bad.push(say("bad", { path }));
    if (seen.has(path)) continue;
    seen.add(path);
    const comma = src.indexOf(",");
    if (!src.startsWith("data:")) counts.aside += 1;
    else if ((await digest(fromBase64(src.slice(comma + 1)))) !== sha256) bad.push(say("bad", { path }));
    else if (sha256 === original) counts.own += 1;
    else counts.reduced += 1;
  }
  for (const [path, output] of Object.entries(data.outputs)) {
    const bytes = output.text === undefined ? fromBase64(output.base64) : new TextEncoder().encode(output.text);
    if ((await digest(bytes)) === known.get(path)) counts.own += 1;
    else bad.push(say("bad", { path }));
  }
  const shown = new Set([...document.querySelectorAll("[data-evidence]")].map(({ dataset }) => dataset.evidence));
  const left = [...shown].filter((path) => !(path in data.outputs)).length;
  const good = [say("pageGood", { count: counts.own })];
  if (counts.reduced > 0) good.push(say("pageReduced", { count: counts.reduced }));
  if (counts.aside > 0) good.push(say("pageAside", { count: counts.aside }));
  if (left > 0) good.push(say("pageLeft", { count: left }));
  return { good, bad };
}

/** The chosen folder is `data/`, or one that holds it. */
async function checkFolder(files) {
  const journal = files
    .map((file) => file.webkitRelativePath)
    .filter((path) => /(?:^|\/)journal\.jsonl$/.test(path))
    .sort((a, b) => a.length - b.length)[0];
  if (journal === undefined) return { good: [], bad: [say("folderOf", { run: data.run })] };
  const root = journal.slice(0, -"journal.jsonl".length);
  const held = new Map(
    files
      .filter((file) => file.webkitRelativePath.startsWith(root))
      .map((file) => [file.webkitRelativePath.slice(root.length), file]),
  );
  const bad = [];
  let count = 0;
  for (const [path, sha256] of data.files) {
    const file = held.get(path);
    if (file === undefined) bad.push(say("absent", { path }));
    else if ((await digest(await file.arrayBuffer())) !== sha256) bad.push(say("bad", { path }));
    else count += 1;
  }
  const chain = await checkChain(new Uint8Array(await held.get("journal.jsonl").arrayBuffer()));
  if (chain !== "") bad.push(chain);
  return { good: [say("folderGood", { count }), ...(chain === "" ? [say("headGood")] : [])], bad };
}

/** Each line of the journal names the digest of the line before. */
async function checkChain(bytes) {
  let [previous, line] = ["0".repeat(64), 0];
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(10, from);
    const text = bytes.subarray(from, end < 0 ? bytes.length : end);
    line += 1;
    if (prevOf(text) !== previous) return say("chainBad", { line });
    previous = await digest(text);
    from = end < 0 ? bytes.length : end + 1;
  }
  return previous === data.head ? "" : say("headBad");
}

function prevOf(line) {
  try {
    return JSON.parse(new TextDecoder().decode(line)).prev;
  } catch {
    return undefined;
  }
}

async function digest(bytes) {
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function fromBase64(text) {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}
