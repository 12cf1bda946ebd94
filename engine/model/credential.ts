import type { Place } from "./place.ts";

/**
 * What a block needs to be let in, and where it says so: a secret of the inventory, an account of its targets' controllers, or what opens
 * their API or their web page.
 */
export type Credential =
  | { readonly type: "secret"; readonly name: string; readonly place: Place }
  | {
      readonly type: "bmc-account";
      /** Undefined for the controller's own login. */
      readonly account: string | undefined;
      /** Set when a node whose screen is a virtual machine's needs none. */
      readonly unlessConsole: boolean;
      readonly place: Place;
    }
  | {
      readonly type: "pve-access";
      /** `page`: the web interface, which takes no token; else what is asked of the API. */
      readonly for: "page" | { readonly method: string; readonly path: string };
      /** A node in place of the block's targets; may be a `{{reference}}`. */
      readonly on: string | undefined;
      readonly place: Place;
    };
