import type { Dialect } from "../../state/dialect.ts";
import { indexRoute, type Route } from "../route.ts";

/** The directories of the API, as far as the lab has something below them or real nodes list them. */
export function indexRoutes(dialect: Dialect): readonly Route[] {
  return [
    indexRoute("/", ["version", "cluster", "nodes", "storage", "access", "pools"], "subdir"),
    indexRoute("/cluster", dialect === "9" ? CLUSTER_9 : CLUSTER_8),
    indexRoute("/cluster/config", ["nodes", "totem", "join", "qdevice", "apiversion"]),
    indexRoute("/cluster/ceph", ["metadata", "status", "flags"]),
    indexRoute("/cluster/ha", HA[dialect], "id"),
    indexRoute("/cluster/ha/status", HA_STATUS[dialect]),
    indexRoute(
      "/access",
      ["users", "groups", "roles", "acl", "domains", "openid", "tfa", "ticket", "password"],
      "subdir",
    ),
    indexRoute("/nodes/{node}", NODE),
    indexRoute("/nodes/{node}/apt", ["changelog", "repositories", "update", "versions"], "id"),
    indexRoute("/nodes/{node}/tasks/{upid}", ["log", "status"]),
  ];
}

const CLUSTER_8 = [
  ...["acme", "backup", "backup-info", "ceph", "config", "firewall", "ha", "jobs", "log", "mapping", "metrics"],
  ...["notifications", "nextid", "options", "replication", "resources", "status", "tasks", "sdn"],
];

const CLUSTER_9 = [
  ...["acme", "backup", "backup-info", "bulk-action", "ceph", "config", "firewall", "ha", "jobs", "log", "mapping"],
  ...["metrics", "notifications", "nextid", "options", "qemu", "replication", "resources", "status", "tasks", "sdn"],
];

const HA: Readonly<Record<Dialect, readonly string[]>> = {
  "9": ["status", "resources", "groups", "rules"],
  "8.4": ["status", "resources", "groups"],
};

const HA_STATUS: Readonly<Record<Dialect, readonly string[]>> = {
  "9": ["current", "manager_status", "disarm-ha", "arm-ha"],
  "8.4": ["current", "manager_status"],
};

const NODE = [
  ...["aplinfo", "apt", "capabilities", "ceph", "certificates", "config", "disks", "dns", "firewall", "hardware"],
  ...["hosts", "journal", "lxc", "migrateall", "netstat", "network", "qemu", "query-url-metadata", "replication"],
  ...["report", "rrd", "rrddata", "scan", "sdn", "services", "spiceshell", "startall", "status", "stopall", "storage"],
  ...["subscription", "suspendall", "syslog", "tasks", "termproxy", "time", "version", "vncshell", "vncwebsocket"],
  ...["vzdump", "wakeonlan"],
];
