/** Bytes that can be searched, and where in their file they stand; an empty `where` is the file itself. */
export interface Part {
  readonly where: string;
  readonly bytes: Uint8Array;
}

/** What of a file can be searched as it stands, and what must be looked into in turn. */
export interface Opened {
  readonly plain: readonly Part[];
  readonly packed: readonly Part[];
}
