import { systemClock } from "../../engine/base/clock.ts";
import { Redactor } from "../../engine/base/redact.ts";
import { type DoctorDoors, examineSite, type Observation } from "../../engine/doctor/index.ts";
import type { Inventory, InventoryNode } from "../../engine/model/inventory.ts";
import { openTransports } from "../../engine/transports/open-transports.ts";
import { fetchCertificate } from "../../engine/transports/tls-certificate.ts";
import { testInventory } from "./transports.ts";

export interface Examination {
  readonly secrets?: Readonly<Record<string, string>>;
  /** How far this machine's clock is from the real time. */
  readonly aheadMs?: number;
  readonly limitMs?: number;
  readonly signal?: AbortSignal;
}

/** Examines these nodes through real transports, as the command does; secrets come from an environment of the test's. */
export async function examine(
  nodes: readonly InventoryNode[],
  { secrets = {}, aheadMs = 0, limitMs, signal = new AbortController().signal }: Examination = {},
): Promise<readonly Observation[]> {
  const references: Inventory["secrets"] = Object.fromEntries(
    Object.keys(secrets).map((name) => [name, { from: "env", name }]),
  );
  const inventory = testInventory(nodes, references);
  const clock = { ...systemClock, now: () => new Date(Date.now() + aheadMs) };
  const redactor = new Redactor();
  const host = { env: { PATH: process.env["PATH"], ...secrets }, home: "/nonexistent" };
  const open = openTransports(inventory, clock, host, (value, name) => redactor.add(value, name));
  const { guard, shell, http } = open;
  const doors: DoctorDoors = {
    ...{ shell, http, clock },
    secret: async (name, stop) => await open.secrets.value(name, stop),
    certificate: async (node, whose, stop) => await fetchCertificate(node, guard, stop, whose),
    browser: async () => "",
    redact: (text) => redactor.text(text).text,
  };
  try {
    return await examineSite(inventory, doors, { doors, signal, limitMs });
  } finally {
    await open.close();
  }
}

/** `check status CODE`, in the order in which they were made. */
export function brief(observations: readonly Observation[]): readonly string[] {
  return observations.map((one) => [one.check, one.status, ...("code" in one ? [one.code] : [])].join(" "));
}
