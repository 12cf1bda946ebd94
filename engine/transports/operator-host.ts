/** What the operator's own machine gives to the transports: its environment and home folder, read once by `cli/`. */
export interface OperatorHost {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** The path with a leading `~/` replaced by the operator's home folder. */
export function expandHome(path: string, host: OperatorHost): string {
  if (path === "~") return host.home;
  return path.startsWith("~/") ? `${host.home}/${path.slice(2)}` : path;
}
