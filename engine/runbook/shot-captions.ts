import { isMap, isScalar, isSeq, parseDocument } from "yaml";
import type { KindName } from "../model/runbook.ts";
import type { RawSetting } from "../model/setting.ts";
import { placeAt, type Region } from "./region.ts";

/** The captions that a watch's body names for its pictures, each where it is written. A body that cannot be read names none. */
export function shotCaptions(kind: KindName, body: Region): readonly RawSetting[] {
  if (kind !== "watch") return [];
  const { contents } = parseDocument(body.text, { logLevel: "silent", prettyErrors: false });
  const shots = isMap(contents) ? contents.get("shots", true) : undefined;
  if (!isSeq(shots)) return [];
  return shots.items.flatMap((shot) => {
    const caption = isMap(shot) ? shot.get("capture", true) : undefined;
    if (!isScalar(caption) || typeof caption.value !== "string") return [];
    return [{ value: caption.value, origin: "block" as const, place: placeAt(body, caption.range?.[0] ?? 0) }];
  });
}
