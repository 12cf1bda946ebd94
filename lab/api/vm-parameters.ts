import type { ParameterRule, ParameterSchema } from "./parameters.ts";

const DNS_NAME = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*$/;

const BOOLEAN: ParameterRule = { type: "boolean" };
const INTEGER: ParameterRule = { type: "integer", minimum: 0 };

/** The keys of a machine's configuration that come with a number: "scsi0" to "scsi30". */
const NUMBERED: Readonly<Record<string, number>> = {
  ...{
    scsi: 30,
    virtio: 15,
    sata: 5,
    ide: 3,
    unused: 255,
    net: 31,
    ipconfig: 31,
    serial: 3,
    parallel: 2,
    usb: 13,
    hostpci: 15,
    numa: 7,
  },
};

/** Keys whose values the API answers as numbers. */
export const NUMERIC_KEYS: ReadonlySet<string> = new Set([
  ...["acpi", "autostart", "balloon", "ciupgrade", "cores", "cpulimit", "cpuunits", "freeze", "kvm", "localtime"],
  ...["migrate_downtime", "migrate_speed", "numa", "onboot", "protection", "reboot", "shares", "sockets", "tablet"],
  ...["tdf", "template", "vcpus"],
]);

/** Everything a machine's configuration may hold, as create and change take it. */
export const VM_OPTIONS: ParameterSchema = {
  ...flags([
    "acpi",
    "autostart",
    "freeze",
    "kvm",
    "localtime",
    "numa",
    "onboot",
    "protection",
    "reboot",
    "tablet",
    "tdf",
  ]),
  ...flags(["template", "ciupgrade"]),
  ...texts([
    "affinity",
    "agent",
    "amd-sev",
    "args",
    "audio0",
    "bios",
    "boot",
    "bootdisk",
    "cdrom",
    "cicustom",
    "cipassword",
  ]),
  ...texts([
    "citype",
    "ciuser",
    "cpu",
    "description",
    "efidisk0",
    "hookscript",
    "hotplug",
    "hugepages",
    "ivshmem",
    "keyboard",
  ]),
  ...texts([
    "lock",
    "machine",
    "nameserver",
    "ostype",
    "rng0",
    "scsihw",
    "searchdomain",
    "smbios1",
    "spice_enhancements",
  ]),
  ...texts(["sshkeys", "startdate", "startup", "tags", "tpmstate0", "vga", "vmgenid", "vmstatestorage", "watchdog"]),
  ...{
    balloon: INTEGER,
    cpulimit: {},
    cpuunits: INTEGER,
    migrate_downtime: {},
    migrate_speed: INTEGER,
    shares: INTEGER,
  },
  cores: { type: "integer", minimum: 1 },
  sockets: { type: "integer", minimum: 1 },
  vcpus: { type: "integer", minimum: 1 },
  memory: { check: refuseMemory },
  name: { check: refuseName },
  ...Object.fromEntries(
    Object.entries(NUMBERED).flatMap(([key, last]) =>
      Array.from({ length: last + 1 }, (_, number) => [`${key}${number}`, { check: refuseList }]),
    ),
  ),
};

function flags(names: readonly string[]): ParameterSchema {
  return Object.fromEntries(names.map((name) => [name, BOOLEAN]));
}

function texts(names: readonly string[]): ParameterSchema {
  return Object.fromEntries(names.map((name) => [name, {}]));
}

function refuseName(value: string): string | undefined {
  return DNS_NAME.test(value) ? undefined : "invalid format - value does not look like a valid DNS name\n";
}

function refuseMemory(value: string): string | undefined {
  const current = /^(?:current=)?(\d+)$/.exec(value)?.[1];
  if (current === undefined)
    return `invalid format - format error\nmemory.current: type check ('integer') failed - got '${value}'\n`;
  if (Number(current) >= 16) return undefined;
  return "invalid format - format error\nmemory.current: value must have a minimum value of 16\n";
}

/** A list whose parts without key are more than one, as an unencoded "=" leaves it. */
function refuseList(value: string): string | undefined {
  const bare = value.split(",").filter((part) => part !== "" && !part.includes("="));
  return bare.length > 1 ? "invalid format - duplicate key in comma-separated list property: model\n" : undefined;
}
