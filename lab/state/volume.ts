import type { DiscImage } from "./disc-image.ts";

/** A file or block device of a storage. */
export interface Volume {
  /** "local:iso/debian.iso", "ceph-vm:vm-100-disk-0" */
  readonly volid: string;
  readonly content: "images" | "rootdir" | "iso" | "vztmpl" | "backup" | "snippets" | "import";
  readonly format: "raw" | "qcow2" | "vmdk" | "subvol" | "iso" | "tgz" | "tzst" | "snippet" | "vma.zst";
  /** Bytes that its owner sees. */
  size: number;
  /** Bytes that it takes on the storage. */
  used: number;
  readonly vmid: number | undefined;
  /** Seconds, lab time. */
  readonly ctime: number;
  /** What stands on it, where it is an image that a machine can boot from or read. */
  readonly image?: DiscImage | undefined;
}
