import type { MaskRule } from "../base/redact.ts";
import type { Recorder } from "../kinds/kind.ts";
import type { Artefact } from "../model/event.ts";
import type { RunContext } from "./context.ts";

/** A recorder that can be closed: the files it kept and the redactions made on the way, by rule. */
export interface OpenRecorder extends Recorder {
  close(): Promise<{ readonly artefacts: readonly Artefact[]; readonly redactions: Readonly<Record<string, number>> }>;
}

/** Whose output is recorded, and what is covered in it beside the secrets. */
export interface Recorded {
  readonly step: string;
  readonly target: string;
  readonly attempt: number;
  readonly rules: readonly MaskRule[];
}

/** Opens the files of an attempt: every byte is masked first, then stored, then shown. What comes after `close` is dropped. */
export async function openRecorder(
  context: RunContext,
  { step, target, attempt, rules }: Recorded,
): Promise<OpenRecorder> {
  const terminal = await context.folder.terminal(attempt);
  const masks = { stdout: context.redactor.stream(rules), stderr: context.redactor.stream(rules) };
  const attached: Artefact[] = [];
  const attachedCounts: Record<string, number> = {};
  const begun = context.clock.monotonic();
  let open = true;

  const store = (stream: "stdout" | "stderr", bytes: Uint8Array): void => {
    if (bytes.length === 0) return;
    terminal.write(stream, bytes, (context.clock.monotonic() - begun) / 1_000);
    context.live({ type: "output", step, target, stream, text: Buffer.from(bytes).toString("utf8") });
  };

  const maskWhole = (content: Uint8Array | string): Uint8Array => {
    const stream = context.redactor.stream(rules);
    const bytes = Buffer.concat([stream.write(Buffer.from(content)), stream.end()]);
    addCounts(attachedCounts, stream.counts);
    return bytes;
  };

  return {
    output(stream, chunk) {
      if (open) store(stream, masks[stream].write(chunk));
    },
    async attach(role, content, mediaType) {
      if (!open) throw new Error(`Attempt ${attempt} is over: ${role} comes too late`);
      // A picture was masked on the page before it was taken; its bytes stay as they are.
      const masked = role === "picture" || role === "original" ? content : maskWhole(content);
      const artefact = await context.folder.keep(role, masked, mediaType);
      attached.push(artefact);
      return artefact;
    },
    covered: (rule, places) => addCounts(attachedCounts, { [rule]: places }),
    progress: (text) => context.live({ type: "progress", step, target, text: context.redactor.text(text, rules).text }),
    async close() {
      open = false;
      store("stdout", masks.stdout.end());
      store("stderr", masks.stderr.end());
      const redactions = { ...attachedCounts };
      addCounts(redactions, masks.stdout.counts);
      addCounts(redactions, masks.stderr.counts);
      return { artefacts: [...(await terminal.close()), ...attached], redactions };
    },
  };
}

/** Adds what each rule has covered. */
export function addCounts(total: Record<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [rule, count] of Object.entries(more)) if (count > 0) total[rule] = (total[rule] ?? 0) + count;
}
