import type { NodeState } from "../node.ts";
import { isQuorate } from "../quorum.ts";
import type { World } from "../world.ts";
import { type HaCluster, type HaService, lrmOf } from "./ha-cluster.ts";

/** After so many lab milliseconds without a word a manager counts as dead. */
const DEAD_MS = 30_000;

/** State of a service as people are shown it. */
export function serviceState(ha: HaCluster, sid: string): string | undefined {
  const service = ha.services.get(sid);
  const resource = ha.resources.find((each) => each.sid === sid);
  if (!service) return resource?.state === "ignored" ? "ignored" : "queued";
  return shownState(service);
}

/** The rows of `/cluster/ha/status/current`, the fields and texts of both versions. */
export function statusRows(world: World, node: NodeState): readonly Readonly<Record<string, unknown>>[] {
  const { ha } = node.database;
  const quorate = isQuorate(node);
  const status = quorate ? "OK" : `No quorum on node '${node.name}'!`;
  const quorum = { id: "quorum", type: "quorum", node: node.name, status, quorate: quorate ? 1 : 0 };
  return [
    quorum,
    ...masterRows(world, ha),
    ...fencingRows(world, node),
    ...lrmRows(world, node),
    ...serviceRows(world, node),
  ];
}

/** `/cluster/ha/status/manager_status`. */
export function managerStatus(node: NodeState) {
  const { ha } = node.database;
  const quorum = { node: node.name, quorate: isQuorate(node) ? "1" : "0" };
  if (ha.master === undefined) return { manager_status: { node_status: {} }, quorum };
  return { lrm_status: lrmStatus(node), manager_status: managerFile(ha), quorum };
}

/** What /etc/pve/ha/manager_status holds. */
export function managerFile(ha: HaCluster) {
  const services = [...ha.services.values()].map(({ sid, node, state, uid, running, target }) => [
    sid,
    {
      node,
      state,
      uid,
      ...(running && state === "started" ? { running: 1 } : {}),
      ...(target === undefined ? {} : { target }),
    },
  ]);
  const requests = [...ha.maintenance].map((name) => [name, { maintenance: 1 }]);
  return {
    master_node: ha.master,
    ...(requests.length === 0 ? {} : { node_request: Object.fromEntries(requests) }),
    node_status: Object.fromEntries(ha.nodeStatus),
    service_status: Object.fromEntries(services),
    timestamp: Math.floor(ha.masterAt / 1000),
  };
}

/** What the lrm_status files hold, by node; a local manager that never spoke has none. */
export function lrmStatus(node: NodeState): Readonly<Record<string, unknown>> {
  const { ha } = node.database;
  return Object.fromEntries(
    names(node).flatMap((name) => {
      const { at, mode, state, results } = lrmOf(ha, name);
      if (at === undefined) return [];
      const ended = [...results].map(([uid, { sid, state: told, exitCode }]) => [
        uid,
        { sid, state: told, exit_code: exitCode },
      ]);
      return [[name, { mode, results: Object.fromEntries(ended), state, timestamp: Math.floor(at / 1000) }]];
    }),
  );
}

function masterRows(world: World, ha: HaCluster) {
  if (ha.master === undefined) return [];
  const dead = world.clock.now() - ha.masterAt > DEAD_MS;
  const tail = ha.armed === "disarmed" ? ` - disarmed, resource mode: ${ha.disarmMode}` : "";
  const text = `${ha.master} (${dead ? "old timestamp - dead?" : "active"}, ${date(ha.masterAt)})${tail}`;
  const timestamp = Math.floor(ha.masterAt / 1000);
  return [{ id: "master", type: "master", node: ha.master, status: text, timestamp }];
}

function fencingRows(world: World, node: NodeState) {
  if (world.dialect === "8.4") return [];
  const { ha } = node.database;
  const dead = ha.master !== undefined && world.clock.now() - ha.masterAt > DEAD_MS;
  const armed = dead && ha.armed === "armed" ? "standby" : ha.armed;
  const texts = {
    standby: "standby (CRM watchdog standby)",
    armed: "armed (CRM watchdog active)",
    disarming: "disarming",
    disarmed: `disarmed, resource mode: ${ha.disarmMode} (CRM watchdog released)`,
  };
  return [{ id: "fencing", type: "fencing", node: ha.master ?? node.name, status: texts[armed], "armed-state": armed }];
}

function lrmRows(world: World, node: NodeState) {
  const { ha } = node.database;
  if (ha.master === undefined) return [];
  return names(node).flatMap((name) => {
    const { at, state } = lrmOf(ha, name);
    const id = `lrm:${name}`;
    if (at === undefined) return [{ id, type: "lrm", node: name, status: `${name} (unable to read lrm status)` }];
    const text = `${name} (${lrmWords(world, node, name, at, state)}, ${date(at)})`;
    return [{ id, type: "lrm", node: name, status: text, timestamp: Math.floor(at / 1000) }];
  });
}

function lrmWords(world: World, node: NodeState, name: string, at: number, state: string): string {
  const { ha } = node.database;
  const dead = world.clock.now() - at > DEAD_MS;
  const disarmed = ha.armed === "disarmed";
  const busy = [...ha.services.values()].some((service) => service.node === name);
  const shown = dead
    ? "old timestamp - dead?"
    : disarmed
      ? "disarm mode"
      : state === "maintenance"
        ? "maintenance mode"
        : state === "active" || busy
          ? state
          : "idle";
  if (world.dialect === "8.4") return shown;
  const watchdog = disarmed ? "released" : !dead && state !== "wait_for_agent_lock" ? "active" : "standby";
  return `${shown}, watchdog ${watchdog}`;
}

function serviceRows(world: World, node: NodeState) {
  const { ha } = node.database;
  return ha.resources.flatMap((resource) => {
    const { sid, vmid, comment, group, state: wished = "started" } = resource;
    const service = ha.services.get(sid);
    const place = service?.node ?? [...world.nodes.values()].find((each) => each.guests.has(vmid))?.name;
    const state = serviceState(ha, sid);
    if (place === undefined || state === undefined) return [];
    return {
      ...{ id: `service:${sid}`, type: "service", sid, node: place, state, status: `${sid} (${place}, ${state})` },
      ...(service ? { crm_state: service.state } : {}),
      ...{ request_state: wished, max_restart: resource.max_restart ?? 1, max_relocate: resource.max_relocate ?? 1 },
      ...(world.dialect === "9" ? { failback: resource.failback ?? 1 } : {}),
      ...(group === undefined ? {} : { group }),
      ...(comment === undefined ? {} : { comment }),
    };
  });
}

function shownState({ state, running }: HaService): string {
  return state === "started" && !running ? "starting" : state;
}

function names(node: NodeState): string[] {
  return (node.database.corosync?.nodes ?? []).map(({ name }) => name).sort();
}

/** "Sun Nov 22 10:00:05 2026", lab time in UTC as the nodes keep it. */
function date(ms: number): string {
  const [day, dayOfMonth, month, year, time] = new Date(ms).toUTCString().replace(",", "").split(" ");
  return `${day} ${month} ${(dayOfMonth ?? "").replace(/^0/, " ")} ${time} ${year}`;
}
