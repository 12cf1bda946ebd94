import { sha256 } from "../base/digest.ts";
import { interpolate } from "../base/interpolate.ts";
import type { Figure } from "../model/event.ts";
import type { Judgement } from "../model/expectation.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Block } from "../model/runbook.ts";
import type { OperatorAnswer } from "../transports/port.ts";
import type { BodyMessage, Kind, KindResult, Ports, Recorder, Task } from "./kind.ts";
import { askedOf } from "./manual/asked-of.ts";
import type { ReadPicture } from "./manual/kept-picture.ts";
import { readPicture } from "./manual/read-picture.ts";

/** People are waited for: a night and a day. */
const PATIENCE_MS = 24 * 3_600_000;
const FOREIGN = [
  "expect",
  "exit",
  "until",
  "retry",
  "save",
  "session",
  "pty",
  "answers",
  "background",
  "during",
] as const;

type Answered = Extract<OperatorAnswer, { status: "answered" }>;

/** What a person does and attests, with a picture or a note. */
export const manual: Kind = {
  name: "manual",
  needs: () => ["operator"],
  patience: (block) => (block.raw["timeout"]?.origin === "default" ? PATIENCE_MS : 0),
  inspect,
  describe: (block, values) => interpolate(block.body, values).trimEnd(),
  execute,
};

function inspect(block: Block): readonly BodyMessage[] {
  const messages: BodyMessage[] = FOREIGN.filter((key) => block.settings[key] !== undefined).map((key) => ({
    rule: "manual-block",
    place: block.raw[key]?.place ?? block.place,
    reason: `« ${key} » ne vaut pas pour ce que fait une personne.`,
    remedy: `Retirez « ${key} ».`,
  }));
  if (block.settings.capture !== undefined && !askedOf(block).wants.picture) {
    messages.push({
      rule: "manual-block",
      place: block.raw["asks"]?.place ?? block.place,
      reason: "Une capture demande une image, et ce bloc n’en demande pas.",
      remedy: "Ajoutez picture à « asks », ou retirez « asks ».",
    });
  }
  return messages;
}

async function execute(task: Task, ports: Ports, recorder: Recorder): Promise<KindResult> {
  const { block, values, target } = task;
  const { caption, wants } = askedOf(block);
  const where = target.type === "node" ? ` sur ${target.node.name}` : "";
  const answer = await ports.operator.ask({
    step: block.id,
    instructions: interpolate(block.body, values).trim(),
    caption,
    wants,
    attestation: `J’ai fait moi-même ce que demande #${block.id}${where}, et ce que je donne le montre tel que c’était.`,
    refusal: async ({ bytes }) => {
      const read = await readPicture(bytes);
      return read.ok ? undefined : read.reason;
    },
    signal: task.signal,
  });
  if (answer.status === "declined") {
    const outcome: Outcome = { status: "skipped", because: "declined", reason: answer.reason };
    return { outcome, answer: "refusé", saved: {}, figure: null };
  }
  return await keep(answer, task, ports, recorder);
}

async function keep(
  answered: Answered,
  { block, figure: wanted }: Task,
  { clock }: Ports,
  recorder: Recorder,
): Promise<KindResult> {
  const { operator, picture, note, attestation } = answered;
  const { caption, wants } = askedOf(block);
  const read = picture && (await readPicture(picture.bytes));
  const judgements: Judgement[] = [];
  if (wants.picture) judgements.push(judgePicture(picture, read));
  if (wants.note && attestation.how !== "file") {
    const written = note !== undefined && note.trim() !== "";
    judgements.push({ ok: written, expected: "une note", obtained: written ? "donnée" : "aucune" });
  }
  const by = `${operator.user}@${operator.host}`;
  const at = clock.now().toISOString();
  await recorder.attach(
    "attestation",
    JSON.stringify({
      operator,
      at,
      attestation,
      note: note ?? null,
      picture:
        picture === undefined
          ? null
          : {
              name: picture.name,
              sha256: sha256(picture.bytes),
              bytes: picture.bytes.length,
              // Beside what was given, what is kept of it: the same pixels without the metadata.
              kept: read?.ok === true ? keptOf(read) : null,
            },
    }),
    "application/json",
  );
  let figure: Figure | null = null;
  if (picture !== undefined && read?.ok === true) {
    const artefact = await recorder.attach("picture", read.bytes, read.mediaType);
    const origin =
      attestation.how === "file"
        ? `image fournie par fichier (${picture.name})`
        : `image donnée par ${by} (${picture.name})`;
    const alternative = [caption ?? block.id, ...(note === undefined ? [] : [note])].join(". ");
    const { width, height } = read;
    figure = { type: "picture", picture: artefact, width, height, scale: 1, url: origin, alternative, judgements };
  }
  const wrong = judgements.filter(({ ok }) => !ok);
  const outcome: Outcome =
    wrong.length === 0
      ? { status: "passed", judgements }
      : { status: "failed", reason: wrong.map(({ obtained }) => obtained).join(" ; "), judgements };
  return {
    outcome,
    answer: attestation.how === "file" ? "par fichier" : by,
    saved: {},
    figure: wanted || wants.picture ? figure : null,
  };
}

function keptOf({ bytes, removed, orientation }: Extract<ReadPicture, { ok: true }>) {
  return { sha256: sha256(bytes), bytes: bytes.length, removed, orientation };
}

function judgePicture(picture: Answered["picture"], read: ReadPicture | undefined): Judgement {
  const expected = "une image PNG ou JPEG, entière";
  if (picture === undefined || read === undefined) return { ok: false, expected, obtained: "aucune image" };
  if (!read.ok) return { ok: false, expected, obtained: `${picture.name} ${read.reason}` };
  const without = read.removed.length === 0 ? "" : ` ; gardée sans ses métadonnées (${read.removed.join(", ")})`;
  return { ok: true, expected, obtained: `${picture.name}, ${read.width} × ${read.height} pixels${without}` };
}
