import { vmOn } from "../../state/guest-place.ts";
import { checkMigration, migrationPreconditions } from "../../state/migration-check.ts";
import { parameterError } from "../../state/pve-error.ts";
import { startTask } from "../../state/tasks.ts";
import { migrateVm } from "../../state/vm-migrate.ts";
import { isTrue, type ParameterSchema } from "../parameters.ts";
import type { ApiCall, Route } from "../route.ts";

const PATH = "/nodes/{node}/qemu/{vmid}/migrate";

const MIGRATE: ParameterSchema = {
  target: { required: true },
  online: { type: "boolean" },
  force: { type: "boolean" },
  migration_type: { values: ["secure", "insecure"] },
  migration_network: {},
  "with-local-disks": { type: "boolean" },
  targetstorage: {},
  bwlimit: { type: "integer" },
};

/** `/nodes/NODE/qemu/VMID/migrate`: where a machine may go, and moving it; and what a node can take over of a migration (9). */
export const qemuMigrateRoutes: readonly Route[] = [
  { method: "GET", path: PATH, relayed: true, parameters: { target: {} }, handle: preconditions },
  { method: "POST", path: PATH, relayed: true, dialect: "8.4", parameters: MIGRATE, handle: migrate },
  {
    method: "POST",
    path: PATH,
    relayed: true,
    dialect: "9",
    parameters: { ...MIGRATE, "with-conntrack-state": { type: "boolean" } },
    handle: migrate,
  },
  {
    method: "GET",
    path: "/nodes/{node}/capabilities/qemu/migration",
    relayed: true,
    dialect: "9",
    // The recorded hosts could not take the state of connections over, and their logs say so.
    handle: () => ({ "has-dbus-vmstate": 1 }),
  },
];

/** KiB a second; 0 is no limit. */
function limitOf(written: string | undefined) {
  const limit = Number(written ?? 0);
  return limit > 0 ? { bytesPerSecond: limit * 1024 } : {};
}

function preconditions({ world, node, params }: ApiCall) {
  return migrationPreconditions(world, node, vmOn(node, params["vmid"] ?? ""));
}

function migrate({ world, node, user, params }: ApiCall): string {
  const { target = "" } = params;
  if (target === node.name) throw parameterError({ target: "target is local node." });
  const guest = vmOn(node, params["vmid"] ?? "");
  const { vmid } = guest;
  const request = {
    target,
    online: isTrue(params["online"]),
    withLocalDisks: isTrue(params["with-local-disks"]),
    ...limitOf(params["bwlimit"]),
  };
  const to = checkMigration(world, node, guest, request);
  const manager = world.guestManager;
  if (manager?.isManaged(node, vmid)) {
    return startTask(world, node, { type: "hamigrate", id: String(vmid), user }, async (print) => {
      print(`Requesting HA migration for VM ${vmid} to node ${target}\n`);
      manager.request(node, vmid, { type: "migrate", target });
    }).upid;
  }
  const run = { type: "qmigrate", id: String(vmid), user };
  return startTask(world, node, run, (print, signal) => migrateVm(world, node, guest, to, request, print, signal)).upid;
}
