import { oneOf } from "../base/one-of.ts";
import { judgeExpectedOutput, judgeWritten, selectValue } from "../expect/index.ts";
import type { Judgement } from "../model/expectation.ts";
import type { Need } from "../model/need.ts";
import type { Block } from "../model/runbook.ts";
import type { Values } from "../model/values.ts";
import type { HttpAnswer } from "../transports/port.ts";
import { credentialsOf, secretsIn } from "./http/credentials.ts";
import { fill, type Message, parse, print } from "./http/message.ts";
import type { BodyMessage, Kind, KindResult, Ports, Recorder, Task } from "./kind.ts";
import { inspectExpectedOutput } from "./text/inspect-expected-output.ts";

const UPID = /^UPID:[^:]+:[0-9A-F]{8}:/;

/** A request in the `.http` convention; a Proxmox task that the answer names is followed to its end. */
export const http: Kind = {
  name: "http",
  needs: (block) => needsOf(block),
  credentials: credentialsOf,
  inspect,
  describe: (block, values) => {
    const message = parse(block.body);
    return "reason" in message ? block.body : print(fill(message, values));
  },
  execute,
};

function needsOf(block: Block): readonly Need[] {
  const message = parse(block.body);
  if ("reason" in message) return [];
  if (message.url.startsWith("bmc:")) return ["bmc"];
  return message.url.startsWith("/") ? ["pve"] : [];
}

function inspect(block: Block): readonly BodyMessage[] {
  const message = parse(block.body);
  if (!("reason" in message)) return [...secretsInAddress(block, message), ...inspectExpectedOutput(block)];
  const place = { file: block.place.file, line: block.bodyLine + message.line, column: block.bodyColumn };
  return [
    {
      rule: "bad-http",
      place,
      reason: message.reason,
      remedy: "Suivez la forme `GET /chemin`, puis les en-têtes, une ligne vide et le corps.",
    },
  ];
}

/** An address is written to the logs of every server on its way. */
function secretsInAddress(block: Block, { url, line, firstLine }: Message): readonly BodyMessage[] {
  return secretsIn(url).map((name) => ({
    rule: "bad-http",
    place: {
      file: block.place.file,
      line: block.bodyLine + line,
      column: block.bodyColumn + Math.max(0, firstLine.indexOf("{{")),
    },
    reason: `Le secret « ${name} » serait écrit dans l’adresse, que les serveurs journalisent.`,
    remedy: `Donnez {{secrets.${name}}} dans un en-tête ou dans le corps.`,
  }));
}

async function execute(task: Task, ports: Ports, recorder: Recorder): Promise<KindResult> {
  const parsed = parse(task.block.body);
  if ("reason" in parsed) throw new TypeError(`Unchecked http block ${task.block.id}: ${parsed.reason}`);
  const message = fill(parsed, { ...task.values, ...(await secretValues(parsed, task)) });
  const node = task.target.type === "node" ? task.target.node : undefined;
  const answer = await ports.http.request(node, {
    method: message.method,
    url: message.url,
    headers: message.headers,
    body: message.body === "" ? undefined : message.body,
    signal: task.signal,
  });
  const text = answer.body.toString("utf8");
  recorder.output("stdout", Buffer.from(`HTTP ${answer.status} ${answer.reason}\n${readable(text)}\n`));
  await recorder.attach(
    "response",
    answer.body,
    answer.headers["content-type"]?.split(";")[0] ?? "application/octet-stream",
  );

  const judgements: Judgement[] = [
    judgeStatus(answer, task.block.settings.status),
    ...judgeWritten(task.block.settings.expect ?? [], text, task.values),
    ...judgeExpectedOutput(task.block.expectedOutput, readable(text), task.values),
  ];
  const saved: Record<string, string> = {};
  for (const [name, selector] of Object.entries(task.block.settings.save ?? {})) {
    const found = selectValue(selector, text, task.values);
    if ("value" in found) saved[name] = found.value;
    else
      judgements.push({ ok: false, expected: `une valeur à garder sous le nom « ${name} »`, obtained: found.missing });
  }
  if (answer.task !== undefined) {
    const { ok, state, messages } = answer.task;
    recorder.output("stdout", Buffer.from(`${[`Tâche ${state}`, ...messages].join("\n")}\n`));
    await recorder.attach("task-log", JSON.stringify(answer.task), "application/json");
    judgements.push({ ok, expected: "une tâche Redfish qui aboutit", obtained: `tâche ${state}` });
  }
  const upid = node === undefined ? undefined : taskIn(text);
  if (node !== undefined && upid !== undefined) {
    const end = await ports.http.followTask(node, upid, task.signal);
    recorder.output("stdout", Buffer.from(`${end.log.join("\n")}\n`));
    await recorder.attach("task-log", JSON.stringify(end), "application/json");
    const ok = end.exitStatus === "OK" || end.exitStatus.startsWith("WARNINGS");
    judgements.push({
      ok,
      expected: "une tâche Proxmox qui finit par OK",
      obtained: `tâche finie : ${end.exitStatus}`,
    });
  }
  const wrong = judgements.filter(({ ok }) => !ok);
  return {
    outcome:
      wrong.length === 0
        ? { status: "passed", judgements }
        : { status: "failed", reason: wrong.map(({ obtained }) => obtained).join(" ; "), judgements },
    answer: `HTTP ${answer.status}${answer.reason === "" ? "" : ` ${answer.reason}`}`,
    saved,
    figure: task.figure ? { type: "terminal", step: task.block.id, targets: [] } : null,
  };
}

/** Secrets that headers and body name as `{{secrets.name}}`; what is shown and kept of the request never holds their values. */
async function secretValues({ headers, body }: Message, task: Task): Promise<Values> {
  const names = new Set([...Object.values(headers), body].flatMap(secretsIn));
  return Object.fromEntries(
    await Promise.all([...names].map(async (name) => [`secrets.${name}`, await task.secret(name)] as const)),
  );
}

function judgeStatus({ status, reason }: HttpAnswer, allowed: readonly number[] | undefined): Judgement {
  return {
    ok: allowed === undefined ? status >= 200 && status < 300 : allowed.includes(status),
    expected: allowed === undefined ? "une réponse HTTP 2xx" : `une réponse HTTP ${oneOf(allowed.map(String))}`,
    obtained: `HTTP ${status} ${reason}`.trim(),
  };
}

/** Indented JSON when it is JSON: that is what the report shows; the bytes as they came are kept beside it. */
function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

function taskIn(text: string): string | undefined {
  try {
    const { data } = JSON.parse(text) as { data?: unknown };
    return typeof data === "string" && UPID.test(data) ? data : undefined;
  } catch {
    return undefined;
  }
}
