import type { Dialect } from "../state/dialect.ts";

/** What a user may do, by area: the `cap` map that decides which tabs the interface shows. */
export type Capabilities = Readonly<Record<string, Readonly<Record<string, 1>>>>;

/** root@pam's full map in a dialect. */
export function rootCapabilities(dialect: Dialect): Capabilities {
  const vms = dialect === "9" ? [...VMS, ...VMS_9] : [...VMS, "VM.Monitor"];
  return {
    access: flags(["User.Modify", "Group.Allocate", "Permissions.Modify"]),
    dc: flags(["Sys.Audit", "Sys.Modify", "SDN.Allocate", "SDN.Audit", "SDN.Use"]),
    mapping: flags(["Mapping.Audit", "Mapping.Modify", "Mapping.Use", "Permissions.Modify"]),
    nodes: flags(NODES),
    sdn: flags(["SDN.Allocate", "SDN.Audit", "SDN.Use", "Permissions.Modify"]),
    storage: flags(STORAGE),
    vms: flags(vms),
  };
}

const NODES = [
  ...["Permissions.Modify", "Sys.AccessNetwork", "Sys.Audit", "Sys.Console", "Sys.Incoming", "Sys.Modify"],
  ...["Sys.PowerMgmt", "Sys.Syslog"],
];

const STORAGE = [
  ...["Datastore.Allocate", "Datastore.AllocateSpace", "Datastore.AllocateTemplate", "Datastore.Audit"],
  "Permissions.Modify",
];

const VMS = [
  ...["Permissions.Modify", "VM.Allocate", "VM.Audit", "VM.Backup", "VM.Clone", "VM.Config.CDROM", "VM.Config.CPU"],
  ...["VM.Config.Cloudinit", "VM.Config.Disk", "VM.Config.HWType", "VM.Config.Memory", "VM.Config.Network"],
  ...["VM.Config.Options", "VM.Console", "VM.Migrate", "VM.PowerMgmt", "VM.Snapshot", "VM.Snapshot.Rollback"],
];

const VMS_9 = [
  ...["VM.GuestAgent.Audit", "VM.GuestAgent.FileRead", "VM.GuestAgent.FileSystemMgmt", "VM.GuestAgent.FileWrite"],
  ...["VM.GuestAgent.Unrestricted", "VM.Replicate"],
];

function flags(names: readonly string[]): Record<string, 1> {
  return Object.fromEntries(names.map((name) => [name, 1]));
}
