import { posix } from "node:path";
import type { VFile } from "vfile";
import type { Layer, LayerNode, LayerSecret } from "./inventory-schema.ts";
import type { YamlSource } from "./yaml-source.ts";

/**
 * One form for every file before they merge: the short `connect: { ssh, pve }` becomes the long one, and paths no longer depend on the
 * file in which they were written.
 */
export function normaliseLayer(layer: Layer, source: YamlSource): Layer {
  const { nodes, defaults, secrets, ...rest } = layer;
  const node = (each: LayerNode, path: readonly string[]) => normaliseNode(each, path, source);
  return {
    ...rest,
    ...(secrets && { secrets: mapValues(secrets, (secret) => normaliseSecret(secret, source.file)) }),
    ...(defaults && { defaults: node(defaults, ["defaults"]) }),
    ...(nodes && { nodes: mapValues(nodes, (each, name) => node(each, ["nodes", name])) }),
  };
}

/** A path as the author wrote it, seen from where the inventory's own path is seen. `~/` and absolute paths stay. */
export function pathFrom(file: VFile, path: string): string {
  if (posix.isAbsolute(path) || path.startsWith("~")) return path;
  return posix.join(file.dirname ?? ".", path);
}

function normaliseSecret(secret: LayerSecret, file: VFile): LayerSecret {
  return "file" in secret ? { file: pathFrom(file, secret.file) } : secret;
}

function normaliseNode(node: LayerNode, path: readonly string[], source: YamlSource): LayerNode {
  const { connect, ssh, pve, bmc, ...rest } = node;
  const withSsh = withConnect("ssh", ssh, connect?.ssh, path, source);
  const withPve = withConnect("pve", pve, connect?.pve, path, source);
  const withBmc = withConnect("bmc", bmc, connect?.bmc, path, source);
  return {
    ...rest,
    ...(withSsh !== undefined && { ssh: withSsh && withIdentity(withSsh, source.file) }),
    ...(withPve !== undefined && { pve: withPve }),
    ...(withBmc !== undefined && { bmc: withBmc }),
  };
}

function withConnect<T extends { connect?: string | undefined }>(
  name: "ssh" | "pve" | "bmc",
  access: T | false | undefined,
  connect: string | undefined,
  path: readonly string[],
  source: YamlSource,
): T | false | { connect: string } | undefined {
  if (connect === undefined) return access;
  if (access === undefined) return { connect };
  if (access !== false && access.connect === undefined) return { ...access, connect };
  source.complain([...path, "connect", name], {
    rule: "inventory-connect-twice",
    reason:
      access === false
        ? `« connect.${name} » pour un nœud sans ${name}`
        : `« connect » est donné deux fois pour ${name}`,
    remedy:
      access === false
        ? `retirez « ${name}: false » ou « connect.${name} »`
        : `gardez « connect.${name} » ou « ${name}.connect »`,
  });
  return access;
}

function withIdentity<T extends { identity?: string | undefined; connect?: string | undefined }>(
  ssh: T,
  file: VFile,
): T {
  return ssh.identity === undefined ? ssh : { ...ssh, identity: pathFrom(file, ssh.identity) };
}

function mapValues<T>(map: Readonly<Record<string, T>>, change: (value: T, key: string) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}
