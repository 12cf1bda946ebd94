/** So many hosts may one pattern stand for; more is a slip of the pen. */
const MOST = 10_000;
const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

export type Expanded =
  | { readonly hosts: readonly string[]; readonly port: number | undefined }
  /** What is wrong with the pattern, in French. */
  | { readonly mistake: string };

/** The hosts of `node[1:3]`, `rack[a:c]-[01:10:2].example.org:2222` and the like, in order, and the port they share. */
export function expandHosts(pattern: string): Expanded {
  const six = /^\[([0-9A-Fa-f:.]*::[0-9A-Fa-f:.]*|(?:[0-9A-Fa-f]+:){7}[0-9A-Fa-f]+)\](?::(\d+))?$/.exec(pattern);
  if (six?.[1] !== undefined) return withPort([six[1]], six[2]);
  if ((pattern.match(/:/g) ?? []).length >= 2 && !pattern.includes("[")) return { hosts: [pattern], port: undefined };
  const [, names = pattern, digits] = /^(.*[^:]):(\d+)$/.exec(pattern) ?? [];
  const hosts = expand(names);
  return typeof hosts === "string" ? { mistake: hosts } : withPort(hosts, digits);
}

function withPort(hosts: readonly string[], digits: string | undefined): Expanded {
  const port = digits === undefined ? undefined : Number(digits);
  if (port !== undefined && !(port >= 1 && port <= 65_535)) return { mistake: `le port ${digits} n’existe pas` };
  return { hosts, port };
}

/** Every combination of the ranges, the last one turning fastest; a text is a mistake. */
function expand(pattern: string): readonly string[] | string {
  const open = pattern.indexOf("[");
  if (open < 0) return pattern.includes("]") ? "un crochet se ferme sans avoir été ouvert" : [pattern];
  const close = pattern.indexOf("]", open);
  if (close < 0) return "un crochet reste ouvert";
  const range = rangeOf(pattern.slice(open + 1, close));
  const rest = expand(pattern.slice(close + 1));
  if (typeof range === "string") return range;
  if (typeof rest === "string") return rest;
  if (range.length * rest.length > MOST) return `plus de ${MOST} machines d’un coup`;
  return range.flatMap((part) => rest.map((after) => `${pattern.slice(0, open)}${part}${after}`));
}

function rangeOf(text: string): readonly string[] | string {
  const [, from = "", to = "", by = "1"] = /^([^:]*):([^:]+)(?::([^:]+))?$/.exec(text) ?? [];
  const wrong = `« [${text}] » n’est pas un intervalle`;
  const step = Number(by);
  if (to === "" || !/^\d{1,6}$/.test(by) || step < 1) return wrong;
  if (/^[A-Za-z]$/.test(from) && /^[A-Za-z]$/.test(to)) {
    const [first, last] = [LETTERS.indexOf(from), LETTERS.indexOf(to)];
    return first > last ? `${wrong} croissant` : [...LETTERS.slice(first, last + 1)].filter((_, at) => at % step === 0);
  }
  const start = from === "" ? "0" : from;
  if (!/^\d{1,9}$/.test(start) || !/^\d{1,9}$/.test(to)) return wrong;
  const width = start.length > 1 && start.startsWith("0") ? start.length : 0;
  if (width > 0 && to.length !== width) return `${wrong} : ses deux bornes doivent avoir autant de chiffres`;
  const [first, last] = [Number(start), Number(to)];
  if (first > last) return `${wrong} croissant`;
  const count = Math.floor((last - first) / step) + 1;
  if (count > MOST) return `plus de ${MOST} machines d’un coup`;
  return Array.from({ length: count }, (_, at) => String(first + at * step).padStart(width, "0"));
}
