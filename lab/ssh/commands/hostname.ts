import type { LabCommand } from "../command.ts";

/** The node's name: short by default, -f with its domain, -d the domain, -I and -i its addresses. */
export const hostname: LabCommand = {
  name: "hostname",
  run({ args, node, out, err }) {
    const addresses = node.interfaces.flatMap((nic) => nic.address ?? []);
    const [flag = "-s"] = args;
    const answers: Readonly<Record<string, string>> = {
      "-s": node.name,
      "-f": `${node.name}.${node.dns.search}`,
      "--fqdn": `${node.name}.${node.dns.search}`,
      "-d": node.dns.search,
      "-i": node.address,
      "-I": `${addresses.join(" ")} `,
    };
    const answer = answers[flag];
    if (answer === undefined) {
      err(
        flag.startsWith("-")
          ? `hostname: invalid option -- '${flag.slice(1)}'\n`
          : "hostname: you must be root to change the host name\n",
      );
      return 1;
    }
    out(`${answer}\n`);
    return 0;
  },
};
