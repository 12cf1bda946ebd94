import { contains } from "../../state/ceph/local-address.ts";
import { kernelLinks, type KernelLink as Link } from "../../state/kernel-links.ts";
import type { Call, LabCommand } from "../command.ts";
import { addressLines, briefLines, flagsOf, linkLines, onelineAddresses, onelineLinks, stateOf } from "./ip-format.ts";

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
    const words = verb === "dev" ? [verb, ...rest] : rest;
    const wantedRoute = routeSelection(words);
    const { device, ...wanted } = selection(kind === "route" ? deviceOf(wantedRoute) : words);
    const links = kernelLinks(call.node).filter(
      (link) =>
        (device === undefined || link.name === device) &&
        (wanted.type === undefined || link.type === wanted.type) &&
        (wanted.master === undefined || link.master === wanted.master) &&
        (wanted.to === undefined || (link.address !== undefined && contains(wanted.to, link.address))),
    );
    if (device !== undefined && links.length === 0) {
      call.err(`Device "${device}" does not exist.\n`);
      return 1;
    }
    call.out(show(call, kind, links, new Set(options), wantedRoute));
    return 0;
  },
};

interface Selection {
  readonly device?: string;
  readonly type?: string;
  readonly master?: string;
  readonly to?: string;
}

/** What follows `show`: `dev NAME` or the bare name, `type KIND`, `master NAME`, `to NETWORK`; other words change nothing here. */
function selection(words: readonly string[]): Selection {
  const [word, value, ...rest] = words;
  if (word === undefined) return {};
  if (word === "up" || word === "permanent") return selection(words.slice(1));
  if (word === "type" || word === "master" || word === "to") return { [word]: value ?? "", ...selection(rest) };
  if (word === "scope") return selection(rest);
  return word === "dev" ? { device: value ?? "", ...selection(rest) } : { device: word, ...selection(words.slice(1)) };
}

/** What `ip route show` is asked for: `proto`, `scope`, `src` and `dev`, each with a value. */
function routeSelection(words: readonly string[]): Partial<RouteEntry> {
  const names: Readonly<Record<string, keyof RouteEntry>> = {
    dev: "dev",
    proto: "protocol",
    scope: "scope",
    src: "prefsrc",
  };
  const [word = "", value, ...rest] = words;
  if (value === undefined) return {};
  const name = names[word];
  return name === undefined ? routeSelection(words.slice(1)) : { [name]: value, ...routeSelection(rest) };
}

function deviceOf({ dev }: Partial<RouteEntry>): readonly string[] {
  return dev === undefined ? [] : ["dev", dev];
}

function show(
  call: Call,
  kind: "address" | "link" | "route",
  links: readonly Link[],
  options: ReadonlySet<string>,
  wanted: Partial<RouteEntry>,
): string {
  const ipv4 = options.has("-4");
  if (options.has("-j") || options.has("-json"))
    return `${JSON.stringify(kind === "route" ? routes(call, wanted) : links.map((link) => toJson(link, kind)))}\n`;
  if (kind === "route") return routeText(call, wanted);
  if (options.has("-br") || options.has("-brief")) return briefLines(links, kind, ipv4);
  const oneline = options.has("-o") || options.has("-oneline");
  if (kind === "link") return oneline ? onelineLinks(links) : linkLines(links);
  return oneline ? onelineAddresses(links, ipv4) : addressLines(links, ipv4);
}

interface RouteEntry {
  readonly dst: string;
  readonly gateway?: string;
  readonly dev: string;
  readonly protocol: string;
  readonly scope?: string;
  readonly prefsrc?: string;
}

function routes({ node }: Call, wanted: Partial<RouteEntry>): readonly RouteEntry[] {
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
  const vnets = node.sdn.links.flatMap(({ name, addresses }) =>
    addresses.map((text) => {
      const [address = "", prefix] = text.split("/");
      return {
        dst: networkOf(address, Number(prefix)),
        dev: name,
        protocol: "kernel",
        scope: "link",
        prefsrc: address,
      };
    }),
  );
  return [...defaults, ...own, ...vnets].filter((route: RouteEntry) =>
    Object.entries(wanted).every(([name, value]) => route[name as keyof RouteEntry] === value),
  );
}

function routeText(call: Call, wanted: Partial<RouteEntry>): string {
  return routes(call, wanted)
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
    operstate: stateOf(link),
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
