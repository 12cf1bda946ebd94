import { putHeavyFile } from "../../state/heavy-files.ts";
import { download } from "../../state/internet.ts";
import { roomOnRoot } from "../../state/room.ts";
import type { Call, LabCommand } from "../command.ts";
import { parseFlags } from "./flags.ts";

/** Bytes a second of the lab's way outside. */
const SPEED = 118e6;

/** `curl -o FILE URL`, -f, -s, -S, -L, -I: fetches what the lab's outside has, into a file. */
export const curl: LabCommand = {
  name: "curl",
  async run(call) {
    const { flags, operands } = parseFlags(call.args, "oHmw");
    const [url = ""] = operands;
    const host = /^[a-z]+:\/\/([^/:]+)/.exec(url)?.[1] ?? url;
    const found = download(url);
    const quiet = flags.has("s") && !flags.has("S");
    const fail = (code: number, text: string) => {
      if (!quiet) call.err(`curl: (${code}) ${text}\n`);
      return code;
    };
    if (found === undefined) return fail(6, `Could not resolve host: ${host}`);
    if (found === "missing") return flags.has("f") ? fail(22, "The requested URL returned error: 404") : 0;
    if (flags.has("I")) {
      call.out(
        `HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: ${found.size}\r\nAccept-Ranges: bytes\r\n\r\n`,
      );
      return 0;
    }
    const file = flags.get("o");
    if (file === undefined) return fail(23, "Failure writing output to destination");
    return await fetchInto(call, call.fs.resolvePath(call.cwd, file), found, fail);
  },
};

async function fetchInto(
  call: Call,
  path: string,
  found: Exclude<ReturnType<typeof download>, "missing" | undefined>,
  fail: (code: number, text: string) => number,
): Promise<number> {
  const { world, node, fs, signal } = call;
  const room = roomOnRoot(world, node);
  const written = Math.min(found.size, room);
  await world.clock.sleep((written / SPEED) * 1000, signal);
  const whole = written === found.size;
  // What was written before the disk was full stays there.
  putHeavyFile(node, path, whole ? found : { size: written }, world.clock.seconds());
  if (whole) await fs.writeFile(path, "");
  if (whole) return 0;
  return fail(23, `Failure writing output to destination, passed 16384 returned ${Math.floor(written % 16_384)}`);
}
