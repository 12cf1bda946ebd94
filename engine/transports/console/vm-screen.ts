import { gunzipSync } from "node:zlib";
import { ProblemError } from "../../base/problem.ts";
import type { InventoryNode } from "../../model/inventory.ts";
import type { ShellTransport } from "../port.ts";
import { readRaster } from "./raster.ts";
import type { Screen } from "./screen.ts";

/** QEMU writes the picture on the node; it travels packed, and nothing of it stays there. */
const SCREENDUMP = `set -e
folder=$(mktemp -d /tmp/constat-ecran.XXXXXX)
trap 'rm -rf "$folder"' EXIT
printf 'screendump %s\\nquit\\n' "$folder/ecran.ppm" | qm monitor "$constat_vmid" > "$folder/reponse" 2>&1 || { cat "$folder/reponse" >&2; exit 1; }
attente=0
while [ ! -s "$folder/ecran.ppm" ]; do
  attente=$((attente + 1))
  [ "$attente" -le 30 ] || { cat "$folder/reponse" >&2; exit 1; }
  sleep 0.1
done
gzip -c "$folder/ecran.ppm" | base64
`;
/** One monitor for all keys: QEMU holds each for a tenth of a second, and takes the next one then. */
const SENDKEYS = `for touche in $constat_keys; do
  printf 'sendkey %s\\n' "$touche"
  sleep 0.12
done | { cat; printf 'quit\\n'; } | qm monitor "$constat_vmid"
`;
/** The monitor ends well even when it refused a key, and says so between its echoes. */
const REFUSAL = /ERROR|invalid|unknown/i;

/** The screen of a virtual machine, through the monitor of QEMU on the node that runs it. */
export function openVmScreen(shell: ShellTransport, host: InventoryNode, vmid: number): Screen {
  const run = async (script: string, environment: Readonly<Record<string, string>>, signal: AbortSignal) => {
    const out: Buffer[] = [];
    const said: Buffer[] = [];
    const end = await shell.run(
      { type: "node", node: host },
      {
        interpreter: "bash",
        script,
        environment: { constat_vmid: String(vmid), ...environment },
        answers: [],
        signal,
        onOutput: (stream, chunk) => void (stream === "stdout" ? out : said).push(chunk),
      },
    );
    signal.throwIfAborted();
    if (end.status === "exited" && end.code === 0) return Buffer.concat(out);
    const reason = Buffer.concat(said).toString("utf8").trim().split("\n").at(-1) ?? "";
    throw new ProblemError(
      "CONSOLE_UNREACHABLE",
      `L’écran de la machine ${vmid} ne peut pas être lu sur ${host.name} : ${reason === "" ? end.status : reason}`,
      {
        scope: "environment",
        hint: "Vérifiez que la machine est démarrée sur ce nœud et que le compte y est root (qm monitor).",
      },
    );
  };
  return {
    grab: async (signal) => {
      const packed = (await run(SCREENDUMP, {}, signal)).toString("latin1");
      return readRaster(gunzipSync(Buffer.from(packed, "base64")));
    },
    press: async (keys, signal) => {
      const said = (await run(SENDKEYS, { constat_keys: keys.join(" ") }, signal)).toString("utf8");
      const refused = said.split(/[\r\n]+/).find((line) => REFUSAL.test(line));
      if (refused === undefined) return;
      throw new ProblemError(
        "CONSOLE_KEY",
        `La machine ${vmid} sur ${host.name} n’a pas reçu toutes ses touches : ${refused.trim()}`,
        { scope: "environment", hint: "Vérifiez le nom des touches (ceux de QEMU) et l’état de la machine." },
      );
    },
    close: async () => {},
  };
}
