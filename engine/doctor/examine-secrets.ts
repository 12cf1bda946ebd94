import { stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { Inventory, InventoryNode, SecretReference } from "../model/inventory.ts";
import type { DoctorDoors } from "./doors.ts";
import { type Look, looked } from "./looked.ts";
import type { Observation } from "./observation.ts";

/** The password manager that a command asks is given this long, as in a run. */
const LIMIT_MS = 12_000;

/** Reads every secret of the inventory: one that an access needs is an obstacle when it is missing, any other may be one later. */
export async function examineSecrets(
  inventory: Pick<Inventory, "file" | "secrets" | "nodes">,
  doors: Pick<DoctorDoors, "secret" | "redact">,
  home: string,
  look: Look,
): Promise<readonly Observation[]> {
  const names = Object.entries(inventory.secrets);
  const each = names.map(async ([name, reference]): Promise<readonly Observation[]> => {
    const subject = { type: "local" } as const;
    const users = inventory.nodes.filter((node) => passwordsOf(node).includes(name)).map((node) => node.name);
    const limited = { ...look, limitMs: LIMIT_MS };
    const got = await looked(subject, "secret", limited, async (signal) => await doors.secret(name, signal));
    if (got.status === "seen") return await openToOthers(name, reference, inventory.file, home);
    const { observation } = got;
    if (observation.status !== "error") return [observation];
    const text = observation.text.replace(/\.?$/, ".");
    if (users.length > 0) return [{ ...observation, text: `${text} Il sert à ${users.join(", ")}.` }];
    return [{ ...observation, status: "warning", text: `${text} Un bloc peut le demander.` }];
  });
  const found = (await Promise.all(each)).flat();
  if (names.length === 0 || found.length > 0) return found;
  const text = names.length === 1 ? "1 secret se lit" : `${names.length} secrets se lisent`;
  return [{ subject: { type: "local" }, check: "secret", status: "ok", text }];
}

function passwordsOf({ ssh, pve, bmc }: InventoryNode): readonly (string | undefined)[] {
  return [
    ...[ssh?.password, ssh?.passphrase, ssh?.sudo?.password, pve?.password, pve?.token?.secret, pve?.totp],
    bmc?.login?.password,
  ];
}

async function openToOthers(
  name: string,
  reference: SecretReference,
  inventoryFile: string,
  home: string,
): Promise<readonly Observation[]> {
  if (reference.from !== "file") return [];
  const path = resolve(dirname(inventoryFile), reference.path.replace(/^~(?=\/)/, home));
  const mode = await stat(path).then(
    (found) => found.mode,
    () => 0,
  );
  if ((mode & 0o077) === 0) return [];
  return [
    {
      ...{ subject: { type: "local" }, check: "secret", status: "warning", code: "SECRET_READABLE" },
      text: `le fichier du secret « ${name} » est lisible par d’autres comptes de cette machine`,
      remedy: `chmod 600 ${reference.path}`,
    },
  ];
}
