import { pveUiContract } from "../../../contract/pve-ui.ts";
import { labPages } from "./lab-pages.ts";

// The whole suite again in front of slow nodes: minutes, so it belongs to the full tests.
for (const latency of [700, 2_500]) {
  for (const dialect of ["9", "8.4"] as const) pveUiContract(dialect, () => labPages(dialect), latency);
}
