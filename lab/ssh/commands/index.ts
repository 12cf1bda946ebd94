import type { LabCommand } from "../command.ts";
import { corosyncCfgtool } from "./corosync-cfgtool.ts";
import { corosyncQuorumtool } from "./corosync-quorumtool.ts";
import { kill } from "./kill.ts";
import { pvecm } from "./pvecm.ts";
import { pvesh } from "./pvesh.ts";
import { stty } from "./stty.ts";
import { trap } from "./trap.ts";

/** Every command the lab simulates beside those of just-bash, by hand. */
export const commands: readonly LabCommand[] = [corosyncCfgtool, corosyncQuorumtool, kill, pvecm, pvesh, stty, trap];
