import type { Json, JsonObject } from "../../base/json.ts";
import { looselyEqual } from "../../expect/index.ts";
import type { Judgement } from "../../model/expectation.ts";
import type { PveView } from "../../model/pve-views.ts";
import type { PageReading } from "./page/page-types.ts";
import type { ApiAnswer } from "./pve-session.ts";

type Row = Readonly<Record<string, unknown>>;

/** Where the API says the same as a view's rows. Only values that no clock moves are compared. */
interface Truth {
  readonly api: string;
  readonly key: string;
  readonly fields: readonly string[];
  /** Which of the view's rows it is about; all that have the key, unless said otherwise. */
  readonly rows?: Readonly<Record<string, string>>;
  /** The view has rows that this answer has not: partitions. */
  readonly wider?: boolean;
  /** The view shows each of the API's rows. */
  readonly complete?: boolean;
}

/** The tabs whose rows are compared; `{node}` is the tab's own node. */
const TRUTHS: Readonly<Record<string, Truth>> = {
  "datacenter/search": { api: "/cluster/resources", key: "id", fields: ["type", "status", "node"] },
  "datacenter/cluster": {
    api: "/cluster/config/nodes",
    key: "name",
    fields: ["nodeid", "quorum_votes", "ring0_addr", "ring1_addr"],
    complete: true,
  },
  "datacenter/ha": {
    api: "/cluster/ha/status/current",
    key: "id",
    fields: ["state", "node", "request_state"],
    rows: { type: "service" },
  },
  "datacenter/storage": { api: "/storage", key: "storage", fields: ["type", "shared"], complete: true },
  "node/ceph-osdtree": {
    api: "/nodes/{node}/ceph/osd",
    key: "id",
    fields: ["name", "status", "in"],
    rows: { type: "osd" },
  },
  "node/ceph-pools": { api: "/nodes/{node}/ceph/pool", key: "pool_name", fields: ["size", "min_size"], complete: true },
  "node/network": { api: "/nodes/{node}/network", key: "iface", fields: ["type", "cidr", "gateway", "bridge_ports"] },
  "node/storage": { api: "/nodes/{node}/disks/list", key: "devpath", fields: ["used", "health"], wider: true },
};

const RESOURCES = "/cluster/resources";
const SHOWN = 4;

/**
 * Says in which rows a view contradicts the API: the resource tree where it is on the picture, and the tabs whose rows the API gives
 * under the same names. Anything else is what the block's own `expect` is for. An API that gives no answer contradicts nothing.
 */
export async function compareView(
  view: Extract<PveView, { type: "tab" }>,
  node: string | undefined,
  reading: Promise<PageReading>,
  shows: { readonly tree: boolean; readonly grids: boolean },
  ask: (path: string) => Promise<ApiAnswer>,
): Promise<readonly Judgement[]> {
  const truth = TRUTHS[`${view.scope}/${view.tab}`];
  const grids = async () => (await reading).grids.flatMap(({ rows }) => rows);
  const tree = async () => (await reading).tree.resources;
  const found = await Promise.all([
    shows.tree ? differences("l’arbre des ressources", TREE, tree, ask) : undefined,
    truth === undefined || !shows.grids
      ? undefined
      : differences("le tableau", { ...truth, api: truth.api.replace("{node}", node ?? "") }, grids, ask),
  ]);
  return found.filter((each) => each !== undefined);
}

const TREE: Truth = { api: RESOURCES, key: "id", fields: ["status"], wider: true };

async function differences(
  what: string,
  truth: Truth,
  read: () => Promise<readonly Row[]>,
  ask: (path: string) => Promise<ApiAnswer>,
): Promise<Judgement | undefined> {
  const answer = await ask(truth.api);
  if (answer.status !== 200) return undefined;
  const shown = await read();
  const told = new Map(
    records(answer.data).flatMap((row) => (keyOf(row, truth) === undefined ? [] : [[keyOf(row, truth), row]])),
  );
  const rows = shown.filter((row) => keyOf(row, truth) !== undefined);
  const wrong = rows.flatMap((row) => {
    const key = keyOf(row, truth);
    const other = told.get(key);
    // The tree has nodes of its own: the datacenter, groups.
    if (other === undefined) return truth.wider === true ? [] : [`${key} n’est pas dans l’API`];
    return truth.fields.flatMap((field) =>
      differs(row[field], other[field])
        ? [`${key} : ${field} = ${text(row[field])} (API : ${text(other[field])})`]
        : [],
    );
  });
  const keys = new Set(rows.map((row) => keyOf(row, truth)));
  const absent = truth.complete === true ? [...told.keys()].filter((key) => !keys.has(key)) : [];
  const all = [...wrong, ...absent.map((key) => `${key} n’est pas affiché`)];
  if (all.length === 0) return undefined;
  const more = all.length > SHOWN ? ` ; et ${all.length - SHOWN} de plus` : "";
  return {
    ok: false,
    expected: `${what} montre ce que dit l’API ${truth.api}`,
    obtained: all.slice(0, SHOWN).join(" ; ") + more,
  };
}

/** Every object of the answer, those below `children` included. */
function records(data: Json): readonly JsonObject[] {
  if (Array.isArray(data)) return data.flatMap((each: Json) => records(each));
  if (typeof data !== "object" || data === null) return [];
  const { root, children } = data as JsonObject;
  return [data as JsonObject, ...records(root ?? null), ...records(children ?? null)];
}

function keyOf(row: Row, { key, rows = {} }: Truth): string | undefined {
  const value = row[key];
  if (value === undefined || value === null || value === "") return undefined;
  if (!Object.entries(rows).every(([name, wanted]) => row[name] === wanted)) return undefined;
  return String(value);
}

/** What one of the two does not say cannot be contradicted; neither can what they write in different forms. */
function differs(shown: unknown, told: unknown): boolean {
  if (!scalar(shown) || !scalar(told) || shown === "" || told === "") return false;
  return !looselyEqual(shown, told);
}

function scalar(value: unknown): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

function text(value: unknown): string {
  return String(value);
}
