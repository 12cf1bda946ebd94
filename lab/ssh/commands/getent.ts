import type { LabCommand } from "../command.ts";

/** `getent hosts NAME…`, `getent passwd root`: from /etc/hosts and /etc/passwd, as there is no name server. Exit 2 when nothing is found. */
export const getent: LabCommand = {
  name: "getent",
  async run({ args, fs, out, err }) {
    const [database = "", ...keys] = args;
    const known = ["hosts", "ahosts", "ahostsv4", "passwd", "group", "shadow"].includes(database);
    if (!known) {
      err(database === "" ? "getent: wrong number of arguments\n" : `Unknown database: ${database}\n`);
      return 1;
    }
    const isHosts = database.includes("hosts");
    const text = await fs.readFile(isHosts ? "/etc/hosts" : `/etc/${database}`);
    const lines = text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
    const found =
      keys.length === 0
        ? lines
        : keys.flatMap((key) => lines.filter((line) => line.split(isHosts ? /\s+/ : ":").includes(key)).slice(0, 1));
    for (const line of found) out(`${isHosts ? hostLine(line) : line}\n`);
    return found.length >= Math.max(1, keys.length) ? 0 : 2;
  },
};

function hostLine(line: string): string {
  const [address = "", ...names] = line.split(/\s+/);
  return `${address.padEnd(15)} ${names.join(" ")}`;
}
