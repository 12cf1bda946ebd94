import type { LabCommand } from "../command.ts";
import { columns } from "./columns.ts";

/** `ss -tln` (and -u for corosync's port): the sockets that a node's services listen on. */
export const ss: LabCommand = {
  name: "ss",
  run({ args, node, out }) {
    const letters = args.filter((arg) => arg.startsWith("-")).join("");
    const listening = [
      ["0.0.0.0:111", "0.0.0.0:*", "4096"],
      ["127.0.0.1:85", "0.0.0.0:*", "4096"],
      ["0.0.0.0:22", "0.0.0.0:*", "128"],
      ["127.0.0.1:25", "0.0.0.0:*", "100"],
      ...(node.proxy === "up" ? [["*:8006", "*:*", "4096"]] : []),
      ["*:3128", "*:*", "4096"],
      ["[::]:22", "[::]:*", "128"],
    ];
    const own = node.database.corosync?.nodes.find((entry) => entry.name === node.name);
    const links = node.corosync.running ? Object.entries(own?.links ?? {}) : [];
    const tcp = listening.map(([local = "", peer = "", queue = ""]) => ["LISTEN", "0", queue, local, peer]);
    const udp = links.map(([link, address]) => ["UNCONN", "0", "0", `${address}:${5405 + Number(link)}`, "0.0.0.0:*"]);
    const both = letters.includes("t") === letters.includes("u");
    const head = [...(both ? ["Netid"] : []), "State", "Recv-Q", "Send-Q", "Local Address:Port", "Peer Address:Port"];
    const named = (netid: string, rows: readonly (readonly string[])[]) =>
      rows.map((row) => [...(both ? [netid] : []), ...row]);
    const rows = [
      ...(letters.includes("u") || both ? named("udp", udp) : []),
      ...(letters.includes("t") || both ? named("tcp", tcp) : []),
    ];
    const at = both ? 4 : 3;
    out(columns(letters.includes("H") ? rows : [head, ...rows], [at], 0));
    return 0;
  },
};
