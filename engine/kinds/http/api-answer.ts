import { parseUpid } from "../../model/upid.ts";
import type { HttpAnswer } from "../../transports/port.ts";
import type { Asked } from "./asked.ts";
import { statusCause } from "./status-cause.ts";

/** What an answer of Proxmox's API says, whichever of its two envelopes it came in. */
export interface ApiAnswer {
  /** The status that counts: of the extjs flavour, which always answers 200, the one inside. */
  readonly status: number;
  /** Status, text and faulty fields in one line, with the cause and what to do where it is known. */
  readonly words: string;
  /** Why an answer of success is a refusal all the same. */
  readonly refused?: string | undefined;
  /** The task that it names. */
  readonly upid?: string | undefined;
  /** The gateway or the relay gave up after sending: what was asked for may be done. */
  readonly uncertain: boolean;
}

interface Envelope {
  readonly data?: unknown;
  readonly success?: unknown;
  readonly status?: unknown;
  readonly message?: unknown;
  readonly errors?: unknown;
}

/** Requests that Proxmox answers with a task, always. */
const STARTS_TASK =
  /^(?:\/api2\/(?:json|extjs))?\/nodes\/[^/]+\/(?:qemu|lxc)\/\d+\/(?:migrate|remote_migrate|clone|status\/(?!current)[a-z]+)(?:\?|$)/;
const UNCERTAIN: ReadonlySet<number> = new Set([502, 503, 504, 596, 597, 598, 599]);

/** Reads an answer of a node's API. Never throws: what is no JSON speaks by its status line. */
export function readApiAnswer(answer: HttpAnswer, asked: Asked): ApiAnswer {
  const envelope = envelopeOf(answer);
  const { data, success } = envelope;
  const failed = success !== undefined && Number(success) !== 1;
  const inner = Number(envelope.status);
  const status = failed ? (inner >= 100 && inner <= 599 ? inner : 500) : answer.status;
  const said = textOf(envelope, answer);
  const words = [`HTTP ${status} ${said}`.trim(), fieldsOf(envelope.errors), statusCause(status, said, asked)];
  const done = status >= 200 && status < 300;
  const upid = typeof data === "string" && parseUpid(data) !== undefined ? data : undefined;
  return {
    status,
    words: words.filter((part) => part !== "").join(" — "),
    refused: done ? refusalIn(data, upid, asked) : undefined,
    upid,
    uncertain: UNCERTAIN.has(status),
  };
}

function envelopeOf({ body }: HttpAnswer): Envelope {
  try {
    const parsed: unknown = JSON.parse(body.toString("utf8"));
    return typeof parsed === "object" && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}

/** The message is the reason phrase with its accents and line breaks: a status line cannot hold them. */
function textOf({ message }: Envelope, { reason }: HttpAnswer): string {
  if (typeof message !== "string" || message.trim() === "") return reason;
  return message.trim().replace(/\s*\n\s*/g, " ");
}

function fieldsOf(errors: unknown): string {
  if (typeof errors === "string") return errors.trim();
  if (typeof errors !== "object" || errors === null) return "";
  return Object.entries(errors)
    .map(([field, text]) => `${field} : ${(typeof text === "string" ? text : JSON.stringify(text)).trim()}`)
    .join(" ; ");
}

/** Success of the call is not success of the request. */
function refusalIn(data: unknown, upid: string | undefined, { method, url }: Asked): string | undefined {
  const blocking =
    typeof data === "object" && data !== null && "blocking-resources" in data ? data["blocking-resources"] : undefined;
  if (Array.isArray(blocking) && blocking.length > 0) {
    const each = blocking.map((one: { readonly sid?: unknown; readonly cause?: unknown }) =>
      [one.sid, one.cause === undefined ? undefined : `(${String(one.cause)})`].filter(Boolean).join(" "),
    );
    return `la HA refuse, à cause de ${each.join(", ")} : changez la règle d’affinité, ou déplacez d’abord ces ressources`;
  }
  if (method !== "POST" || upid !== undefined || !STARTS_TASK.test(url)) return undefined;
  return "aucune tâche n’a été lancée : la réponse ne contient pas d’UPID";
}
