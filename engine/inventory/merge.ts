/** A value of an inventory file once it is plain data. */
type Plain = unknown;

/** Lays one file over another: maps merge key by key, lists and single values are replaced, absent values change nothing. */
export function merge<T>(base: T, over: T): T {
  return mergeValues(base, over) as T;
}

function mergeValues(base: Plain, over: Plain): Plain {
  if (over === undefined) return base;
  if (!isMap(base) || !isMap(over)) return over;
  const keys = new Set([...Object.keys(base), ...Object.keys(over)]);
  return Object.fromEntries([...keys].map((key) => [key, mergeValues(own(base, key), own(over, key))]));
}

function own(map: Readonly<Record<string, Plain>>, key: string): Plain {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function isMap(value: Plain): value is Readonly<Record<string, Plain>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
