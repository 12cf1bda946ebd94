import { drawScreen, toPng, toPpm } from "../../console/draw/draw-screen.ts";
import { screenOf } from "../../machine/screen-of.ts";
import { vmOn } from "../../state/guest-place.ts";
import { PveError } from "../../state/pve-error.ts";
import type { Call } from "../command.ts";
import type { PveArguments } from "./pve-options.ts";
import { numberIn } from "./qm-show.ts";

/** `qm monitor`: reads commands from standard input; the lab answers `info status`, `screendump`, `sendkey` and `quit`. */
export async function monitor(call: Call, { operands }: PveArguments): Promise<number> {
  const { node, stdin, out } = call;
  const guest = vmOn(node, numberIn(operands[0]));
  if (guest.status !== "running") throw new PveError(`VM ${guest.vmid} is not running`);
  const lines = stdin
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  // With a pipe on standard input the real one echoes its prompt and the command first.
  for (const line of lines) if (line !== "quit") out(`qm> ${line}\n`);
  out(`qm> Entering QEMU Monitor for VM ${guest.vmid} - type 'help' for help\n`);
  for (const line of lines) {
    const [command = "", argument = "", ...options] = line.split(/\s+/);
    if (command === "quit") return 0;
    if (line === "info status") out(`VM status: ${guest.paused ? "paused" : "running"}\n`);
    else if (command === "screendump") await screendump(call, guest, argument, options.includes("png"));
    else if (command === "sendkey") guest.program?.key(argument);
    else out(`constat-lab: « ${line} » n’est pas simulé par ce laboratoire\n`);
  }
  return 0;
}

/** `qm sendkey`: one key, or several held together, in QEMU's names. */
export function sendkey({ node }: Call, { operands: [vmid, key = ""] }: PveArguments): number {
  const guest = vmOn(node, numberIn(vmid));
  if (guest.status !== "running") throw new PveError(`VM ${guest.vmid} is not running`);
  guest.program?.key(key);
  return 0;
}

async function screendump(
  { world, fs, cwd, out }: Call,
  guest: Parameters<typeof screenOf>[1],
  path: string,
  png: boolean,
): Promise<void> {
  const canvas = drawScreen(screenOf(world, guest));
  try {
    await fs.writeFile(fs.resolvePath(cwd, path), png ? toPng(canvas) : toPpm(canvas));
  } catch {
    out(`Error: Could not open '${path}': No such file or directory\n`);
  }
}
