import { API_ROWS } from "../api/recorded-plan.ts";
import { CEPH_ROWS } from "../ssh/ceph-plan.ts";
import { GUEST_ROWS } from "../ssh/guest-plan.ts";
import { HA_ROWS } from "../ssh/ha-plan.ts";
import { CLUSTER_ROWS } from "../ssh/recorded-plan.ts";
import { SDN_ROWS } from "../ssh/sdn-plan.ts";
import type { Row } from "./row.ts";
import { SAMPLE_ROWS } from "./samples.ts";

/** Every recorded command with its test, or the reason why none compares it. */
export const TABLE: readonly Row[] = [
  ...API_ROWS,
  ...CLUSTER_ROWS,
  ...CEPH_ROWS,
  ...HA_ROWS,
  ...GUEST_ROWS,
  ...SDN_ROWS,
  ...SAMPLE_ROWS,
];
