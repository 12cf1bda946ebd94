import type { Guard } from "./guard.ts";
import type { OperatorHost } from "./operator-host.ts";
import type { Secrets } from "./secrets.ts";
import type { SshAnswers, SshPerson } from "./ssh-person.ts";

/** What every ssh connection of a run shares. */
export interface SshSetting {
  readonly guard: Guard;
  readonly secrets: Secrets;
  readonly host: OperatorHost;
  /** Undefined when nobody is there to be asked. */
  readonly person?: SshPerson | undefined;
  readonly answers: SshAnswers;
}
