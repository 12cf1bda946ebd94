import { judgeExit, judgeExpectedOutput, judgeWritten, readRegex, selectValue } from "../expect/index.ts";
import type { Judgement } from "../model/expectation.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Block } from "../model/runbook.ts";
import { environmentFor } from "../plan/index.ts";
import type { PromptAnswer, ShellEnd } from "../transports/port.ts";
import type { BodyMessage, Kind, KindResult, Ports, Recorder, Task } from "./kind.ts";
import { inspectExpectedOutput } from "./text/inspect-expected-output.ts";
import { LastWords } from "./text/last-words.ts";

/** Width of a line on the report's page, in characters: terminals run at it, so that nothing wraps. */
const TERMINAL = { columns: 105, rows: 40 };
/** Output beyond this is kept as evidence but not judged; a runbook's answers are a few kilobytes. */
const JUDGED_BYTES = 16 * 1024 * 1024;

/** A script on a node or on the operator's machine; passes when exit code and expectations hold. */
export const shell: Kind = {
  name: "shell",
  needs: () => ["shell"],
  credentials: ({ settings, raw, place }) =>
    (settings.answers ?? []).flatMap((answer) =>
      "secret" in answer ? { type: "secret", name: answer.secret, place: raw["answers"]?.place ?? place } : [],
    ),
  lasts: true,
  inspect,
  describe: (block, values) => {
    const assigned = Object.entries(environmentFor(block.body, values)).map(
      ([name, value]) => `${name}=${quote(value)}`,
    );
    return [...assigned, block.body.replace(/\n+$/, "")].join("\n");
  },
  execute,
};

function inspect(block: Block): readonly BodyMessage[] {
  const messages: BodyMessage[] = [...inspectExpectedOutput(block)];
  if (block.body.trim() === "") {
    messages.push({
      rule: "empty-script",
      place: block.place,
      reason: "Le bloc ne contient aucune commande.",
      remedy: "Écrivez la commande à exécuter, ou retirez l’identifiant pour en faire un simple extrait.",
    });
  }
  if (block.settings.answers !== undefined && block.settings.pty !== true) {
    messages.push({
      rule: "answers-without-pty",
      place: block.raw["answers"]?.place ?? block.place,
      reason: "`answers` répond à des questions posées sur un terminal, et ce bloc n’en a pas.",
      remedy: "Ajoutez `pty: true`.",
    });
  }
  return messages;
}

async function execute(task: Task, ports: Ports, recorder: Recorder): Promise<KindResult> {
  const { settings, body, language } = task.block;
  const seen = new Collected();
  const complaint = new LastWords();
  const over = task.lasting?.over;
  task.lasting?.ready();
  const end = await ports.shell.run(task.target, {
    interpreter: language === "sh" ? "sh" : "bash",
    script: body,
    environment: environmentFor(body, task.values),
    session: settings.session,
    pty: settings.pty === true ? TERMINAL : undefined,
    answers: await answersOf(task),
    signal: over === undefined ? task.signal : AbortSignal.any([task.signal, over]),
    onOutput: (stream, chunk) => {
      recorder.output(stream, chunk);
      if (stream === "stdout") seen.add(chunk);
      else complaint.add(chunk);
    },
  });
  const stdout = seen.text();
  const { expectedOutput } = task.block;
  const judgements = [
    withComplaint(judgeEnd(task, end), complaint.text()),
    ...judgeWritten(settings.expect ?? [], stdout, task.values),
    ...judgeExpectedOutput(expectedOutput, stdout, task.values),
  ];
  const judged = settings.expect !== undefined || settings.save !== undefined || expectedOutput !== undefined;
  if (seen.overflow && judged) judgements.push(tooLong());
  const saved = saveValues(task, stdout);
  return {
    outcome: outcomeOf([...judgements, ...saved.judgements]),
    answer: answerOf(end),
    saved: saved.values,
    figure: task.figure ? { type: "terminal", step: task.block.id, targets: [] } : null,
  };
}

async function answersOf(task: Task): Promise<readonly PromptAnswer[]> {
  return Promise.all(
    (task.block.settings.answers ?? []).map(async (entry) => {
      const { source, flags } = readRegex(entry.prompt);
      return {
        prompt: new RegExp(source, flags),
        answer: "secret" in entry ? await task.secret(entry.secret) : entry.answer,
      };
    }),
  );
}

/** A script that goes on beside others is stopped when they are over: that is no failure of its own. */
function judgeEnd({ block, lasting, signal }: Task, end: ShellEnd): Judgement {
  if (end.status === "stopped" && lasting?.over.aborted === true && !signal.aborted) {
    return { ok: true, expected: "continuer jusqu’à l’arrêt demandé", obtained: "arrêté à ce moment-là" };
  }
  return judgeExit(block.settings.exit, end);
}

/** What a command that failed said last on its error stream is most often why. */
function withComplaint(judgement: Judgement, words: string): Judgement {
  return judgement.ok || words === "" ? judgement : { ...judgement, obtained: `${judgement.obtained} : ${words}` };
}

function saveValues(
  task: Task,
  stdout: string,
): { readonly values: Readonly<Record<string, string>>; readonly judgements: readonly Judgement[] } {
  const values: Record<string, string> = {};
  const judgements: Judgement[] = [];
  for (const [name, selector] of Object.entries(task.block.settings.save ?? {})) {
    const found = selectValue(selector, stdout, task.values);
    if ("value" in found) values[name] = found.value;
    else
      judgements.push({ ok: false, expected: `une valeur à garder sous le nom « ${name} »`, obtained: found.missing });
  }
  return { values, judgements };
}

function outcomeOf(judgements: readonly Judgement[]): Outcome {
  const wrong = judgements.filter(({ ok }) => !ok);
  if (wrong.length === 0) return { status: "passed", judgements };
  return { status: "failed", reason: wrong.map(({ obtained }) => obtained).join(" ; "), judgements };
}

function answerOf(end: ShellEnd): string {
  switch (end.status) {
    case "exited":
      return `code ${end.code}`;
    case "signalled":
      return `signal ${end.signal}`;
    case "stopped":
      return "arrêté";
    case "lost":
      return "connexion perdue";
  }
}

function tooLong(): Judgement {
  return { ok: false, expected: "une sortie que l’on peut juger en entier", obtained: "plus de 16 Mo de sortie" };
}

/** Shell spelling of a value, as the reader would type it. */
function quote(value: string): string {
  return /^[A-Za-z0-9_./:@%+=,-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}

class Collected {
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  overflow = false;

  add(chunk: Buffer): void {
    // Once a piece is missing nothing after it counts: an output with a gap would be judged as if it were one.
    if (this.overflow || this.#bytes + chunk.length > JUDGED_BYTES) {
      this.overflow = true;
      return;
    }
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString("utf8");
  }
}
