import type { ScreenContent } from "../console/screen.ts";
import { LoginScreen } from "../server/login-screen.ts";
import { type Guest, guestName } from "../state/guest.ts";
import type { World } from "../state/world.ts";

/** What a virtual machine shows; one that has run since before the lab was looked at stands at its login. */
export function screenOf(world: World, guest: Guest): ScreenContent {
  if (guest.status === "stopped") return { type: "off" };
  if (guest.program !== undefined) return guest.program.screen();
  const node = world.nodes.get(guest.hostedNode ?? "");
  if (node) return new LoginScreen(node).screen();
  const lines = guest.system === undefined ? ["No bootable device."] : ["", `${guestName(guest)} login: `];
  return { type: "text", lines, cursor: true };
}
