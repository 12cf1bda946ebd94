import { contains } from "../../state/ceph/local-address.ts";
import type { NetworkInterface } from "../../state/hardware.ts";
import type { Call, LabCommand } from "../command.ts";
import { addressLines, briefLines, type Link, linkLines, onelineAddresses, onelineLinks } from "./ip-format.ts";

const OBJECTS: readonly (readonly [RegExp, "address" | "link" | "route"])[] = [
  [/^a(?:d(?:d(?:r(?:e(?:s(?:s)?)?)?)?)?)?$/, "address"],
  [/^l(?:i(?:n(?:k)?)?)?$/, "link"],
  [/^r(?:o(?:u(?:t(?:e)?)?)?)?$/, "route"],
];

/** iproute2's `ip`: address, link and route, with -4, -o, -br and -j. Nothing can be changed with it here. */
export const ip: LabCommand = {
  name: "ip",
  run(call) {
    const options = call.args.filter((arg) => arg.startsWith("-"));
    const [object = "", verb = "show", ...rest] = call.args.filter((arg) => !arg.startsWith("-"));
    const kind = OBJECTS.find(([pattern]) => pattern.test(object))?.[1];
    if (!kind) {
      call.err(
        object === ""
          ? "Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }\n"
          : `Object "${object}" is unknown, try "ip help".\n`,
      );
      return object === "" ? 255 : 1;
    }
    if (!["show", "list", "ls", "dev"].includes(verb)) {
      call.err(`constat-lab: « ip ${object} ${verb} » n’est pas simulé par ce laboratoire\n`);
      return 1;
    }
    const device = verb === "dev" ? rest[0] : rest.includes("dev") ? rest[rest.indexOf("dev") + 1] : deviceIn(rest);
    const prefix = rest.includes("to") ? rest[rest.indexOf("to") + 1] : undefined;
    const links = linksOf(call)
      .filter((link) => device === undefined || link.name === device)
      .filter((link) => prefix === undefined || (link.address !== undefined && contains(prefix, link.address)));
    if (device !== undefined && links.length === 0) {
      call.err(`Device "${device}" does not exist.\n`);
      return 1;
    }
    call.out(show(call, kind, links, new Set(options)));
    return 0;
  },
};

/** A word that is no keyword names the device: `ip addr show vmbr0`. */
function deviceIn(rest: readonly string[]): string | undefined {
  return rest[0] === "to" ? undefined : rest[0];
}

function show(
  call: Call,
  kind: "address" | "link" | "route",
  links: readonly Link[],
  options: ReadonlySet<string>,
): string {
  const ipv4 = options.has("-4");
  if (options.has("-j") || options.has("-json"))
    return `${JSON.stringify(kind === "route" ? routes(call) : links.map((link) => toJson(link, kind)))}\n`;
  if (kind === "route") return routeText(call);
  if (options.has("-br") || options.has("-brief")) return briefLines(links, kind, ipv4);
  const oneline = options.has("-o") || options.has("-oneline");
  if (kind === "link") return oneline ? onelineLinks(links) : linkLines(links);
  return oneline ? onelineAddresses(links, ipv4) : addressLines(links, ipv4);
}

/** The interfaces in the order of their indexes: the loopback first. */
function linksOf({ node }: Call): readonly Link[] {
  const master = (nic: NetworkInterface) => node.interfaces.find((each) => each.ports.includes(nic.name))?.name;
  const loopback: Link = {
    index: 1,
    name: "lo",
    type: "loopback",
    mac: "00:00:00:00:00:00",
    address: "127.0.0.1",
    prefix: 8,
    master: undefined,
    mtu: 65_536,
  };
  const others = node.interfaces.map((nic, index): Link => {
    const { name, mac, address, prefix } = nic;
    return { index: index + 2, name, type: nic.type, mac, address, prefix, master: master(nic), mtu: 1500 };
  });
  return [loopback, ...others];
}

interface RouteEntry {
  readonly dst: string;
  readonly gateway?: string;
  readonly dev: string;
  readonly protocol: string;
  readonly scope?: string;
  readonly prefsrc?: string;
}

function routes({ node }: Call): readonly RouteEntry[] {
  const defaults = node.interfaces.flatMap((nic) =>
    nic.gateway ? [{ dst: "default", gateway: nic.gateway, dev: nic.name, protocol: "kernel" }] : [],
  );
  const own = node.interfaces.flatMap((nic) =>
    nic.address && nic.prefix !== undefined
      ? [
          {
            dst: networkOf(nic.address, nic.prefix),
            dev: nic.name,
            protocol: "kernel",
            scope: "link",
            prefsrc: nic.address,
          },
        ]
      : [],
  );
  return [...defaults, ...own];
}

function routeText(call: Call): string {
  return routes(call)
    .map(({ dst, gateway, dev, protocol, scope, prefsrc }) =>
      gateway
        ? `default via ${gateway} dev ${dev} proto ${protocol} onlink \n`
        : `${dst} dev ${dev} proto ${protocol} scope ${scope} src ${prefsrc} \n`,
    )
    .join("");
}

function networkOf(address: string, prefix: number): string {
  const value = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - prefix);
  const first = Math.floor(value / size) * size;
  return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join(".")}/${prefix}`;
}

function toJson(link: Link, kind: "address" | "link") {
  const { index, name, mtu, mac, master, address, prefix } = link;
  const head = {
    ifindex: index,
    ifname: name,
    flags: flagsOf(link),
    mtu,
    operstate: name === "lo" ? "UNKNOWN" : "UP",
    ...(master ? { master } : {}),
  };
  const local = { ...head, link_type: name === "lo" ? "loopback" : "ether", address: mac };
  if (kind === "link") return local;
  return {
    ...local,
    addr_info: address
      ? [{ family: "inet", local: address, prefixlen: prefix, scope: name === "lo" ? "host" : "global", label: name }]
      : [],
  };
}

function flagsOf(link: Link): readonly string[] {
  return link.name === "lo" ? ["LOOPBACK", "UP", "LOWER_UP"] : ["BROADCAST", "MULTICAST", "UP", "LOWER_UP"];
}
