/** What a task identifier (`UPID:node:…`) says: where the task runs, its type (`qmigrate`), what it is about (`100`; may be empty), and who began it (an account or a token). */
export interface Upid {
  readonly node: string;
  readonly type: string;
  readonly about: string;
  readonly user: string;
}

/** Reads a UPID; undefined for anything else. */
export function parseUpid(text: string): Upid | undefined {
  const [, node, type, about, user] =
    /^UPID:([^:/]+):[0-9A-Fa-f]{8}:[0-9A-Fa-f]{8,9}:[0-9A-Fa-f]{8}:([^:]+):([^:]*):([^:]+):/.exec(text) ?? [];
  if (node === undefined || type === undefined || about === undefined || user === undefined) return undefined;
  return { node, type, about, user };
}
