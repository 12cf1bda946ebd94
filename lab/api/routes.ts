import type { Dialect } from "../state/dialect.ts";
import type { Route } from "./route.ts";
import { accessRoutes } from "./routes/access.ts";
import { clusterCephRoutes } from "./routes/cluster-ceph.ts";
import { clusterConfigRoutes } from "./routes/cluster-config.ts";
import { clusterHaRoutes } from "./routes/cluster-ha.ts";
import { clusterHaGroupsRoutes } from "./routes/cluster-ha-groups.ts";
import { clusterHaResourcesRoutes } from "./routes/cluster-ha-resources.ts";
import { clusterHaRulesRoutes } from "./routes/cluster-ha-rules.ts";
import { clusterOptionsRoutes } from "./routes/cluster-options.ts";
import { clusterResourcesRoutes } from "./routes/cluster-resources.ts";
import { clusterSdnRoutes } from "./routes/cluster-sdn.ts";
import { clusterStatusRoutes } from "./routes/cluster-status.ts";
import { clusterTasksRoutes } from "./routes/cluster-tasks.ts";
import { indexRoutes } from "./routes/indexes.ts";
import { nodeCephRoutes } from "./routes/node-ceph.ts";
import { nodeCephOsdRoutes } from "./routes/node-ceph-osd.ts";
import { nodeCephPoolRoutes } from "./routes/node-ceph-pool.ts";
import { nodeCephServicesRoutes } from "./routes/node-ceph-services.ts";
import { nodeDisksRoutes } from "./routes/node-disks.ts";
import { nodeNetworkRoutes } from "./routes/node-network.ts";
import { nodeQemuRoutes } from "./routes/node-qemu.ts";
import { nodeRrddataRoutes } from "./routes/node-rrddata.ts";
import { nodeSdnRoutes } from "./routes/node-sdn.ts";
import { nodeServicesRoutes } from "./routes/node-services.ts";
import { nodeSoftwareRoutes } from "./routes/node-software.ts";
import { nodeStatusRoutes } from "./routes/node-status.ts";
import { nodeStorageRoutes } from "./routes/node-storage.ts";
import { nodeStorageRrddataRoutes } from "./routes/node-storage-rrddata.ts";
import { nodeStorageUploadRoutes } from "./routes/node-storage-upload.ts";
import { nodeTasksRoutes } from "./routes/node-tasks.ts";
import { nodesRoutes } from "./routes/nodes.ts";
import { qemuCloneRoutes } from "./routes/qemu-clone.ts";
import { qemuConfigRoutes } from "./routes/qemu-config.ts";
import { qemuConsoleRoutes } from "./routes/qemu-console.ts";
import { qemuInsideRoutes } from "./routes/qemu-inside.ts";
import { qemuMigrateRoutes } from "./routes/qemu-migrate.ts";
import { qemuRrddataRoutes } from "./routes/qemu-rrddata.ts";
import { qemuStatusRoutes } from "./routes/qemu-status.ts";
import { storageRoutes } from "./routes/storage.ts";
import { versionRoutes } from "./routes/version.ts";

const COMMON: readonly Route[] = [
  ...accessRoutes,
  ...clusterCephRoutes,
  ...clusterConfigRoutes,
  ...clusterHaGroupsRoutes,
  ...clusterHaResourcesRoutes,
  ...clusterHaRoutes,
  ...clusterHaRulesRoutes,
  ...clusterOptionsRoutes,
  ...clusterResourcesRoutes,
  ...clusterStatusRoutes,
  ...clusterTasksRoutes,
  ...nodeCephOsdRoutes,
  ...nodeCephPoolRoutes,
  ...nodeCephRoutes,
  ...nodeCephServicesRoutes,
  ...nodeDisksRoutes,
  ...nodeNetworkRoutes,
  ...nodeQemuRoutes,
  ...nodeRrddataRoutes,
  ...nodeSdnRoutes,
  ...nodeServicesRoutes,
  ...nodeSoftwareRoutes,
  ...nodeStatusRoutes,
  ...nodeStorageRoutes,
  ...nodeStorageRrddataRoutes,
  ...nodeStorageUploadRoutes,
  ...nodeTasksRoutes,
  ...nodesRoutes,
  ...qemuCloneRoutes,
  ...qemuConfigRoutes,
  ...qemuConsoleRoutes,
  ...qemuInsideRoutes,
  ...qemuMigrateRoutes,
  ...qemuRrddataRoutes,
  ...qemuStatusRoutes,
  ...storageRoutes,
  ...versionRoutes,
];

const TABLES: Readonly<Record<Dialect, readonly Route[]>> = {
  "9": [...COMMON, ...clusterSdnRoutes("9"), ...indexRoutes("9")],
  "8.4": [...COMMON, ...clusterSdnRoutes("8.4"), ...indexRoutes("8.4")],
};

/** Every path a dialect answers. */
export function routesOf(dialect: Dialect): readonly Route[] {
  return TABLES[dialect];
}
