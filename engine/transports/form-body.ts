/**
 * Percent-encodes the values of a form body written by hand. `net0=virtio,bridge=vmbr0` becomes `net0=virtio%2Cbridge%3Dvmbr0`:
 * Proxmox misreads an unencoded `=` in a value. What is encoded already (`%2C`, `+`) stays; parts may stand on lines of their own.
 */
export function encodeForm(body: string): string {
  const pairs = body.split(/\s*(?:&|\r?\n)\s*/).map((pair) => pair.trim());
  return pairs
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      if (equals < 0) return encodePart(pair);
      return `${encodePart(pair.slice(0, equals))}=${encodePart(pair.slice(equals + 1))}`;
    })
    .join("&");
}

function encodePart(text: string): string {
  return text.replace(/%[0-9A-Fa-f]{2}|\+|[^%+]+|%/g, (part) => {
    if (part === "+" || /^%[0-9A-Fa-f]{2}$/.test(part)) return part;
    return encodeURIComponent(part);
  });
}
