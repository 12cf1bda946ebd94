import type { CephCluster } from "../../state/ceph/ceph-cluster.ts";
import { healthChecks, healthStatus } from "../../state/ceph/health.ts";
import type { World } from "../../state/world.ts";

/** `health` of Ceph's status; the details are there in the API and missing from the command line's. */
export function healthJson(world: World, ceph: CephCluster, details: boolean) {
  const checks = healthChecks(world, ceph);
  const entries = checks.map(({ code, severity, message, count, detail }) => [
    code,
    {
      severity,
      summary: { message, count },
      ...(details ? { detail: detail.map((line) => ({ message: line })) } : {}),
      muted: false,
    },
  ]);
  return { status: healthStatus(checks), checks: Object.fromEntries(entries), mutes: [] };
}
