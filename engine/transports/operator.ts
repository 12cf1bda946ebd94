import { ProblemError } from "../base/problem.ts";
import { openPictures, type PictureFolder, readPicture } from "./picture-folder.ts";
import type { OperatorAnswer, OperatorPicture, OperatorRequest, OperatorTransport } from "./port.ts";

/** A person at a terminal. */
export interface Conversation {
  say(text: string): void;
  /** One line, without its end. Rejects when the signal is aborted or nobody is there any more. */
  question(text: string, signal: AbortSignal): Promise<string>;
}

export interface OperatorOptions {
  readonly who: { readonly user: string; readonly host: string };
  /** Undefined when there is no terminal. */
  readonly conversation: Conversation | undefined;
  /** A folder of pictures named by their captions; what lies there is not asked for. */
  readonly pictures: string | undefined;
}

const DECLINED = /^(?:n|non|no)$/i;

/** Asks the person at the terminal, one question at a time; pictures that lie ready answer without anybody. */
export async function createOperatorTransport({
  who,
  conversation,
  pictures,
}: OperatorOptions): Promise<OperatorTransport> {
  const folder = pictures === undefined ? undefined : await openPictures(pictures);
  let last: Promise<unknown> = Promise.resolve();
  return {
    available: (caption, wants) => conversation !== undefined || lies(folder, caption, wants) !== undefined,
    ask: async (request) => {
      const path = lies(folder, request.caption, request.wants);
      if (path !== undefined) return await fromFile(path, who);
      if (conversation === undefined) throw nobody(request);
      const turn = last.then(() => converse(request, conversation, who));
      last = turn.catch(() => {});
      try {
        return await turn;
      } catch (error) {
        const closed = error instanceof Error && error.name === "AbortError" && !request.signal.aborted;
        if (closed) return { status: "declined", reason: "Le terminal s’est fermé avant la réponse." };
        throw error;
      }
    },
  };
}

function lies(
  folder: PictureFolder | undefined,
  caption: string | undefined,
  wants: OperatorRequest["wants"],
): string | undefined {
  return wants.picture && caption !== undefined ? folder?.find(caption) : undefined;
}

async function fromFile(path: string, who: OperatorOptions["who"]): Promise<OperatorAnswer> {
  const attestation = { text: "image fournie par fichier", how: "file" } as const;
  return { status: "answered", operator: who, picture: await readPicture(path), note: undefined, attestation };
}

async function converse(
  request: OperatorRequest,
  talk: Conversation,
  who: OperatorOptions["who"],
): Promise<OperatorAnswer> {
  const { step, instructions, caption, wants, attestation, signal } = request;
  talk.say(`\n#${step} — à faire par vous :\n${instructions.replace(/^/gm, "  ")}\n`);
  const picture = wants.picture ? await askPicture(caption ?? step, request, talk) : undefined;
  if (wants.picture && picture === undefined)
    return { status: "declined", reason: "L’opérateur n’a pas donné d’image." };
  const note = wants.note ? await talk.question("Note (une ligne) : ", signal) : undefined;
  talk.say(`Vous attestez : « ${attestation} »\n`);
  const answer = (await talk.question("Oui (Entrée), non (n), ou votre propre phrase : ", signal)).trim();
  if (DECLINED.test(answer)) return { status: "declined", reason: "L’opérateur n’a pas attesté." };
  const accepted = answer === "" || /^(?:o|oui|y|yes)$/i.test(answer);
  return {
    status: "answered",
    operator: who,
    picture,
    note: note?.trim(),
    attestation: accepted ? { text: attestation, how: "accepted" } : { text: answer, how: "typed" },
  };
}

/** Asks until a file can be read and kept, or nothing is given. */
async function askPicture(
  caption: string,
  { refusal, signal }: OperatorRequest,
  talk: Conversation,
): Promise<OperatorPicture | undefined> {
  for (;;) {
    const path = (
      await talk.question(`Image « ${caption} » (chemin du fichier, rien pour renoncer) : `, signal)
    ).trim();
    if (path === "") return undefined;
    try {
      const picture = await readPicture(path.replace(/^(['"])(.*)\1$/, "$2"));
      const reason = await refusal?.(picture);
      if (reason === undefined) return picture;
      talk.say(`${picture.name} ${reason}. Donnez une autre image.\n`);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      talk.say(`${error.message}\n`);
    }
  }
}

function nobody({ step }: OperatorRequest): ProblemError {
  return new ProblemError("OPERATOR_NEEDED", `#${step} demande une personne, et il n’y a pas de terminal.`, {
    scope: "environment",
    hint: "Relancez depuis un terminal, ou donnez les images par --pictures, nommées d’après leur légende.",
  });
}
