import { isCollection, isMap, isScalar, isSeq, parseDocument, type YAMLMap } from "yaml";
import type { Place } from "../../model/place.ts";
import type { Block } from "../../model/runbook.ts";
import { placeInBody } from "./places.ts";
import type { LintedBlock, LintRule } from "./world.ts";

interface Trouble {
  readonly caption: string;
  readonly place: Place;
  readonly reason: string;
  readonly remedy: string;
}

const EXPECT = "Ajoutez « expect: » dans le corps du bloc";

/**
 * A capture says something true only when something is checked: what is on a picture, what a command printed, the state that an action
 * left, what was measured. A file is held against its own text, and a manual block always asks for an attestation.
 */
export const captureWithoutExpectation: LintRule = ({ blocks }) => {
  for (const entry of blocks) {
    for (const { caption, place, reason, remedy } of troublesOf(entry)) {
      entry.report({ rule: "capture-without-expectation", place, reason: reason.replace("…", caption), remedy });
    }
  }
};

function troublesOf(entry: LintedBlock): readonly Trouble[] {
  const { block } = entry;
  const { capture } = block.settings;
  const caption = typeof capture === "string" ? capture : undefined;
  switch (block.kind) {
    case "browser":
    case "console":
      return caption === undefined ? [] : pictureTroubles(block, caption);
    case "watch":
      return [...(caption === undefined ? [] : measureTroubles(block, caption)), ...shotTroubles(entry)];
    case "shell":
    case "http":
      return caption === undefined || judged(block) ? [] : [unjudged(block, caption)];
    case "file":
    case "manual":
      return [];
  }
}

/** Something is expected of what was printed or answered, or a check follows that judges the state. */
function judged({ settings, expectedOutput }: Block): boolean {
  return (settings.expect ?? []).length > 0 || (settings.verify ?? []).length > 0 || expectedOutput !== undefined;
}

function unjudged(block: Block, caption: string): Trouble {
  return {
    ...{ caption, place: block.place },
    reason: "Rien ne vérifie ce que montre la capture « … ».",
    remedy: "Ajoutez « expect », un bloc .expect sous celui-ci, ou « verify » vers un contrôle de l’état obtenu.",
  };
}

function pictureTroubles(block: Block, caption: string): readonly Trouble[] {
  if ((block.settings.expect ?? []).length > 0) return [];
  const body = bodyOf(block);
  // A body that cannot be read is the kind's own message.
  if (body === undefined) return [];
  return expectationTroubles(body, caption, block.place);
}

/** The chart of a watch shows what was measured: something must be expected of it. */
function measureTroubles(block: Block, caption: string): readonly Trouble[] {
  const body = bodyOf(block);
  if (body === undefined || expectationsOf(body).length > 0) return [];
  return [
    {
      ...{ caption, place: block.place },
      reason: "Rien n’est attendu de ce que mesure le bloc de la capture « … ».",
      remedy: `${EXPECT} : une interruption à ne pas dépasser, ou un état à atteindre.`,
    },
  ];
}

/** Each picture that a watch takes for a caption is judged like any other. */
function shotTroubles({ block, runbook }: LintedBlock): readonly Trouble[] {
  const shots = bodyOf(block)?.get("shots", true);
  if (!isSeq(shots)) return [];
  return shots.items.flatMap((shot) => {
    const caption = isMap(shot) ? shot.get("capture") : undefined;
    if (!isMap(shot) || typeof caption !== "string") return [];
    return expectationTroubles(shot, caption, placeInBody(runbook, block, shot.range?.[0] ?? 0));
  });
}

function expectationTroubles(picture: YAMLMap, caption: string, place: Place): readonly Trouble[] {
  const kinds = expectationsOf(picture);
  if (kinds.length === 0) {
    return [
      {
        ...{ caption, place },
        reason: "Rien ne vérifie que l’image « … » montre ce que dit son libellé.",
        remedy: `${EXPECT} : une ligne, un champ ou une valeur de l’API qui doit s’y trouver.`,
      },
    ];
  }
  const view = picture.get("view");
  if (typeof view !== "string" || kinds.some((kind) => kind !== "text")) return [];
  return [
    {
      ...{ caption, place },
      reason: "L’image « … » n’est jugée que sur des mots de la page, qui changent avec sa langue.",
      remedy: "Ajoutez à « expect » une ligne, un champ ou une valeur de l’API : { row: {…} } ou { api: …, path: … }.",
    },
  ];
}

/** The first key of each expectation: "row", "field", "api", "text" … */
function expectationsOf(map: YAMLMap): readonly string[] {
  const expect = map.get("expect", true);
  if (!isCollection(expect)) return [];
  if (isMap(expect)) return ["value"];
  return expect.items.map((item) => {
    const key = isMap(item) ? item.items[0]?.key : undefined;
    return isScalar(key) ? String(key.value) : "value";
  });
}

function bodyOf(block: Block): YAMLMap | undefined {
  const { contents, errors } = parseDocument(block.body, { logLevel: "silent", prettyErrors: false });
  return errors.length === 0 && isMap(contents) ? contents : undefined;
}
