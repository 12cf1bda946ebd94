/** What an answer file says, as far as an installation here needs it. */
export interface AnswerFile {
  readonly fqdn: string;
  readonly country: string;
  readonly timezone: string;
  readonly mailto: string;
  readonly password: { readonly type: "plain" | "hashed"; readonly value: string };
  readonly sshKeys: readonly string[];
  readonly rebootMode: "reboot" | "power-off";
  /** Undefined with addresses from DHCP. */
  readonly network:
    | {
        readonly cidr: string;
        readonly gateway: string;
        readonly dns: string;
        readonly filter: ReadonlyMap<string, string>;
      }
    | undefined;
  readonly disks: { readonly names: readonly string[]; readonly filter: ReadonlyMap<string, string> };
}

type Value = string | boolean | number | readonly string[];

/** Sections with the keys that each may hold, in the spelling with dashes; the other one is accepted as well. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  global: [
    ...[
      "country",
      "fqdn",
      "keyboard",
      "mailto",
      "timezone",
      "root-password",
      "root-password-hashed",
      "reboot-on-error",
    ],
    ...["reboot-mode", "root-ssh-keys", "subscription-key"],
  ],
  network: ["source", "cidr", "dns", "gateway", "filter.*", "interface-name-pinning.*"],
  "disk-setup": ["filesystem", "disk-list", "filter.*", "filter-match", "zfs.*", "lvm.*", "btrfs.*"],
  "post-installation-webhook": ["url", "cert-fingerprint", "auth-token"],
  "first-boot": ["source", "ordering", "url", "cert-fingerprint"],
};
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  global: ["country", "fqdn", "keyboard", "mailto", "timezone"],
  network: ["source"],
  "disk-setup": ["filesystem"],
};

/** Reads an answer file; throws an Error in the words of the product's own reader. */
export function parseAnswerFile(text: string): AnswerFile {
  const values = readToml(text);
  for (const [section, names] of Object.entries(NEEDED)) {
    if (![...values.keys()].some((key) => key.startsWith(`${section}/`)))
      throw new Error(`missing field \`${section}\``);
    for (const name of names)
      if (!values.has(`${section}/${name}`)) throw new Error(`missing field \`${name}\` in \`${section}\``);
  }
  const word = (key: string) => String(values.get(key) ?? "");
  const list = (key: string) => [values.get(key) ?? []].flat().map(String);
  const filter = (section: string) =>
    new Map(
      [...values].flatMap(([key, value]) =>
        key.startsWith(`${section}/filter.`) ? [[key.slice(section.length + 8), String(value)] as const] : [],
      ),
    );
  const disks = { names: list("disk-setup/disk-list"), filter: filter("disk-setup") };
  if (disks.names.length === 0 && disks.filter.size === 0) throw new Error("Need either 'disk-list' or 'filter' set");
  if (disks.names.length > 0 && disks.filter.size > 0) throw new Error("Cannot use both, 'disk-list' and 'filter'");
  return {
    ...{
      fqdn: word("global/fqdn"),
      country: word("global/country"),
      timezone: word("global/timezone"),
      mailto: word("global/mailto"),
    },
    password: passwordIn(values),
    sshKeys: list("global/root-ssh-keys"),
    rebootMode: word("global/reboot-mode") === "power-off" ? "power-off" : "reboot",
    network:
      word("network/source") === "from-dhcp"
        ? undefined
        : {
            cidr: word("network/cidr"),
            gateway: word("network/gateway"),
            dns: word("network/dns"),
            filter: filter("network"),
          },
    disks,
  };
}

function passwordIn(values: ReadonlyMap<string, Value>): AnswerFile["password"] {
  const plain = values.get("global/root-password");
  const hashed = values.get("global/root-password-hashed");
  if (plain !== undefined && hashed !== undefined)
    throw new Error("`global.root-password` and `global.root-password-hashed` cannot be set at the same time");
  if (plain === undefined && hashed === undefined)
    throw new Error("One of `global.root-password` or `global.root-password-hashed` must be set");
  if (plain !== undefined && String(plain).length < 8)
    throw new Error("`global.root-password` must be at least 8 characters long");
  return plain === undefined ? { type: "hashed", value: String(hashed) } : { type: "plain", value: String(plain) };
}

/** As much of TOML as answer files use: sections, dotted keys, strings, flags, numbers and lists of strings on one line. */
function readToml(text: string): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>();
  let section = "";
  text.split("\n").forEach((raw, index) => {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) return;
    const head = /^\[([\w-]+)\]$/.exec(line)?.[1];
    if (head !== undefined) {
      section = head.replaceAll("_", "-");
      if (!Object.hasOwn(KEYS, section)) throw new Error(unknown(index, head, Object.keys(KEYS)));
      return;
    }
    const [, key = "", value = ""] = /^([\w.-]+)\s*=\s*(.+)$/.exec(line) ?? [];
    const known = KEYS[section] ?? [];
    const name = key.includes(".") ? key : key.replaceAll("_", "-");
    if (key === "") throw new Error(`TOML parse error at line ${index + 1}, column 1\n  expected \`.\`, \`=\``);
    if (!known.includes(name) && !known.includes(`${name.split(".")[0]}.*`))
      throw new Error(unknown(index, key, known));
    values.set(`${section}/${name}`, readValue(value, index));
  });
  return values;
}

function unknown(index: number, key: string, known: readonly string[]): string {
  return `TOML parse error at line ${index + 1}, column 1\nunknown field \`${key}\`, expected one of ${known.map((each) => `\`${each}\``).join(", ")}`;
}

function readValue(text: string, index: number): Value {
  if (/^(?:true|false)$/.test(text)) return text === "true";
  if (/^-?\d+$/.test(text)) return Number(text);
  const strings = [...text.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'/g)].map(
    ([, double, single = ""]) => double?.replace(/\\(.)/g, "$1") ?? single,
  );
  if (/^\[.*\]$/.test(text)) return strings;
  if (/^["'].*["']$/.test(text)) return strings[0] ?? "";
  throw new Error(`TOML parse error at line ${index + 1}: invalid string`);
}
