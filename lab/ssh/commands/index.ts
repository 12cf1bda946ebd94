import type { LabCommand } from "../command.ts";
import { kill } from "./kill.ts";
import { stty } from "./stty.ts";
import { trap } from "./trap.ts";

/** Every command the lab simulates beside those of just-bash, by hand. */
export const commands: readonly LabCommand[] = [kill, stty, trap];
