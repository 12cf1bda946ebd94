import { expect } from "vitest";
import type { Answer } from "./client.ts";
import type { Exchange } from "./recording.ts";
import { shapeDifferences } from "./shape.ts";

/** Holds the lab's answer against the recorded one: status, reason, headers, and the keys and types of the body; `allowed` names differences of the machines. */
export function compareAnswer(exchange: Exchange, answer: Answer, allowed: readonly RegExp[] = []): void {
  const { id, method, path, status, reason, connection, body } = exchange;
  const where = `${id}: ${method} ${path}`;
  expect([where, answer.status, answer.reason]).toEqual([where, status, reason]);
  // A proxy that answered for another node writes both words in one header or in two.
  const words = (headers: readonly string[] = []) => [...new Set(headers.flatMap((header) => header.split(",")))];
  expect(words(answer.headers["connection"]), where).toEqual(words(connection));
  const answered = answer.text === "" ? undefined : JSON.parse(answer.text);
  const differences = shapeDifferences(body, answered);
  expect(
    differences.filter((each) => !allowed.some((pattern) => pattern.test(each))),
    where,
  ).toEqual([]);
}
