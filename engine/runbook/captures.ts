import { closest } from "../base/closest.ts";
import type { Place } from "../model/place.ts";
import type { Placeholder } from "../model/runbook.ts";
import type { RawSetting } from "../model/setting.ts";
import type { Report } from "./author-message.ts";
import { captionKey } from "./caption-key.ts";

/** A block that may name a caption. */
export interface Capturing {
  readonly place: Place;
  readonly capture: RawSetting | undefined;
}

/** Index of the placeholder that each block serves, in the order of the blocks; a caption that does not exist is reported. */
export function resolveCaptures(
  blocks: readonly Capturing[],
  placeholders: readonly Placeholder[],
  report: Report,
): readonly (number | undefined)[] {
  const byKey = new Map(placeholders.map((placeholder, index) => [captionKey(placeholder.caption), index]));
  const served = blocks.map(({ capture }) =>
    typeof capture?.value === "string" ? byKey.get(captionKey(capture.value)) : undefined,
  );
  const taken = new Set(served);
  return blocks.map(({ place, capture }, at) => {
    if (typeof capture?.value === "string") {
      if (served[at] === undefined) reportUnknown(capture.value, capture, placeholders, report);
      return served[at];
    }
    if (capture?.value !== true) return undefined;
    const next = placeholders.findIndex(
      (placeholder, index) => !taken.has(index) && placeholder.place.line > place.line,
    );
    if (next < 0) {
      report({
        rule: "no-placeholder",
        place: capture.place,
        reason: "« capture » sans libellé : aucun emplacement libre ne suit ce bloc.",
        remedy: 'Écrivez [ Capture : libellé ] sous le bloc, ou nommez-en un : capture="libellé".',
      });
      return undefined;
    }
    taken.add(next);
    return next;
  });
}

function reportUnknown(
  caption: string,
  setting: RawSetting,
  placeholders: readonly Placeholder[],
  report: Report,
): void {
  const captions = new Map(placeholders.map((placeholder) => [captionKey(placeholder.caption), placeholder.caption]));
  const near = captions.get(closest(captionKey(caption), captions.keys()) ?? "");
  report({
    rule: "unknown-caption",
    place: setting.place,
    reason: `Aucun emplacement [ Capture : ${caption} ] dans ce document.`,
    remedy:
      near === undefined
        ? `Ajoutez la ligne [ Capture : ${caption} ] dans le texte, ou reprenez le libellé d’un emplacement existant.`
        : `Vouliez-vous écrire « ${near} » ?`,
  });
}
