import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const script = fileURLToPath(new URL("../../../scripts/fetch-extjs.js", import.meta.url));

/** Makes sure that ExtJS is there, as the set-up does: a no-op when it is, a download of some seconds when it is not. */
export async function ensureExtjs(): Promise<void> {
  await promisify(execFile)(process.execPath, [script], { timeout: 10 * 60_000 });
}
