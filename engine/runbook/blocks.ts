import { slug } from "../base/slug.ts";
import type { Block, Placeholder, Section } from "../model/runbook.ts";
import type { RawSettings } from "../model/setting.ts";
import type { Report } from "./author-message.ts";
import { type BlockAttributes, readBlockAttributes, reportDuplicateKey } from "./block-attributes.ts";
import { resolveCaptures } from "./captures.ts";
import type { CommentSettings } from "./comments.ts";
import { type Drafted, expectedOutputs } from "./expected-output.ts";
import type { Fence } from "./fence.ts";
import { type FenceRole, fenceRole, isOurs } from "./fence-role.ts";
import { reportForeign, withoutForeign } from "./foreign-fence.ts";
import { splitOptions } from "./option-lines.ts";
import type { Region } from "./region.ts";
import { ancestry, sectionAt, unnumbered } from "./sections.ts";
import { checkedSettings, mergedSettings, rawSettings, typedSettings } from "./settings.ts";
import { shotCaptions } from "./shot-captions.ts";
import { readYamlMap } from "./yaml-map.ts";

/** What surrounds the blocks and decides their settings. */
export interface Surroundings {
  readonly chapter: number;
  readonly sections: readonly Section[];
  readonly placeholders: readonly Placeholder[];
  readonly comments: CommentSettings;
  readonly defaults: RawSettings;
  readonly overrides: RawSettings;
  /** False when a fence swallowed what follows: what then seems missing or misplaced would only hide the one real mistake. */
  readonly balanced: boolean;
}

interface Draft {
  readonly fence: Fence;
  readonly attributes: BlockAttributes;
  readonly role: FenceRole & { readonly type: "block" };
  readonly own: RawSettings;
  readonly body: Region;
}

const silent: Report = () => {};

/** The executable fences of a document in order, with every setting resolved. */
export function buildBlocks(fences: readonly Fence[], around: Surroundings, report: Report): readonly Block[] {
  const drafted = fences.flatMap((fence) => readDraft(fence, around, report));
  const drafts = drafted.flatMap((each) => (each.type === "block" ? [each.draft] : []));
  const outputs = expectedOutputs(drafted, around.balanced ? report : silent);
  const shots = drafts.flatMap((draft) =>
    shotCaptions(draft.role.kind, draft.body).map((capture) => ({ draft, capture, place: draft.fence.place })),
  );
  const served = resolveCaptures(
    [
      ...drafts.map(({ fence, own }) => ({ place: fence.place, capture: { ...own, ...around.overrides }["capture"] })),
      ...shots,
    ],
    around.placeholders,
    around.balanced ? report : silent,
  );
  const captionOf = (at: number | undefined) => (at === undefined ? undefined : around.placeholders[at]?.caption);
  const nextId = idGiver(drafts, around);
  return drafts.map((draft, index) => {
    const { fence, attributes, role, own, body } = draft;
    const section = sectionAt(around.sections, fence.place.line);
    const held = served[index];
    const merged = mergedSettings([
      around.defaults,
      ...ancestry(around.sections, section).map((at) => around.comments.sections.get(at) ?? {}),
      (held !== undefined && around.comments.placeholders.get(held)) || {},
      own,
      around.overrides,
    ]);
    const { raw, settings } = typedSettings(merged);
    const { capture: _written, ...others } = settings;
    const caption = captionOf(held);
    const shown = shots.flatMap((shot, at) =>
      shot.draft === draft ? (captionOf(served[drafts.length + at]) ?? []) : [],
    );
    const output = outputs.get(draft);
    const first = body.lines[0];
    return {
      id: attributes.id?.name ?? nextId(section),
      derivedId: attributes.id === undefined,
      kind: role.kind,
      role: role.role,
      language: fence.language,
      chapter: around.chapter,
      section,
      body: body.text,
      bodyLine: first?.line ?? fence.place.line + 1,
      bodyColumn: first?.column ?? 1,
      raw,
      settings: caption === undefined ? others : { ...others, capture: caption },
      ...(shown.length > 0 && { shotCaptions: shown }),
      ...(output !== undefined && { expectedOutput: output }),
      place: fence.place,
    };
  });
}

function readDraft(fence: Fence, { balanced, sections }: Surroundings, report: Report): readonly Drafted<Draft>[] {
  const attributes = readBlockAttributes(fence, isOurs(fence) ? report : silent);
  const role = fenceRole(fence, attributes, report);
  if (role.type === "prose") return [];
  const section = sectionAt(sections, fence.place.line);
  if (role.type === "expected-output") return [{ type: "expected-output", fence, section }];
  const { options, body } = splitOptions(fence.content, balanced ? report : silent);
  if (fence.foreign !== undefined) reportForeign(fence, fence.foreign, report);
  const map = readYamlMap(withoutForeign(options, fence.foreign), "Lignes « #| »", report);
  const written: RawSettings = map === undefined ? {} : rawSettings(map, "block");
  for (const [key, setting] of Object.entries(written)) {
    if (!Object.hasOwn(attributes.settings, key)) continue;
    reportDuplicateKey(key, setting.place, attributes.settings[key]?.place, report);
  }
  if (body.text.trim() === "") {
    report({
      rule: "empty-block",
      place: fence.place,
      reason: "Ce bloc est vide : il n’y a rien à exécuter.",
      remedy: "Écrivez-y ce qui doit s’exécuter, ou retirez-le.",
    });
  }
  const own = checkedSettings({ ...written, ...attributes.settings }, report, (path) => {
    const key = String(path[0]);
    return Object.hasOwn(attributes.settings, key) ? attributes.settings[key]?.place : map?.placeOf(path);
  });
  return [{ type: "block", draft: { fence, attributes, role, own, body }, section }];
}

/** Derived ids: chapter, the heading's words, ordinal below headings of these words; never one that an author gave. */
function idGiver(drafts: readonly Draft[], around: Surroundings): (section: number) => string {
  const taken = new Set(drafts.map(({ attributes }) => attributes.id?.name));
  const counts = new Map<string, number>();
  return (section) => {
    const words = slug(unnumbered(around.sections[section]?.title ?? "")) || "bloc";
    const stem = `${around.chapter}-${words}`;
    let id: string;
    do {
      const ordinal = (counts.get(stem) ?? 0) + 1;
      counts.set(stem, ordinal);
      id = `${stem}-${ordinal}`;
    } while (taken.has(id));
    return id;
  };
}
