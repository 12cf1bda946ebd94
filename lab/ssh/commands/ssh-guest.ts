import type { Guest } from "../../state/guest.ts";
import { type NetworkPlace, placesOn } from "../../state/guest-network.ts";
import { reachable } from "../../state/reachable.ts";
import { rootKeyOf } from "../../state/root-key.ts";
import type { Call } from "../command.ts";

/** Lab milliseconds that a small package takes, lists included. */
const INSTALL_MS = 20_000;

/**
 * `ssh USER@ADDRESS COMMANDS` to a machine: the account that cloud-init opened, with the keys that the configuration gives it. Gives the
 * exit code; undefined when no machine has the address. Built from the documented behaviour of cloud-init and Debian, not from a recording.
 */
export async function sshToGuest(call: Call, destination: string, script: string): Promise<number | undefined> {
  const { world, node, err } = call;
  const [host = "", user = "root"] = destination.split("@").reverse();
  const place = [...world.nodes.values()]
    .flatMap((each) => placesOn(world, each))
    .find(({ address, guest }) => guest !== undefined && address === host);
  if (place?.guest === undefined) return undefined;
  if (!reachable(world, node, host).ok) {
    err(`ssh: connect to host ${host} port 22: No route to host\n`);
    return 255;
  }
  if (!/StrictHostKeyChecking[= ](?:no|off|accept-new)/.test(call.args.join(" "))) {
    err("Host key verification failed.\n");
    return 255;
  }
  err(`Warning: Permanently added '${host}' (ED25519) to the list of known hosts.\n`);
  if (!isLetIn(call, place.guest, user)) {
    err(`${user}@${host}: Permission denied (publickey).\n`);
    return 255;
  }
  return await runAll(call, place, place.guest, script);
}

function isLetIn({ node }: Call, { config, system }: Guest, user: string): boolean {
  if (!system?.cloudInit || user !== (config.get("ciuser") ?? "debian")) return false;
  return decodeURIComponent(config.get("sshkeys") ?? "").includes(rootKeyOf(node));
}

/** Commands parted by `;` and `&&`, as a shell takes them. */
async function runAll(call: Call, place: NetworkPlace, guest: Guest, script: string): Promise<number> {
  let code = 0;
  for (const [, link, text = ""] of script.matchAll(/(^|;|&&)([^;&]+)/g)) {
    if (link === "&&" && code !== 0) continue;
    code = await runOne(call, place, guest, text.trim().split(/\s+/));
  }
  return code;
}

async function runOne(
  { world, out, err, signal }: Call,
  { gateway }: NetworkPlace,
  guest: Guest,
  given: readonly string[],
): Promise<number> {
  const words = given.filter((word, index) => !(index === 0 && word === "sudo") && !/^[A-Z_]+=/.test(word));
  const operands = words.filter((word) => !word.startsWith("-"));
  switch (operands.slice(0, 2).join(" ")) {
    case "cloud-init status":
      out("status: done\n");
      return 0;
    case "apt-get update":
      return 0;
    case "apt-get install": {
      const [name = ""] = operands.slice(2);
      if (name !== "qemu-guest-agent" || gateway === undefined) {
        err(`E: Unable to locate package ${name}\n`);
        return 100;
      }
      await world.clock.sleep(INSTALL_MS, signal);
      out(`Setting up ${name} ...\n`);
      if (guest.system) guest.system.agent = true;
      return 0;
    }
    case "systemctl start":
      if (operands[2] !== "qemu-guest-agent" || guest.system?.agent !== true) {
        err(`Failed to start ${operands[2]}.service: Unit ${operands[2]}.service not found.\n`);
        return 5;
      }
      return 0;
    default:
      err(`bash: line 1: ${words[0] ?? ""}: command not found\n`);
      return 127;
  }
}
