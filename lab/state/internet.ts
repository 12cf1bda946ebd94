import { type DiscImage, INSTALLER_BYTES } from "./disc-image.ts";

/** What a web server of the outside gives for an address. */
export interface Download {
  readonly size: number;
  readonly image?: DiscImage | undefined;
}

/** The outside as far as the lab has one: a server with the product's installer. Undefined for a name nobody knows, "missing" for a page it has not. */
export function download(url: string): Download | "missing" | undefined {
  const [, host = "", path = ""] = /^https?:\/\/([^/:]+)(?::\d+)?(\/[^?#]*)?/.exec(url) ?? [];
  if (host !== "iso.lab.example") return undefined;
  return /^\/proxmox-ve[^/]*\.iso$/.test(path) ? { size: INSTALLER_BYTES, image: { type: "installer" } } : "missing";
}
