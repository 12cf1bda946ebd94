import type { KernelLink as Link } from "../../state/kernel-links.ts";

/** `ip address`. */
export function addressLines(links: readonly Link[], ipv4: boolean): string {
  return links
    .filter((link) => !ipv4 || link.address)
    .map(
      (link) =>
        `${linkHead(link)}\n${ipv4 ? "" : `    ${linkKind(link)}\n`}${addresses(link, ipv4)
          .map((text) => `    ${text}\n`)
          .join("")}`,
    )
    .join("");
}

/** `ip link`. */
export function linkLines(links: readonly Link[]): string {
  return links.map((link) => `${linkHead(link, " mode DEFAULT group default")}\n    ${linkKind(link)}\n`).join("");
}

/** `ip -o address`: one line an address, a backslash for each line break. */
export function onelineAddresses(links: readonly Link[], ipv4: boolean): string {
  return links
    .flatMap((link) =>
      addresses(link, ipv4).map((text) => `${link.index}: ${link.name}    ${text.replace("\n   ", "\\   ")}\n`),
    )
    .join("");
}

/** `ip -o link`. */
export function onelineLinks(links: readonly Link[]): string {
  return links.map((link) => `${linkHead(link, " mode DEFAULT group default")}\\    ${linkKind(link)}\n`).join("");
}

/** `ip -br address`, `ip -br link`. */
export function briefLines(links: readonly Link[], kind: "address" | "link", ipv4: boolean): string {
  return links
    .filter((link) => kind === "link" || !ipv4 || link.address)
    .map((link) => {
      const head = `${link.name.padEnd(16)} ${stateOf(link).padEnd(14)} `;
      if (kind === "link") return `${head}${link.mac} <${flags(link)}> \n`;
      const own = link.address ? [`${link.address}/${link.prefix}`] : [];
      const six = ipv4 ? [] : ipv6(link).map((each) => `${each.address}/${each.prefix}`);
      return `${head}${[...own, ...six].map((each) => `${each} `).join("")}\n`;
    })
    .join("");
}

function linkHead(link: Link, group = " group default"): string {
  const master = link.master ? ` master ${link.master}` : "";
  const discipline = link.type === "eth" ? "fq_codel" : "noqueue";
  return `${link.index}: ${link.name}: <${flags(link)}> mtu ${link.mtu} qdisc ${discipline}${master} state ${stateOf(link)}${group} qlen 1000`;
}

function linkKind(link: Link): string {
  return link.name === "lo"
    ? `link/loopback ${link.mac} brd 00:00:00:00:00:00`
    : `link/ether ${link.mac} brd ff:ff:ff:ff:ff:ff`;
}

function flags(link: Link): string {
  return flagsOf(link).join(",");
}

/** Some interfaces cannot tell whether anything is plugged in; a bridge without ports is down. */
export function stateOf({ type, carrier }: Link): "UNKNOWN" | "UP" | "DOWN" {
  if (!carrier) return "DOWN";
  return type === "loopback" || type === "vxlan" || type === "tap" ? "UNKNOWN" : "UP";
}

/** The flags between angle brackets. */
export function flagsOf({ type, carrier }: Link): readonly string[] {
  if (!carrier) return ["NO-CARRIER", "BROADCAST", "MULTICAST", "UP"];
  if (type === "loopback") return ["LOOPBACK", "UP", "LOWER_UP"];
  return ["BROADCAST", "MULTICAST", ...(type === "tap" ? ["PROMISC"] : []), "UP", "LOWER_UP"];
}

function addresses(link: Link, ipv4: boolean): readonly string[] {
  const scope = link.name === "lo" ? "scope host lo" : `scope global ${link.name}`;
  const lifetime = "\n       valid_lft forever preferred_lft forever";
  const four = link.address ? [`inet ${link.address}/${link.prefix} ${scope}${lifetime}`] : [];
  if (ipv4) return four;
  const noprefix = link.name === "lo" ? "scope host noprefixroute " : "scope link proto kernel_ll ";
  return [...four, ...ipv6(link).map((each) => `inet6 ${each.address}/${each.prefix} ${noprefix}${lifetime}`)];
}

/** The link-local address that the kernel derives from the hardware address; ports of a bridge have none. */
function ipv6(link: Link): readonly { readonly address: string; readonly prefix: number }[] {
  if (link.name === "lo") return [{ address: "::1", prefix: 128 }];
  if (!link.address) return [];
  const bytes = link.mac.split(":").map((part) => Number.parseInt(part, 16));
  const interfaceId = [(bytes[0] ?? 0) ^ 2, bytes[1], bytes[2], 0xff, 0xfe, bytes[3], bytes[4], bytes[5]];
  const groups = [0, 2, 4, 6].map((at) => (((interfaceId[at] ?? 0) << 8) | (interfaceId[at + 1] ?? 0)).toString(16));
  return [{ address: `fe80::${groups.join(":")}`, prefix: 64 }];
}
