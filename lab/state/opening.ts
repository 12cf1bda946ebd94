import type { BmcDialect } from "./bmc.ts";
import type { LabClock } from "./clock.ts";
import type { Dialect } from "./dialect.ts";

/** What the accounts of the controllers open with. */
export interface ControllerPasswords {
  /** Printed on the tag, right again after a reset to factory settings. */
  readonly tag: string;
  /** Of the service account that is the only one at the start. */
  readonly service: string;
  /** Of the operator's own account, once chapter 1 has made it. */
  readonly own: string;
}

/** What a scenario does not say. */
export interface Opening {
  readonly dialect: Dialect;
  readonly clock: LabClock;
  readonly rootPassword: string;
  /** Passwords of the management controllers; made up when nobody needs to know them. */
  readonly controllerPasswords?: ControllerPasswords | undefined;
  /** Generation of the controllers, when it is to be another one than the scenario's. */
  readonly controller?: BmcDialect | undefined;
}
