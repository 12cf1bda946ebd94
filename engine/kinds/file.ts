import { interpolate, referencesIn } from "../base/interpolate.ts";
import { judgeExit, judgeExpectedOutput, judgeWritten } from "../expect/index.ts";
import type { Judgement } from "../model/expectation.ts";
import type { Block } from "../model/runbook.ts";
import type { Values } from "../model/values.ts";
import type { ShellEnd } from "../transports/port.ts";
import { WRITE_SCRIPT } from "./file/write-script.ts";
import type { BodyMessage, Kind, KindResult, Ports, Recorder, Task } from "./kind.ts";
import { inspectExpectedOutput } from "./text/inspect-expected-output.ts";

/** Keys that have no sense on a file, or whose sense is the kind's own. */
const FOREIGN = ["exit", "session", "pty", "answers", "save"] as const;

/** A file as it is to be on a node: written when it is not so yet, with the difference as output. */
export const file: Kind = {
  name: "file",
  needs: () => ["shell"],
  inspect,
  describe: ({ settings: { path = "", mode, owner }, body }, values) => {
    const head = [interpolate(path, values), mode, owner].filter((part) => part !== undefined).join("  ");
    return `${head}\n\n${interpolate(body, values)}`;
  },
  execute,
};

function inspect(block: Block): readonly BodyMessage[] {
  const { path, ...settings } = block.settings;
  const say = (key: string, reason: string, remedy: string): BodyMessage => ({
    rule: "file-block",
    place: block.raw[key]?.place ?? block.place,
    reason,
    remedy,
  });
  const messages = [...inspectExpectedOutput(block)];
  if (path === undefined) {
    messages.push(say("path", "Rien ne dit où ce fichier s’écrit.", 'Ajoutez path="/chemin/du/fichier".'));
  } else if (!/^(?:\/|\{\{)/.test(path) || path.endsWith("/")) {
    messages.push(
      say("path", `« ${path} » n’est pas le chemin entier d’un fichier.`, "Écrivez-le depuis la racine : /etc/…"),
    );
  }
  if (block.role === "check") {
    messages.push(
      say(
        "role",
        "Un bloc .file écrit : ce n’est pas un contrôle.",
        "Retirez .check, ou lisez le fichier dans un bloc bash.",
      ),
    );
  }
  for (const key of FOREIGN) {
    if (settings[key] === undefined) continue;
    messages.push(say(key, `« ${key} » n’est pas un réglage d’un bloc .file.`, `Retirez « ${key} ».`));
  }
  return messages;
}

async function execute(task: Task, ports: Ports, recorder: Recorder): Promise<KindResult> {
  const { path = "", mode = "", owner = "", expect = [] } = task.block.settings;
  const { body } = task.block;
  const missing = [path, body]
    .flatMap((text) => referencesIn(text))
    .filter((name) => !Object.hasOwn(task.values, name));
  if (missing.length > 0) return unknownValues(missing);
  const environment = { constat_path: interpolate(path, task.values), constat_content: content(body, task.values) };
  const out: Buffer[] = [];
  const end = await ports.shell.run(task.target, {
    interpreter: "sh",
    script: WRITE_SCRIPT,
    environment: { ...environment, constat_mode: mode, constat_owner: owner },
    answers: [],
    signal: task.signal,
    onOutput: (stream, chunk) => {
      recorder.output(stream, chunk);
      out.push(chunk);
    },
  });
  const text = Buffer.concat(out).toString("utf8");
  const judgements = [
    judgeEnd(end, text, environment.constat_path),
    ...judgeWritten(expect, text, task.values),
    ...judgeExpectedOutput(task.block.expectedOutput, text, task.values),
  ];
  const wrong = judgements.filter(({ ok }) => !ok);
  return {
    outcome:
      wrong.length === 0
        ? { status: "passed", judgements }
        : { status: "failed", reason: wrong.map(({ obtained }) => obtained).join(" ; "), judgements },
    answer: text.startsWith("inchangé") ? "inchangé" : end.status === "exited" && end.code === 0 ? "écrit" : "",
    saved: {},
    figure: task.figure ? { type: "terminal", step: task.block.id, targets: [] } : null,
  };
}

/** The script ends it with a line break of its own. */
function content(body: string, values: Values): string {
  return interpolate(body, values).replace(/\n$/, "");
}

function judgeEnd(end: ShellEnd, text: string, path: string): Judgement {
  const expected = `${path} tel qu’il est écrit ici`;
  if (end.status === "exited" && end.code === 0) {
    return { ok: true, expected, obtained: text.startsWith("inchangé") ? "inchangé : il l’était déjà" : "écrit" };
  }
  const { obtained } = judgeExit(undefined, end);
  const last = text.trimEnd().split("\n").at(-1) ?? "";
  return { ok: false, expected, obtained: end.status === "exited" && end.code === 3 ? last : `${obtained} : ${last}` };
}

function unknownValues(missing: readonly string[]): KindResult {
  const reason = `Valeur inconnue à cette étape : ${missing.join(", ")}.`;
  const hint = "Déclarez-la, ou relevez-la dans un bloc placé avant.";
  return { outcome: { status: "errored", code: "FILE_BLOCK", reason, hint }, answer: "", saved: {}, figure: null };
}
