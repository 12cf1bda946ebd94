import { mtuTowards } from "../../state/mtu.ts";
import { reachable } from "../../state/reachable.ts";
import { findHost } from "../../state/world.ts";
import type { Call, LabCommand } from "../command.ts";
import { parseFlags } from "./flags.ts";

/** iputils' ping to the nodes and guests of the lab: -c, -i, -W, -w, -q, -n, -s, -M do, -D, -O. What is off, or an address nobody has, loses every packet. */
export const ping: LabCommand = {
  name: "ping",
  async run(call) {
    const { flags, operands } = parseFlags(call.args, "ciWwsIMt");
    const [host] = operands;
    if (host === undefined) {
      call.err("ping: usage error: Destination address required\n");
      return 2;
    }
    const target = resolveHost(call, host);
    if (target === undefined) {
      call.err(`ping: ${host}: Name or service not known\n`);
      return 2;
    }
    const size = Number(flags.get("s") ?? 56);
    const whole = flags.get("M") === "do" ? size + 28 : 0;
    call.out(`PING ${host} (${target.address}) ${size}(${size + 28}) bytes of data.\n`);
    return await sendAll(call, target, {
      ...{ host, size, whole, quiet: flags.has("q"), count: Number(flags.get("c") ?? Number.POSITIVE_INFINITY) },
      ...{ interval: Number(flags.get("i") ?? 1) * 1000, timeout: Number(flags.get("W") ?? 10) * 1000 },
      ...{ stamped: flags.has("D"), outstanding: flags.has("O") },
      deadline: Number(flags.get("w") ?? Number.POSITIVE_INFINITY) * 1000,
    });
  },
};

interface Target {
  readonly address: string;
}

interface Plan {
  readonly host: string;
  readonly size: number;
  /** Bytes of the packet when it must not be cut into pieces; 0 when it may be. */
  readonly whole: number;
  readonly quiet: boolean;
  /** -D: each line begins with its time. */
  readonly stamped: boolean;
  /** -O: an echo that is still out when the next one is sent is told. */
  readonly outstanding: boolean;
  readonly count: number;
  /** Milliseconds. */
  readonly interval: number;
  readonly timeout: number;
  readonly deadline: number;
}

function resolveHost({ world }: Call, host: string): Target | undefined {
  if (host === "localhost" || host.startsWith("127.")) return { address: host === "localhost" ? "127.0.0.1" : host };
  const found =
    findHost(world, host) ?? [...world.nodes.values()].find((each) => `${each.name}.${each.dns.search}` === host);
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return { address: host };
  return found && { address: found.address };
}

async function sendAll(call: Call, target: Target, plan: Plan): Promise<number> {
  const { world, out, signal } = call;
  const times: number[] = [];
  const start = world.clock.now();
  const stamp = (at: number) => (plan.stamped ? `[${(at / 1000).toFixed(6)}] ` : "");
  let unanswered = false;
  let sent = 0;
  let errors = 0;
  let end = 0;
  try {
    while (sent < plan.count && world.clock.now() - start < plan.deadline) {
      // As on a machine of its own: however late this process gets its turn, echoes leave when they are due.
      const due = start + sent * plan.interval;
      await world.clock.sleep(Math.max(0, due - world.clock.now()), signal);
      if (unanswered && plan.outstanding && !plan.quiet) out(`${stamp(due)}no answer yet for icmp_seq=${sent}\n`);
      sent += 1;
      const { ok: answers, latencyMs: time } = reachable(world, call.node, target.address);
      const room = mtuTowards(world, call.node, target.address);
      const ok = answers && plan.whole <= Math.min(room.own, room.path);
      unanswered = !ok;
      if (plan.whole > room.own) {
        errors += 1;
        call.err(`ping: local error: message too long, mtu=${room.own}\n`);
      } else if (ok) {
        times.push(time);
        if (!plan.quiet)
          out(
            `${stamp(due + time)}${plan.size + 8} bytes from ${target.address}: icmp_seq=${sent} ttl=64 time=${milliseconds(time)} ms\n`,
          );
      } else if (!answers && isLocal(call, target.address) && sent === plan.count) {
        await world.clock.sleep(Math.min(plan.timeout, 3000), signal);
        errors = sent;
        if (!plan.quiet)
          for (let sequence = 1; sequence <= sent; sequence += 1)
            out(
              `${stamp(world.clock.now())}From ${call.node.address} icmp_seq=${sequence} Destination Host Unreachable\n`,
            );
      } else if (sent === plan.count) await world.clock.sleep(plan.timeout, signal);
    }
    end = world.clock.now() - start;
  } catch (error) {
    if (call.signal.reason?.name !== "Killed" || call.signal.reason.signalName !== "INT") throw error;
    end = world.clock.now() - start;
  }
  out(summary(plan.host, sent, times, errors, Math.round(end)));
  return times.length > 0 ? 0 : 1;
}

function isLocal({ node }: Call, address: string): boolean {
  const network = (text: string) => text.split(".").slice(0, 3).join(".");
  return network(node.address) === network(address);
}

function milliseconds(time: number): string {
  return time < 10 ? time.toFixed(3) : time.toFixed(1);
}

function summary(host: string, sent: number, times: readonly number[], errors: number, total: number): string {
  const loss = sent === 0 ? 0 : Math.round(((sent - times.length) / sent) * 100_000) / 1000;
  const failed = errors > 0 ? `+${errors} errors, ` : "";
  const head = `\n--- ${host} ping statistics ---\n${sent} packets transmitted, ${times.length} received, ${failed}${loss}% packet loss, time ${total}ms\n`;
  if (times.length === 0) return `${head}${errors > 0 ? `pipe ${Math.min(errors, 4)}\n` : "\n"}`;
  const average = times.reduce((sum, time) => sum + time, 0) / times.length;
  const deviation = Math.sqrt(times.reduce((sum, time) => sum + (time - average) ** 2, 0) / times.length);
  const figures = [Math.min(...times), average, Math.max(...times), deviation].map((time) => time.toFixed(3));
  return `${head}rtt min/avg/max/mdev = ${figures.join("/")} ms\n`;
}
