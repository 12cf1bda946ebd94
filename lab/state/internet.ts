import { type DiscImage, INSTALLER_BYTES } from "./disc-image.ts";

/** What a web server of the outside gives for an address. */
export interface Download {
  readonly size: number;
  readonly image?: DiscImage | undefined;
}

/** Bytes of Debian's cloud image, as its directory listed it in 2025. */
const CLOUD_IMAGE_BYTES = 348_192_768;

/**
 * The outside as far as the lab has one: a server with the product's installer, and Debian's cloud images. Undefined for a name nobody
 * knows, "missing" for a page it has not.
 */
export function download(url: string): Download | "missing" | undefined {
  const [, host = "", path = ""] = /^https?:\/\/([^/:]+)(?::\d+)?(\/[^?#]*)?/.exec(url) ?? [];
  if (host === "cloud.debian.org") {
    return /^\/images\/cloud\/(?:bookworm|trixie)\/[^/]+\/debian-1[23]-generic(?:cloud)?-amd64\.qcow2$/.test(path)
      ? { size: CLOUD_IMAGE_BYTES }
      : "missing";
  }
  if (host !== "iso.lab.example") return undefined;
  return /^\/proxmox-ve[^/]*\.iso$/.test(path) ? { size: INSTALLER_BYTES, image: { type: "installer" } } : "missing";
}
