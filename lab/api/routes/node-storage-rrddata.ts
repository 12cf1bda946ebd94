import type { StorageDefinition } from "../../state/cluster-database.ts";
import { poolBehind } from "../../state/lvm/thin-pool.ts";
import { EXTENT } from "../../state/lvm/volume-group.ts";
import type { NodeState } from "../../state/node.ts";
import { storageUsage } from "../../state/usage.ts";
import { storageOn } from "../../state/volumes.ts";
import type { ApiCall, Route } from "../route.ts";
import { RRD_PARAMETERS, rrdFrame } from "./rrd-frame.ts";

/** `/nodes/NODE/storage/STORAGE/rrddata`: the curve of the summary; the newest point is of the last whole step, and each is the mean of its step. */
export const nodeStorageRrddataRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/nodes/{node}/storage/{storage}/rrddata",
    relayed: true,
    parameters: RRD_PARAMETERS,
    handle: points,
  },
];

function points({ world, node, params }: ApiCall) {
  const storage = storageOn(node, params["storage"] ?? "");
  const { total, used } = storageUsage(world, node, storage);
  const { step, times } = rrdFrame({ world, params });
  const sizes = sizesOf(node, storage, total);
  return times.map((time) => {
    if (time * 1000 < node.bootTime) return { time };
    const size = params["cf"] === "MAX" ? largest(sizes, time) : mean(sizes, time - step, time);
    return { time, total: size, used };
  });
}

/** A size that the storage had up to a lab second; of the present one, forever. */
interface Size {
  readonly until: number;
  readonly bytes: number;
}

/** In the order of time. Only a thin pool's earlier sizes are known. */
function sizesOf(node: NodeState, storage: StorageDefinition, total: number): readonly Size[] {
  const past = storage.type === "lvmthin" ? (poolBehind(node, storage)?.volume.past ?? []) : [];
  const before = past.map(({ until, extents }) => ({ until, bytes: extents * EXTENT }));
  return [...before, { until: Number.POSITIVE_INFINITY, bytes: total }];
}

function mean(sizes: readonly Size[], from: number, to: number): number {
  let sum = 0;
  let start = from;
  for (const { until, bytes } of sizes) {
    const end = Math.min(Math.max(until, start), to);
    sum += bytes * (end - start);
    start = end;
  }
  return sum / (to - from);
}

/** A pool never shrinks: the last size that began before a step's end is its largest. */
function largest(sizes: readonly Size[], to: number): number {
  return sizes.findLast((_, index) => (sizes[index - 1]?.until ?? 0) < to)?.bytes ?? 0;
}
