import type { ApiAnswer } from "./call.ts";

/** The two flavours of the API: plain HTTP, or always 200 with `success` in the body. */
export type Flavour = "json" | "extjs";

/** An answer ready to be written on a connection. */
export interface HttpAnswer {
  readonly status: number;
  readonly reason: string;
  /** Undefined for an answer without body, content type and length. */
  readonly body: string | undefined;
}

/** Puts an answer into the envelope of a flavour. */
export function wrapAnswer(answer: ApiAnswer, flavour: Flavour): HttpAnswer {
  const { status, reason, empty } = answer;
  if (empty) return { status, reason: oneLine(reason), body: undefined };
  const body = JSON.stringify(flavour === "json" ? plainBody(answer) : extBody(answer));
  if (flavour === "extjs") return { status: 200, reason: "OK", body };
  return { status, reason: oneLine(reason), body };
}

function plainBody({ data, message, errors, total, changes }: ApiAnswer) {
  return {
    data,
    ...(message === undefined ? {} : { message }),
    ...(errors === undefined ? {} : { errors }),
    ...(total === undefined ? {} : { total }),
    ...(changes === undefined ? {} : { changes }),
  };
}

function extBody(answer: ApiAnswer) {
  const succeeded = answer.status === 200;
  return { ...plainBody(answer), success: succeeded ? 1 : 0, ...(succeeded ? {} : { status: answer.status }) };
}

/** A status line holds neither line breaks nor characters outside Latin-1. */
function oneLine(reason: string): string {
  return reason
    .replace(/\s*\n\s*/g, " ")
    .replace(/[^\x20-\x7e]/g, "?")
    .trim();
}
