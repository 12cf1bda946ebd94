import type { Place } from "../model/place.ts";
import type { RawSetting, RawSettings } from "../model/setting.ts";
import type { Report } from "./author-message.ts";
import { type Fence, fenceAttributes } from "./fence.ts";

/** Something named in a fence's braces. */
export interface Named {
  readonly name: string;
  readonly place: Place;
}

/** A fence's braces, sorted. */
export interface BlockAttributes {
  readonly id: Named | undefined;
  readonly classes: readonly Named[];
  readonly settings: RawSettings;
}

/** Keys that mean « yes » when they stand alone. */
const FLAGS = ["capture", "pty", "cleanup", "confirm", "fold", "background"];

/** Sorts what stands in a fence's braces; doubles and keys without a value are reported. */
export function readBlockAttributes(fence: Fence, report: Report): BlockAttributes {
  let id: Named | undefined;
  const classes: Named[] = [];
  const settings = new Map<string, RawSetting>();
  for (const attribute of fenceAttributes(fence, report)) {
    const { place } = attribute;
    switch (attribute.type) {
      case "id":
        if (id === undefined) id = { name: attribute.name, place };
        else {
          report({
            rule: "second-id",
            place,
            reason: `Second identifiant « #${attribute.name} » ; le bloc s’appelle déjà « #${id.name} ».`,
            remedy: "Gardez-en un seul. Pour désigner un autre bloc, écrivez needs=#…, verify=#… ou unless=#….",
          });
        }
        break;
      case "class":
        if (!classes.some((known) => known.name === attribute.name)) classes.push({ name: attribute.name, place });
        break;
      case "word":
        if (FLAGS.includes(attribute.key)) add(attribute.key, true, place);
        else {
          report({
            rule: "key-without-value",
            place,
            reason: `La clé « ${attribute.key} » n’a pas de valeur.`,
            remedy: `Écrivez ${attribute.key}=valeur, .${attribute.key} pour une classe ou #${attribute.key} pour un identifiant.`,
          });
        }
        break;
      case "pair":
        add(attribute.key, attribute.value, place);
        break;
    }
  }
  return { id, classes, settings: Object.fromEntries(settings) };

  function add(key: string, value: string | true, place: Place): void {
    const known = settings.get(key);
    if (known === undefined) settings.set(key, { value, origin: "block", place });
    else reportDuplicateKey(key, place, known.place, report);
  }
}

/** The same key twice on one block: which one counts is not for us to guess. */
export function reportDuplicateKey(
  key: string,
  place: Place | undefined,
  first: Place | undefined,
  report: Report,
): void {
  report({
    rule: "duplicate-key",
    place,
    reason: `La clé « ${key} » est écrite deux fois ; la première est ligne ${first?.line ?? 1}, colonne ${first?.column ?? 1}.`,
    remedy: "Gardez-en une seule.",
  });
}
