import type { Place } from "./place.ts";

/** What a block needs to be let in, and where it says so: a secret of the inventory, or an account of its targets' controllers. */
export type Credential =
  | { readonly type: "secret"; readonly name: string; readonly place: Place }
  | {
      readonly type: "bmc-account";
      /** Undefined for the controller's own login. */
      readonly account: string | undefined;
      /** Set when a node whose screen is a virtual machine's needs none. */
      readonly unlessConsole: boolean;
      readonly place: Place;
    };
