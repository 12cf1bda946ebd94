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
    ...(withSsh !== undefined && { ssh: withSsh && withPaths(withSsh, source.file) }),
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

/** The paths of an ssh access; `connect` stands here so that an access which has nothing else is one too. */
function withPaths<
  T extends { connect?: string | undefined; identity?: string | undefined; config?: string | false | undefined },
>(ssh: T, file: VFile): T {
  const { identity, config } = ssh;
  return {
    ...ssh,
    ...(identity !== undefined && { identity: pathFrom(file, identity) }),
    ...(typeof config === "string" && { config: pathFrom(file, config) }),
  };
}

function mapValues<T>(map: Readonly<Record<string, T>>, change: (value: T, key: string) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}
