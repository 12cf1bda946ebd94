/** How an answer differs from a recorded one in keys and types; empty when the shapes agree. Lists are compared by kind of element. */
export function shapeDifferences(recorded: unknown, answered: unknown, path = "$"): string[] {
  if (Array.isArray(recorded) && Array.isArray(answered)) return listDifferences(recorded, answered, path);
  if (isObject(recorded) && isObject(answered)) return objectDifferences([recorded], answered, path);
  return typeName(recorded) === typeName(answered)
    ? []
    : [`${path}: recorded ${typeName(recorded)}, answered ${typeName(answered)}`];
}

/** Elements that share a `type` (or have none) are one kind: what all recorded ones have is required, what some have is allowed. */
function listDifferences(recorded: readonly unknown[], answered: readonly unknown[], path: string): string[] {
  return answered.flatMap((element) => {
    const kind = kindOf(element);
    const kin = recorded.filter((other) => kindOf(other) === kind);
    // A kind that was never recorded is held against all of them together.
    const peers = kin.length > 0 ? kin : recorded;
    if (peers.length === 0) return [];
    const where = kind === "" ? `${path}[*]` : `${path}[type=${kind}]`;
    if (!isObject(element)) return shapeDifferences(peers[0], element, where);
    return objectDifferences(peers.filter(isObject), element, where);
  });
}

function objectDifferences(recorded: readonly Shape[], answered: Shape, path: string): string[] {
  const names = new Set(recorded.flatMap((peer) => Object.keys(peer)));
  const missing = [...names].filter((name) => recorded.every((peer) => name in peer) && !(name in answered));
  const unknown = Object.keys(answered).filter((name) => !names.has(name));
  const inner = Object.entries(answered).flatMap(([name, value]) => {
    const samples = recorded
      .filter((peer) => name in peer)
      .map((peer) => shapeDifferences(peer[name], value, `${path}.${name}`));
    return samples.length === 0 || samples.some((sample) => sample.length === 0) ? [] : (samples[0] ?? []);
  });
  return [
    ...missing.map((name) => `${path}.${name}: missing`),
    ...unknown.map((name) => `${path}.${name}: not recorded`),
    ...inner,
  ];
}

type Shape = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Shape {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  const type = isObject(value) ? value["type"] : undefined;
  return typeof type === "string" ? type : "";
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : typeof value;
}
