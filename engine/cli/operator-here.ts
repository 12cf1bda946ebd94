import { hostname, userInfo } from "node:os";
import type { Operator } from "../model/operator-event.ts";

/** Who runs this, and where. In a container the user may have a number and no name. */
export function operatorHere(): Operator {
  return { user: userName(), host: hostname() };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? "inconnu"}`;
  }
}
