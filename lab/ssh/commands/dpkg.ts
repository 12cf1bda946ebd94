import type { Call, LabCommand } from "../command.ts";
import { columns } from "./columns.ts";
import { cephPackagesOf, metaPackage, packagesOf } from "./packages.ts";

/** `dpkg -l [PATTERN…]`, `dpkg -s NAME`: the packages that `pveversion -v` names. */
export const dpkg: LabCommand = {
  name: "dpkg",
  run(call) {
    const [action = "", ...patterns] = call.args;
    if (action === "-l" || action === "--list") return list(call, patterns);
    if (action === "-s" || action === "--status") return worst(patterns.map((name) => status(call, name)));
    if (action === "-C" || action === "--audit") return audit(call);
    if (action === "--print-architecture") {
      call.out("amd64\n");
      return 0;
    }
    call.err(`constat-lab: « dpkg ${action} » n’est pas simulé par ce laboratoire\n`);
    return 2;
  },
};

/** What is not wholly installed; nothing, on a node in order. */
function audit(call: Call): number {
  if (!call.world.faults.halfDnsmasq.has(call.node.name)) return 0;
  call.out(
    "The following packages are only half configured, probably due to problems\n" +
      "configuring them the first time.  The configuration should be retried using\n" +
      "dpkg --configure <package> or the configure menu option in dselect:\n" +
      " dnsmasq              Small caching DNS proxy and DHCP/TFTP server\n\n",
  );
  return 1;
}

/** `dpkg-query -W [-f FORMAT] [PATTERN…]`, -l and -s as dpkg. */
export const dpkgQuery: LabCommand = {
  name: "dpkg-query",
  run(call) {
    const format = formatIn(call.args);
    const [action = "", ...rest] = call.args.filter((arg) => !/^(?:-f|--showformat)/.test(arg) && arg !== format.raw);
    if (action !== "-W" && action !== "--show") return dpkg.run({ ...call, args: [action, ...rest] });
    const found = matching(call, rest);
    for (const [name, version] of found) call.out(fill(format.text, name, version, stateOf(call, name)));
    if (found.length > 0 || rest.length === 0) return 0;
    call.err(`dpkg-query: no packages found matching ${rest[0]}\n`);
    return 1;
  },
};

function formatIn(args: readonly string[]): { readonly text: string; readonly raw: string | undefined } {
  const at = args.findIndex((arg) => /^(?:-f|--showformat)/.test(arg));
  if (at < 0) return { text: `\${Package}\\t\${Version}\\n`, raw: undefined };
  const inline = /^(?:-f=?|--showformat=)(.+)$/s.exec(args[at] ?? "")?.[1];
  return { text: inline ?? args[at + 1] ?? "", raw: inline === undefined ? args[at + 1] : undefined };
}

/** A package's state in words, and as the two letters of dpkg's lists. */
interface PackageState {
  readonly words: string;
  readonly letters: string;
}

function stateOf({ world, node }: Call, name: string): PackageState {
  if (world.faults.removedPackages.has(`${node.name}:${name}`)) {
    return { words: "deinstall ok config-files", letters: "rc" };
  }
  return name === "dnsmasq" && world.faults.halfDnsmasq.has(node.name)
    ? { words: "install ok half-configured", letters: "iF" }
    : { words: "install ok installed", letters: "ii" };
}

function fill(format: string, name: string, version: string, state: PackageState): string {
  const fields: Readonly<Record<string, string>> = {
    Package: name,
    "binary:Package": name,
    Version: version,
    Architecture: "amd64",
    Status: state.words,
    "db:Status-Abbrev": `${state.letters} `,
    "db:Status-Status": state.words.split(" ").at(-1) ?? "",
  };
  return format
    .replace(/\\n/g, "\n")
    .replace(/\\t/g, "\t")
    .replace(/\$\{([^};]+)(?:;-?\d+)?\}/g, (_, field: string) => fields[field] ?? "");
}

/** Debian's versions; left half installed it is in no node's own list. */
const DNSMASQ = { "8.4": "2.90-4~deb12u1", "9": "2.91-1" } as const;

function installed(call: Call): readonly (readonly [string, string])[] {
  const { world, node } = call;
  const rows = packagesOf(world, node).flatMap(([name, version]) =>
    version === undefined ? [] : [[name, version] as const],
  );
  return [
    ["proxmox-ve", metaPackage(node)] as const,
    ["pve-manager", node.versions.version] as const,
    ...rows,
    ...cephPackagesOf(node),
    ...node.packages,
    ...(world.faults.halfDnsmasq.has(node.name) ? [["dnsmasq", DNSMASQ[world.dialect]] as const] : []),
  ].sort((a, b) => (a[0] < b[0] ? -1 : 1));
}

function matching(call: Call, patterns: readonly string[]): readonly (readonly [string, string])[] {
  const tests = patterns.map(
    (pattern) =>
      new RegExp(
        `^${pattern
          .replace(/[.+^${}()|[\]\\]/g, "\\$&")
          .replace(/\*/g, ".*")
          .replace(/\?/g, ".")}$`,
      ),
  );
  return installed(call).filter(([name]) => tests.length === 0 || tests.some((test) => test.test(name)));
}

function list(call: Call, patterns: readonly string[]): number {
  const found = matching(call, patterns);
  if (found.length === 0) {
    call.err(`dpkg-query: no packages found matching ${patterns.join(" ")}\n`);
    return 1;
  }
  call.out(
    "Desired=Unknown/Install/Remove/Purge/Hold\n| Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend\n|/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)\n",
  );
  const head = ["||/ Name", "Version", "Architecture", "Description"];
  const rows = found.map(([name, version]) => [`${stateOf(call, name).letters}  ${name}`, version, "amd64", name]);
  const rule = [head, ...rows].reduce(
    (widths, row) => row.map((cell, column) => Math.max(widths[column] ?? 0, cell.length)),
    [0, 0, 0, 0],
  );
  const [first = "", ...others] = columns([head, ...rows], [], 0).split("\n");
  call.out(
    `${first}\n${rule.map((width, column) => (column === 0 ? `+++-${"=".repeat(width - 4)}` : "=".repeat(width))).join("-")}\n${others.join("\n")}`,
  );
  return 0;
}

function status(call: Call, name: string): number {
  const [found] = matching(call, [name]);
  if (!found) {
    call.err(`dpkg-query: package '${name}' is not installed and no information is available\n`);
    return 1;
  }
  call.out(`Package: ${name}\nStatus: ${stateOf(call, name).words}\nArchitecture: amd64\nVersion: ${found[1]}\n`);
  return 0;
}

function worst(codes: readonly number[]): number {
  return Math.max(0, ...codes);
}
