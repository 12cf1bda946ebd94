/** A request's target on a management controller: `bmc:/redfish/v1/`, or with an account of the inventory `bmc:usine@/redfish/v1/`. */
export interface BmcUrl {
  /** Name of an account of the inventory; undefined for the controller's own login. */
  readonly account: string | undefined;
  readonly path: string;
}

/** Reads `bmc:[account@]/path`; undefined for any other address. */
export function parseBmcUrl(url: string): BmcUrl | undefined {
  const [, account, path] = /^bmc:(?:([\p{L}\p{N}_-]+)@)?(\/\S*)$/u.exec(url) ?? [];
  return path === undefined ? undefined : { account, path };
}
