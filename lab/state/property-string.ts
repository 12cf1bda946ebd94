/** One value of a configuration that holds several: "virtio=BC:…,bridge=vmbr0". Keys keep their order; a part without a key goes under `first`. */
export function parseProperties(text: string, first = ""): Map<string, string> {
  const properties = new Map<string, string>();
  for (const part of text.split(",")) {
    if (part === "") continue;
    const at = part.indexOf("=");
    if (at < 0) properties.set(first, part);
    else properties.set(part.slice(0, at), part.slice(at + 1));
  }
  return properties;
}

/** The text again; the value under `first` is written without its key. */
export function renderProperties(properties: ReadonlyMap<string, string>, first = ""): string {
  return [...properties].map(([key, value]) => (key === first ? value : `${key}=${value}`)).join(",");
}
