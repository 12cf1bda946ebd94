/** What the operator's own machine gives to the transports: its environment and home folder, read once by `cli/`. */
export interface OperatorHost {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** The operator's login name; the environment's when absent. */
  readonly user?: string | undefined;
  /** Where the system's ssh settings lie when it is not /etc/ssh. */
  readonly sshFolder?: string | undefined;
}

/** The path with a leading `~/` replaced by the operator's home folder. */
export function expandHome(path: string, host: OperatorHost): string {
  if (path === "~") return host.home;
  return path.startsWith("~/") ? `${host.home}/${path.slice(2)}` : path;
}

/** The folder of the system's ssh settings. */
export function sshFolder(host: OperatorHost): string {
  return host.sshFolder ?? "/etc/ssh";
}

/** The operator's login name. */
export function loginName(host: OperatorHost): string {
  return host.user ?? host.env["USER"] ?? host.env["LOGNAME"] ?? "root";
}
