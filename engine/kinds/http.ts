import { referencesIn } from "../base/interpolate.ts";
import { oneOf } from "../base/one-of.ts";
import { judgeExpectedOutput, judgeWritten, selectValue } from "../expect/index.ts";
import type { Judgement } from "../model/expectation.ts";
import type { Need } from "../model/need.ts";
import type { Block } from "../model/runbook.ts";
import type { Values } from "../model/values.ts";
import type { HttpAnswer } from "../transports/port.ts";
import { readApiAnswer } from "./http/api-answer.ts";
import { credentialsOf, secretsIn } from "./http/credentials.ts";
import { fillMessage, type HttpMessage, parseMessage, printMessage } from "./http/http-message.ts";
import { judgeTask } from "./http/judge-task.ts";
import { answerLost, answerTo } from "./http/send.ts";
import type { BodyMessage, Kind, KindResult, Ports, Recorder, Task } from "./kind.ts";
import { inspectExpectedOutput } from "./text/inspect-expected-output.ts";

/** A path of a node's API, or the whole address of one. */
const API = /^\/|^https:\/\/[^/]+\/api2\//;

/**
 * A request in the `.http` convention, sent once for each line of the value that `each` names; a task that an answer names is followed to
 * its end.
 */
export const http: Kind = {
  name: "http",
  needs: (block) => needsOf(block),
  credentials: credentialsOf,
  inspect,
  describe: (block, values) => {
    const message = parseMessage(block.body);
    if ("reason" in message) return block.body;
    return linesOf(block, values)
      .map((each) => printMessage(fillMessage(message, each)))
      .join("\n\n###\n\n");
  },
  execute,
};

function needsOf(block: Block): readonly Need[] {
  const message = parseMessage(block.body);
  if ("reason" in message) return [];
  if (message.url.startsWith("bmc:")) return ["bmc"];
  return message.url.startsWith("/") ? ["pve"] : [];
}

function inspect(block: Block): readonly BodyMessage[] {
  const message = parseMessage(block.body);
  if (!("reason" in message))
    return [...secretsInAddress(block, message), ...inspectEach(block), ...inspectExpectedOutput(block)];
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
function secretsInAddress(block: Block, { url, line, firstLine }: HttpMessage): readonly BodyMessage[] {
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

/**
 * The same request again and again would be a mistake. So would a second round of an action: it begins at the first line, which the first
 * round has done already, and a volume that is gone cannot be deleted again.
 */
function inspectEach({ settings, raw, role, body, place }: Block): readonly BodyMessage[] {
  const { each } = settings;
  if (each === undefined) return [];
  const messages: BodyMessage[] = [];
  if (!referencesIn(body).includes(each)) {
    const reason = `« each » parcourt « ${each} », que la requête n’emploie pas.`;
    messages.push({
      rule: "http-each",
      place,
      reason,
      remedy: `Écrivez {{${each}}} dans la requête, ou retirez « each ».`,
    });
  }
  for (const key of ["retry", "until"] as const) {
    if (role !== "action" || settings[key] === undefined) continue;
    messages.push({
      rule: "http-each",
      place: raw[key]?.place ?? place,
      reason: `« ${key} » recommencerait « each » à sa première ligne, et cette action enverrait de nouveau ce qui a déjà réussi.`,
      remedy: `Retirez « ${key} » ; mettez l’attente dans un .check, devant l’action ou dans « verify ».`,
    });
  }
  return messages;
}

/** The values of each request in turn: of the value that is gone through, one line. */
function linesOf({ settings: { each } }: Block, values: Values): readonly Values[] {
  const whole = each === undefined ? undefined : values[each];
  if (each === undefined || whole === undefined) return [values];
  return whole
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => ({ ...values, [each]: line }));
}

/** What came of one request. */
interface Exchange {
  readonly answer: string;
  readonly judgements: readonly Judgement[];
  readonly saved: Values;
}

async function execute(task: Task, ports: Ports, recorder: Recorder): Promise<KindResult> {
  const parsed = parseMessage(task.block.body);
  if ("reason" in parsed) throw new TypeError(`Unchecked http block ${task.block.id}: ${parsed.reason}`);
  const secrets = await secretValues(parsed, task);
  const rounds = linesOf(task.block, task.values);
  const done: Exchange[] = [];
  for (const values of rounds) {
    const message = fillMessage(parsed, { ...values, ...secrets });
    if (rounds.length > 1) {
      const { method, url } = fillMessage(parsed, values);
      recorder.output("stdout", Buffer.from(`${method} ${url}\n`));
    }
    const exchange = await exchangeOf(message, { ...task, values }, ports, recorder);
    done.push(exchange);
    // What was refused once is not asked of the next one; a look changes nothing, and the rest is worth seeing.
    if (task.block.role === "action" && exchange.judgements.some(({ ok }) => !ok)) break;
  }
  const nothing = { ok: false, expected: `une valeur dans « ${task.block.settings.each} »`, obtained: "aucune valeur" };
  const judgements = rounds.length === 0 ? [nothing] : done.flatMap((exchange) => exchange.judgements);
  const wrong = judgements.filter(({ ok }) => !ok);
  return {
    outcome:
      wrong.length === 0
        ? { status: "passed", judgements }
        : { status: "failed", reason: wrong.map(({ obtained }) => obtained).join(" ; "), judgements },
    answer: [...new Set(done.map(({ answer }) => answer))].join(", "),
    saved: Object.assign({}, ...done.map(({ saved }) => saved)),
    figure: task.figure ? { type: "terminal", step: task.block.id, targets: [] } : null,
  };
}

async function exchangeOf(message: HttpMessage, task: Task, ports: Ports, recorder: Recorder): Promise<Exchange> {
  const node = task.target.type === "node" ? task.target.node : undefined;
  const answer = await answerTo(message, node, task, ports);
  const text = answer.body.toString("utf8");
  recorder.output("stdout", Buffer.from(`HTTP ${answer.status} ${answer.reason}\n${readable(text)}\n`));
  const mediaType = answer.headers["content-type"]?.split(";")[0] ?? "application/octet-stream";
  await recorder.attach("response", answer.body, mediaType);
  const api = node !== undefined && API.test(message.url) ? readApiAnswer(answer, { ...message, node }) : undefined;
  const { status: allowed, expect = [] } = task.block.settings;
  const status = judgeStatus(api ?? { status: answer.status, words: statusLine(answer) }, allowed);
  if (api?.uncertain === true && !status.ok && task.block.role === "action") throw answerLost(message, api.words);
  const judgements: Judgement[] = [
    status,
    ...judgeWritten(expect, text, task.values),
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
  if (api?.refused !== undefined) {
    judgements.push({
      ok: false,
      expected: "une demande acceptée",
      obtained: `${statusLine(answer)}, mais ${api.refused}`,
    });
  }
  if (node !== undefined && api?.upid !== undefined) {
    const end = await ports.http.followTask(node, api.upid, task.signal, {
      progress: (words) => recorder.progress(words),
      renews: task.block.settings.renews === "tls",
    });
    recorder.output("stdout", Buffer.from(`${end.log.join("\n")}\n`));
    await recorder.attach("task-log", JSON.stringify(end), "application/json");
    judgements.push(judgeTask(end));
  }
  return { answer: statusLine(answer), judgements, saved };
}

function statusLine({ status, reason }: HttpAnswer): string {
  return `HTTP ${status} ${reason}`.trimEnd();
}

/** Secrets that headers and body name as `{{secrets.name}}`; what is shown and kept of the request never holds their values. */
async function secretValues({ headers, body }: HttpMessage, task: Task): Promise<Values> {
  const names = new Set([...Object.values(headers), body].flatMap(secretsIn));
  return Object.fromEntries(
    await Promise.all([...names].map(async (name) => [`secrets.${name}`, await task.secret(name)] as const)),
  );
}

function judgeStatus(
  { status, words }: { readonly status: number; readonly words: string },
  allowed: readonly number[] | undefined,
): Judgement {
  const ok = allowed === undefined ? status >= 200 && status < 300 : allowed.includes(status);
  return {
    ok,
    expected: allowed === undefined ? "une réponse HTTP 2xx" : `une réponse HTTP ${oneOf(allowed.map(String))}`,
    obtained: words,
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
