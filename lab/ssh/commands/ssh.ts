import type { NodeState } from "../../state/node.ts";
import { findHost } from "../../state/world.ts";
import type { Call, LabCommand } from "../command.ts";
import { sshToGuest } from "./ssh-guest.ts";

/** `ssh HOST COMMAND` to another node of the lab, which trusts root's key as members of a cluster do. */
export const ssh: LabCommand = {
  name: "ssh",
  async run(call) {
    const { world, node, err } = call;
    const operands = splitAtHost(call.args);
    const [destination, ...words] = operands;
    if (destination === undefined) {
      err("usage: ssh [-46AaCfGgKkMNnqsTtVvXxYy] destination [command [argument ...]]\n");
      return 255;
    }
    const inside = await sshToGuest(call, destination, words.join(" "));
    if (inside !== undefined) return inside;
    const host = destination.replace(/^.*@/, "");
    const target = findHost(world, host);
    if (!target || (target.name === host && target !== node && !isKnownName(await hostsFile(call.fs), host))) {
      const named = !/^[\d.]+$/.test(host);
      err(
        named
          ? `ssh: Could not resolve hostname ${host}: Temporary failure in name resolution\n`
          : `ssh: connect to host ${host} port 22: No route to host\n`,
      );
      return 255;
    }
    if (target.power !== "on" || world.faults.sshRefused.has(target.name)) {
      err(
        `ssh: connect to host ${host} port 22: ${target.power === "on" ? "Connection refused" : "No route to host"}\n`,
      );
      return 255;
    }
    if (!(await isHostKeyKnown(call, target))) {
      err("Host key verification failed.\n");
      return 255;
    }
    if (target !== node && target.database !== node.database) {
      err(`root@${host}: Permission denied (publickey,password).\n`);
      return 255;
    }
    if (words.length === 0) {
      err("constat-lab: « ssh » sans commande n’est pas simulé par ce laboratoire\n");
      return 255;
    }
    return await call.runOn(target, words.join(" "));
  },
};

/** As on a real cluster: only the file that holds the node's key, or an option that takes any key, lets a plain `ssh` through. */
async function isHostKeyKnown({ args, fs, cwd }: Call, target: NodeState): Promise<boolean> {
  const options = args.join(" ");
  if (/StrictHostKeyChecking[= ](?:no|off|accept-new)/.test(options)) return true;
  const file = /UserKnownHostsFile[= ](\S+)/.exec(options)?.[1] ?? "/root/.ssh/known_hosts";
  const text = await fs.readFile(fs.resolvePath(cwd, file)).catch(() => "");
  return text.includes(target.sshHostKey.publicKey.split(" ")[1] ?? target.name);
}

function splitAtHost(args: readonly string[]): readonly string[] {
  const withValue = "bcDEeFIiJLlmOopQRSWw";
  let at = 0;
  while (args[at]?.startsWith("-")) at += args[at]?.length === 2 && withValue.includes(args[at]?.[1] ?? " ") ? 2 : 1;
  return args.slice(at);
}

async function hostsFile(fs: { readFile(path: string): Promise<string> }): Promise<string> {
  return await fs.readFile("/etc/hosts").catch(() => "");
}

function isKnownName(hosts: string, name: string): boolean {
  return hosts.split("\n").some((line) => !line.startsWith("#") && line.split(/\s+/).slice(1).includes(name));
}
