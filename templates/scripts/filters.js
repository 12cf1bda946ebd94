import { byId, say } from "./page.js";
import { folded, highlight, rangesOf } from "./search.js";

const FIELDS = {
  q: "recherche",
  chapitre: "filtre-chapitre",
  statut: "filtre-statut",
  nature: "filtre-nature",
  noeud: "filtre-noeud",
};
const UNITS = ".prose, .block, .figure, .gap";

let hits = [];
let rank = -1;
let opened = [];
const texts = new Map();

/** Fields, address and what shows follow each other. */
export function startFilters() {
  const form = byId("filtres");
  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => apply(true), 150);
  });
  form.addEventListener("reset", () => setTimeout(() => apply(true), 0));
  form.addEventListener("submit", (event) => event.preventDefault());
  byId("recherche").addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      clearTimeout(waiting);
      if (current().q !== applied.q) apply(true);
      go(event.shiftKey ? -1 : 1);
    }
    if (event.key === "Escape") {
      byId("recherche").value = "";
      apply(true);
    }
  });
  byId("suivant").addEventListener("click", () => go(1));
  byId("precedent").addEventListener("click", () => go(-1));
  addEventListener("hashchange", fromAddress);
  fromAddress();
}

let applied = { q: "" };

function current() {
  return Object.fromEntries(Object.entries(FIELDS).map(([name, id]) => [name, byId(id).value.trim()]));
}

/** `#?statut=failed&q=quorum` sets the fields; any other address is a place, which filters must not hide. */
function fromAddress() {
  const address = location.hash;
  if (address.startsWith("#?")) {
    const wanted = new URLSearchParams(address.slice(2));
    for (const [name, id] of Object.entries(FIELDS)) byId(id).value = wanted.get(name) ?? "";
    apply(false);
    return;
  }
  const target = address === "" ? null : byId(decode(address.slice(1)));
  if (target === null) return;
  if (target.closest(".filtered, .filtering .part:not(.chapter), .filtering .cover") !== null) {
    byId("filtres").reset();
    apply(false);
  }
  target.closest("details")?.setAttribute("open", "");
  target.scrollIntoView();
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function apply(write) {
  const state = current();
  applied = state;
  const active = Object.values(state).some((value) => value !== "");
  document.documentElement.classList.toggle("filtering", active);
  for (const details of opened) details.open = false;
  [opened, hits, rank] = [[], [], -1];
  const counts = { blocks: 0, figures: 0 };
  for (const chapter of document.querySelectorAll(".chapter")) showChapter(chapter, state, counts);
  highlight("found", hits);
  highlight("current", []);
  byId("trouvailles").hidden = hits.length === 0;
  byId("rang").textContent = hits.length === 0 ? "" : say("hit", { at: "–", all: hits.length });
  const shown = counts.blocks + counts.figures > 0 || hits.length > 0;
  byId("resultat").textContent = active ? (shown ? say("results", counts) : say("nothing")) : "";
  if (write) writeAddress(state, active);
}

function writeAddress(state, active) {
  const query = new URLSearchParams(Object.entries(state).filter(([, value]) => value !== ""));
  // A page from a file has no history of its own everywhere.
  try {
    history.replaceState(null, "", active ? `#?${query}` : "#");
  } catch {
    // The filters work without.
  }
}

function showChapter(chapter, state, counts) {
  const wanted = state.chapitre === "" || state.chapitre === chapter.id;
  const narrowed = state.statut !== "" || state.nature !== "" || state.noeud !== "" || state.q !== "";
  let any = wanted && !narrowed;
  for (const unit of chapter.querySelectorAll(UNITS)) {
    const shows = wanted && matches(unit, state);
    unit.classList.toggle("filtered", !shows);
    if (!shows) continue;
    any = true;
    if (unit.matches(".block")) counts.blocks += 1;
    if (unit.matches(".figure")) counts.figures += 1;
  }
  chapter.classList.toggle("filtered", !any);
  for (const section of chapter.querySelectorAll(":scope > section")) {
    const empty = narrowed && section.querySelector(`:is(${UNITS}):not(.filtered)`) === null;
    section.classList.toggle("filtered", empty);
  }
}

function matches(unit, { q, statut, nature, noeud }) {
  if (statut !== "" || nature !== "" || noeud !== "") {
    const block = unit.matches(".block") ? unit : blockOf(unit);
    if (block === null) return false;
    const { status, kind, nodes } = block.dataset;
    if (statut !== "" && status !== statut) return false;
    if (nature !== "" && kind !== nature) return false;
    if (noeud !== "" && !nodes.split(" ").includes(noeud)) return false;
  }
  return q === "" || finds(unit, folded(q));
}

/** The block that gave a figure. */
function blockOf({ dataset: { step } }) {
  return step ? document.querySelector(`.block[data-step="${CSS.escape(step)}"]`) : null;
}

function finds(unit, wanted) {
  if (!texts.has(unit)) texts.set(unit, folded(unit.textContent));
  if (!texts.get(unit).includes(wanted)) return false;
  const found = rangesOf(unit, wanted);
  for (const range of found) {
    const details = range.startContainer.parentElement.closest("details:not([open])");
    if (details === null || opened.includes(details)) continue;
    details.open = true;
    opened.push(details);
  }
  // What a screen does not show is no place to jump to.
  hits.push(...found.filter((range) => range.startContainer.parentElement.closest("[hidden]") === null));
  return true;
}

function go(step) {
  if (hits.length === 0) return;
  rank = rank < 0 && step < 0 ? hits.length - 1 : (rank + step + hits.length) % hits.length;
  const range = hits[rank];
  highlight("current", [range]);
  range.startContainer.parentElement.scrollIntoView({ block: "center" });
  byId("rang").textContent = say("hit", { at: rank + 1, all: hits.length });
}
