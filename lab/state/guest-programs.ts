import type { Guest } from "./guest.ts";
import { cardsOf } from "./guest-network.ts";
import type { NodeState } from "./node.ts";
import { reachable } from "./reachable.ts";
import type { World } from "./world.ts";

/** What a program inside a guest left when it ended. */
export interface ProgramEnd {
  readonly exitcode: number;
  readonly out: string;
  readonly err: string;
}

/** A guest and the node it ran on when the program was asked for. */
export interface InsideGuest {
  readonly world: World;
  readonly node: NodeState;
  readonly guest: Guest;
}

/** Runs one of the few programs that the systems of the lab's guests have; undefined for one they lack. */
export function runInGuest(
  inside: InsideGuest,
  command: readonly string[],
  signal: AbortSignal,
): Promise<ProgramEnd> | undefined {
  const [path = "", ...args] = command;
  switch (path.split("/").at(-1)) {
    case "ping":
      return ping(inside, args, signal);
    case "ip":
      return Promise.resolve(ip(inside, args));
    case "hostname":
      return Promise.resolve({ exitcode: 0, out: `${inside.guest.system?.hostname ?? "localhost"}\n`, err: "" });
    default:
      return undefined;
  }
}

/** The guest's own name for a network card. */
export function cardName(index: number): string {
  return `ens${18 + index}`;
}

/** `ip address replace CIDR dev NAME` and `ip link set dev NAME up`: all that a test needs to put a card to work. */
function ip({ guest }: InsideGuest, args: readonly string[]): ProgramEnd {
  const words = args.filter((word) => !word.startsWith("-"));
  const device = words[words.indexOf("dev") + 1] ?? "";
  const card = cardsOf(guest).find((_, index) => cardName(index) === device);
  if (!card) return { exitcode: 1, out: "", err: `Cannot find device "${device}"\n` };
  const [object = "", verb = "", value = ""] = words;
  if (object.startsWith("l") && verb === "set") return { exitcode: 0, out: "", err: "" };
  if (!object.startsWith("a") || !["add", "replace"].includes(verb)) {
    return {
      exitcode: 1,
      out: "",
      err: `constat-lab: « ip ${words.join(" ")} » n’est pas simulé dans les VM de ce laboratoire\n`,
    };
  }
  const [address = "", prefix = "32"] = value.split("/");
  guest.system?.addresses.set(card.key, { address, prefix: Number(prefix), gateway: card.address?.gateway });
  return { exitcode: 0, out: "", err: "" };
}

/** iputils' ping, for the network as it is where the guest runs at each packet: it may move meanwhile. */
async function ping({ world, guest }: InsideGuest, args: readonly string[], signal: AbortSignal): Promise<ProgramEnd> {
  const numberAfter = (flag: string, otherwise: number) => {
    const at = args.indexOf(flag);
    return at < 0 ? otherwise : Number(args[at + 1]);
  };
  const address = args
    .filter((word, index) => !word.startsWith("-") && !/^-[ciWw]$/.test(args[index - 1] ?? ""))
    .at(-1);
  if (address === undefined) return { exitcode: 2, out: "", err: "ping: usage error: Destination address required\n" };
  const count = numberAfter("-c", 4);
  const start = world.clock.now();
  const times: number[] = [];
  let out = `PING ${address} (${address}) 56(84) bytes of data.\n`;
  for (let sequence = 1; sequence <= count; sequence += 1) {
    if (sequence > 1) await world.clock.sleep(numberAfter("-i", 1) * 1000, signal);
    const node = [...world.nodes.values()].find((each) => each.guests.get(guest.vmid) === guest);
    const { ok, latencyMs } = node ? reachable(world, { node, guest }, address) : { ok: false, latencyMs: 0 };
    if (!ok) continue;
    times.push(latencyMs);
    out += `64 bytes from ${address}: icmp_seq=${sequence} ttl=64 time=${latencyMs.toFixed(3)} ms\n`;
  }
  if (times.length < count) await world.clock.sleep(numberAfter("-W", 10) * 1000, signal);
  const total = Math.round(world.clock.now() - start);
  const loss = Math.round(((count - times.length) / count) * 100_000) / 1000;
  out += `\n--- ${address} ping statistics ---\n${count} packets transmitted, ${times.length} received, ${loss}% packet loss, time ${total}ms\n`;
  if (times.length === 0) return { exitcode: 1, out: `${out}\n`, err: "" };
  const average = times.reduce((sum, time) => sum + time, 0) / times.length;
  const deviation = Math.sqrt(times.reduce((sum, time) => sum + (time - average) ** 2, 0) / times.length);
  const figures = [Math.min(...times), average, Math.max(...times), deviation].map((time) => time.toFixed(3));
  return { exitcode: 0, out: `${out}rtt min/avg/max/mdev = ${figures.join("/")} ms\n`, err: "" };
}
