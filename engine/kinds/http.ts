import { interpolate, referencesIn } from "../base/interpolate.ts";
import { oneOf } from "../base/one-of.ts";
import { judgeExpectedOutput, judgeWritten, selectValue } from "../expect/index.ts";
import type { Judgement } from "../model/expectation.ts";
import type { Need } from "../model/need.ts";
import type { Block } from "../model/runbook.ts";
import type { Values } from "../model/values.ts";
import type { HttpAnswer } from "../transports/port.ts";
import type { BodyMessage, Kind, KindResult, Ports, Recorder, Task } from "./kind.ts";
import { inspectExpectedOutput } from "./text/inspect-expected-output.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
const UPID = /^UPID:[^:]+:[0-9A-F]{8}:/;

/** A request in the `.http` convention; a Proxmox task that the answer names is followed to its end. */
export const http: Kind = {
  name: "http",
  needs: (block) => needsOf(block),
  inspect,
  describe: (block, values) => {
    const message = parse(block.body);
    return "reason" in message ? block.body : print(fill(message, values));
  },
  execute,
};

interface Message {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Malformed {
  readonly reason: string;
  /** Line of the body, from 0. */
  readonly line: number;
}

/** Reads `METHOD target [HTTP/1.1]`, header lines, an empty line and the body; lines that start with `#` before it are comments. */
function parse(text: string): Message | Malformed {
  const lines = text.split("\n");
  let at = lines.findIndex((line) => line.trim() !== "" && !/^\s*(?:#|\/\/)/.test(line));
  if (at < 0)
    return {
      reason: "La requête est vide : la première ligne doit être, par exemple, `GET /cluster/status`.",
      line: 0,
    };
  const [, method, url] = /^([A-Za-z]+)\s+(\S+)(?:\s+HTTP\/[\d.]+)?\s*$/.exec(lines[at] ?? "") ?? [];
  if (method === undefined || url === undefined || !METHODS.includes(method.toUpperCase())) {
    return { reason: `« ${(lines[at] ?? "").trim()} » n’est pas une ligne de requête.`, line: at };
  }
  const headers: Record<string, string> = {};
  for (at += 1; at < lines.length && (lines[at] ?? "").trim() !== ""; at += 1) {
    const [, name, value] = /^([A-Za-z0-9-]+)\s*:\s*(.*)$/.exec(lines[at] ?? "") ?? [];
    if (name === undefined)
      return { reason: `« ${(lines[at] ?? "").trim()} » n’est pas un en-tête « Nom: valeur ».`, line: at };
    headers[name.toLowerCase()] = value ?? "";
  }
  const body = lines
    .slice(at + 1)
    .join("\n")
    .replace(/\n+$/, "");
  return { method: method.toUpperCase(), url, headers, body };
}

/** Values are percent-encoded where they land in an address or a form, so that they cannot add parameters. */
function fill(message: Message, values: Values): Message {
  // Redfish hands out whole paths as links: there a value may hold slashes, but no query of its own.
  const encode = message.url.startsWith("bmc:") ? encodePath : encodeURIComponent;
  const encoded = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, encode(value)]));
  const form = (message.headers["content-type"] ?? "").includes("x-www-form-urlencoded");
  const quoted = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, JSON.stringify(value).slice(1, -1)]),
  );
  return {
    method: message.method,
    url: interpolate(message.url, encoded),
    headers: Object.fromEntries(
      Object.entries(message.headers).map(([name, value]) => [
        name,
        interpolate(value, values).replace(/[\r\n]/g, " "),
      ]),
    ),
    body: interpolate(message.body, form ? encoded : quoted),
  };
}

function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

function print({ method, url, headers, body }: Message): string {
  const lines = [`${method} ${url}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)];
  return body === "" ? lines.join("\n") : [...lines, "", body].join("\n");
}

function needsOf(block: Block): readonly Need[] {
  const message = parse(block.body);
  if ("reason" in message) return [];
  if (message.url.startsWith("bmc:")) return ["bmc"];
  return message.url.startsWith("/") ? ["pve"] : [];
}

function inspect(block: Block): readonly BodyMessage[] {
  const message = parse(block.body);
  if (!("reason" in message)) return inspectExpectedOutput(block);
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

async function execute(task: Task, ports: Ports, recorder: Recorder): Promise<KindResult> {
  const parsed = parse(task.block.body);
  if ("reason" in parsed) throw new TypeError(`Unchecked http block ${task.block.id}: ${parsed.reason}`);
  const message = fill(parsed, { ...task.values, ...(await secretsIn(parsed, task)) });
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

/** Secrets that the body names as `{{secrets.name}}`; what is shown and kept of the request never holds their values. */
async function secretsIn({ body }: Message, task: Task): Promise<Values> {
  const names = referencesIn(body).filter((name) => name.startsWith("secrets."));
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await task.secret(name.slice("secrets.".length))] as const)),
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
