import { drawScreen, toPng } from "../console/draw/draw-screen.ts";
import type { PhysicalServer } from "../state/server.ts";

/** What a server's screen shows at this moment, as a PNG file with a tag that changes with it. */
export interface ScreenPicture {
  readonly tag: string;
  readonly png: Buffer;
}

const kept = new WeakMap<PhysicalServer, { readonly content: string; readonly picture: ScreenPicture }>();
let drawn = 0;

/** Drawing costs much more than asking: an unchanged screen is not drawn again. */
export function screenPicture(server: PhysicalServer): ScreenPicture {
  const screen = server.program?.screen() ?? { type: "off" as const };
  const content = JSON.stringify(screen);
  const known = kept.get(server);
  if (known?.content === content) return known.picture;
  drawn += 1;
  const picture = { tag: `"${drawn}"`, png: toPng(drawScreen(screen)) };
  kept.set(server, { content, picture });
  return picture;
}
