import { createHash, createHmac, randomBytes } from "node:crypto";

/** One line of a known_hosts file that can be read. */
export interface KnownHost {
  readonly marker: "none" | "cert-authority" | "revoked";
  readonly hosts: string;
  readonly keyType: string;
  /** The key as it travels, base64. */
  readonly key: string;
}

/** What known_hosts says of a key: `known`, `changed` (others are known), `revoked`, `certificate` (an authority vouches), `unknown`. */
export type HostKeyVerdict =
  | { readonly status: "known" | "revoked" | "certificate" | "unknown" }
  | { readonly status: "changed"; readonly expected: readonly string[] };

/** The lines of a known_hosts file; comments and what cannot be read are left out. */
export function parseKnownHosts(text: string): readonly KnownHost[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const words = line.trim().split(/\s+/);
    const marker = words[0] === "@cert-authority" ? "cert-authority" : words[0] === "@revoked" ? "revoked" : "none";
    const [hosts, keyType, key] = marker === "none" ? words : words.slice(1);
    if (hosts === undefined || keyType === undefined || key === undefined || /^[#@]/.test(hosts)) return [];
    return [{ marker, hosts, keyType, key }] as const;
  });
}

/** Judges the key that a host shows, as OpenSSH does: `[host]:port` first, a plain `host` line is good enough to accept. */
export function judgeHostKey(lines: readonly KnownHost[], host: string, port: number, key: Buffer): HostKeyVerdict {
  const shown = key.toString("base64");
  const own = lines.filter((line) => names(line, host, port));
  if (own.some((line) => line.marker === "revoked" && line.key === shown)) return { status: "revoked" };
  const plain = own.filter((line) => line.marker === "none");
  if (plain.some((line) => line.key === shown)) return { status: "known" };
  if (port !== 22) {
    const portless = lines.filter((line) => line.marker === "none" && names(line, host, 22));
    if (portless.some((line) => line.key === shown)) return { status: "known" };
  }
  if (plain.length > 0) return { status: "changed", expected: plain.map(({ key: known }) => keyFingerprint(known)) };
  return { status: own.some((line) => line.marker === "cert-authority") ? "certificate" : "unknown" };
}

/** The key types known for a host, so that it is asked for a key that can be compared. */
export function knownKeyTypes(lines: readonly KnownHost[], host: string, port: number): readonly string[] {
  const own = lines.filter((line) => line.marker === "none" && names(line, host, port));
  return [...new Set(own.map(({ keyType }) => keyType))];
}

/** The keys (wire form) of the authorities whose certificates are believed for a host. */
export function authoritiesOf(lines: readonly KnownHost[], host: string, port: number): readonly Buffer[] {
  const own = lines.filter((line) => line.marker !== "none" && names(line, host, port));
  const revoked = own.filter(({ marker }) => marker === "revoked").map(({ key }) => key);
  return own
    .filter(({ marker, key }) => marker === "cert-authority" && !revoked.includes(key))
    .map(({ key }) => Buffer.from(key, "base64"));
}

/** A line for a known_hosts file, its name hashed when asked for. */
export function knownHostLine(host: string, port: number, key: Buffer, hashed: boolean): string {
  const name = port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`;
  const type = key.toString("latin1", 4, 4 + key.readUInt32BE(0));
  return `${hashed ? hashName(name) : name} ${type} ${key.toString("base64")}\n`;
}

/** `SHA256:…` as OpenSSH prints it, of a key in its wire form or its base64. */
export function keyFingerprint(key: Buffer | string): string {
  const bytes = typeof key === "string" ? Buffer.from(key, "base64") : key;
  return `SHA256:${createHash("sha256").update(bytes).digest("base64").replace(/=+$/, "")}`;
}

function names(line: KnownHost, host: string, port: number): boolean {
  const name = port === 22 ? host : `[${host}]:${port}`;
  if (line.hosts.startsWith("|1|")) return hashedName(line.hosts, name.toLowerCase());
  const patterns = line.hosts.split(",");
  if (patterns.some((pattern) => pattern.startsWith("!") && matches(pattern.slice(1), name))) return false;
  return patterns.some((pattern) => matches(pattern, name));
}

function hashedName(hashed: string, name: string): boolean {
  const [, , salt = "", digest] = hashed.split("|");
  return createHmac("sha1", Buffer.from(salt, "base64")).update(name).digest("base64") === digest;
}

function hashName(name: string): string {
  const salt = randomBytes(20);
  const digest = createHmac("sha1", salt).update(name).digest("base64");
  return `|1|${salt.toString("base64")}|${digest}`;
}

function matches(pattern: string, name: string): boolean {
  const source = pattern.toLowerCase().replace(/[*?]|[^*?]+/g, (part) => {
    if (part === "*") return ".*";
    return part === "?" ? "." : RegExp.escape(part);
  });
  return new RegExp(`^${source}$`).test(name.toLowerCase());
}
