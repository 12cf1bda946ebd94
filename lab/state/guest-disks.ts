import { parseProperties } from "./property-string.ts";

/** One drive of a configuration. */
export interface Disk {
  /** "scsi0", "ide2", "efidisk0" */
  readonly key: string;
  /** "ceph-vm:vm-100-disk-0"; "none" for an empty CD drive. */
  readonly volid: string;
  /** Name of its storage; undefined without a volume. */
  readonly storage: string | undefined;
  readonly cdrom: boolean;
  /** Bytes, 0 when the configuration does not say. */
  readonly size: number;
}

const DRIVE = /^(?:scsi|virtio|sata|ide)\d+$|^(?:efidisk|tpmstate)0$/;
const VOLUME = /^(?:(?:scsi|virtio|sata|ide|unused)\d+|efidisk0|tpmstate0)$/;

/** True for a key that holds a drive. */
export function isDriveKey(key: string): boolean {
  return DRIVE.test(key);
}

/** The drives of a configuration, in its order; detached ("unused") volumes are not among them. */
export function disksOf(config: ReadonlyMap<string, string>): Disk[] {
  return [...config].filter(([key]) => DRIVE.test(key)).map(([key, value]) => parseDisk(key, value));
}

/** The volumes a guest owns, detached ones included; ISO images are nobody's. */
export function ownVolumes(vmid: number, config: ReadonlyMap<string, string>): string[] {
  const volids = [...config].filter(([key]) => VOLUME.test(key)).map(([key, value]) => parseDisk(key, value).volid);
  return volids.filter((volid) => new RegExp(`[:/](?:vm|base)-${vmid}-`).test(volid));
}

/** Reads a drive's value: "local-lvm:vm-100-disk-0,size=32G". */
export function parseDisk(key: string, value: string): Disk {
  const properties = parseProperties(value, "file");
  const volid = properties.get("file") ?? properties.get("volume") ?? "none";
  return {
    key,
    volid,
    storage: volid.includes(":") ? volid.slice(0, volid.indexOf(":")) : undefined,
    cdrom: properties.get("media") === "cdrom",
    size: parseSize(properties.get("size") ?? "0"),
  };
}

const UNITS: Readonly<Record<string, number>> = { "": 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };

/** Bytes of "32G", "528K" or a plain number. */
export function parseSize(text: string): number {
  const [, number = "0", unit = ""] = /^(\d+(?:\.\d+)?)([KMGT]?)$/.exec(text) ?? [];
  return Math.round(Number(number) * (UNITS[unit] ?? 1));
}

/** The shortest exact form, as configurations have it. */
export function formatSize(bytes: number): string {
  for (const unit of ["T", "G", "M", "K"]) {
    const size = UNITS[unit] ?? 1;
    if (bytes >= size && bytes % size === 0) return `${bytes / size}${unit}`;
  }
  return String(bytes);
}
