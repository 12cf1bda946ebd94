import { joinCluster } from "../../state/join-cluster.ts";
import { parseLinks } from "../../state/links.ts";
import { PveError } from "../../state/pve-error.ts";
import { type Print, startTask } from "../../state/tasks.ts";
import type { Call } from "../command.ts";
import { isYes, type PveArguments } from "./pve-options.ts";

/** `pvecm add HOST`: asks for the password and, without --fingerprint, whether the certificate is right. Exits 0 even when the join failed. */
export async function addToCluster(call: Call, given: PveArguments): Promise<number> {
  const { world, node, out, err, signal, terminal } = call;
  const { options } = given;
  const links = parseLinks(options);
  checkOptions(options);
  const hostname = given.operands[0] ?? "";
  if (!terminal && world.dialect === "8.4") {
    err("failed to get old pgid: Inappropriate ioctl for device\ngot no worker upid - start worker failed\n\n");
    return 3;
  }
  const task = startTask(world, node, { type: "clusterjoin" }, async (print, stopped) => {
    const both: Print = (text, channel) => {
      print(text, channel);
      (channel === "err" ? err : out)(text);
    };
    const password = await askPassword(call, hostname);
    const request = {
      ...{ hostname, password, links, force: isYes(options["force"]), fingerprint: options["fingerprint"] },
      ...{ nodeid: toNumber(options["nodeid"]), votes: toNumber(options["votes"]) },
    };
    await joinCluster(world, node, request, both, stopped, (fingerprint) => confirm(call, hostname, fingerprint, both));
  });
  const stop = () => task.stop();
  signal.addEventListener("abort", stop, { once: true });
  await task.done;
  signal.removeEventListener("abort", stop);
  signal.throwIfAborted();
  if (task.exitstatus !== "OK") err(`${task.exitstatus ?? ""}\n`);
  return 0;
}

function checkOptions(options: Readonly<Record<string, string>>): void {
  const { fingerprint } = options;
  if (fingerprint !== undefined && !/^(?:[A-Fa-f0-9]{2}:){31}[A-Fa-f0-9]{2}$/.test(fingerprint)) {
    throw new PveError("Parameter verification failed.", 400, {
      fingerprint: "value does not match the regex pattern",
    });
  }
  for (const name of ["nodeid", "votes"]) {
    const value = options[name];
    if (value === undefined || /^\d+$/.test(value)) continue;
    throw new PveError("Parameter verification failed.", 400, {
      [name]: `type check ('integer') failed - got '${value}'`,
    });
  }
}

async function askPassword(call: Call, hostname: string): Promise<string> {
  const { terminal, out, signal, stdin } = call;
  if (!terminal) {
    const [line = ""] = stdin.split("\n");
    if (line === "") throw new PveError("EOF while reading password");
    return line;
  }
  out(`Please enter superuser (root) password for '${hostname}': `);
  const typed = await terminal.ask("stars", signal);
  if (typed === undefined) throw new PveError("EOF while reading password");
  return typed;
}

async function confirm(call: Call, hostname: string, fingerprint: string, print: Print): Promise<boolean> {
  print(`The authenticity of host '${hostname}' can't be established.\n`);
  print(`X509 SHA256 key fingerprint is ${fingerprint}.\n`);
  print("Are you sure you want to continue connecting (yes/no)? ");
  const typed = await call.terminal?.readLine(call.signal);
  return typed?.trim() === "yes";
}

function toNumber(value: string | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}
