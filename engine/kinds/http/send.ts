import { isProblem, ProblemError } from "../../base/problem.ts";
import { ANSWER_LOST } from "../../model/answer-lost.ts";
import type { InventoryNode } from "../../model/inventory.ts";
import type { HttpAnswer } from "../../transports/port.ts";
import type { Ports, Task } from "../kind.ts";
import type { HttpMessage } from "./http-message.ts";

/** How long a service that restarts is asked again; what waits by itself, or takes silence for a no, asks once. */
const PATIENCE_MS = 15_000;

/**
 * Sends a request. Throws ProblemError HTTP_TIMEOUT, which names it, when the block's time ends first, or HTTP_ANSWER_LOST of a change; else
 * as the door does.
 */
export async function answerTo(
  message: HttpMessage,
  node: InventoryNode | undefined,
  task: Task,
  ports: Ports,
): Promise<HttpAnswer> {
  const { until, unreachable, status } = task.block.settings;
  const expected = status?.some((each) => each === 401 || each >= 500) === true;
  const once = until !== undefined || unreachable === "fails" || task.hurried === true || expected;
  try {
    return await ports.http.request(node, {
      method: message.method,
      url: message.url,
      headers: message.headers,
      body: message.body === "" ? undefined : message.body,
      patienceMs: once ? 0 : PATIENCE_MS,
      signal: task.signal,
    });
  } catch (error) {
    if (!task.signal.aborted || isProblem(error)) throw error;
    if (task.block.role === "action" && !/^(?:GET|HEAD)$/i.test(message.method))
      throw answerLost(message, "aucune réponse dans le délai de cette étape");
    const whom = node === undefined ? "" : ` de ${node.name}`;
    throw new ProblemError("HTTP_TIMEOUT", `Aucune réponse${whom} à « ${message.method} ${message.url} ».`, {
      scope: "environment",
      hint: "Donnez plus de temps à cette étape (`timeout`), ou voyez ce qui ralentit ce service.",
    });
  }
}

/** A relay that gave up, or a time that ended, after it was sent: nobody knows whether the change was made. */
export function answerLost({ method, url }: HttpMessage, words: string): ProblemError {
  return new ProblemError(ANSWER_LOST, `« ${method} ${url} » est peut-être fait, sa réponse est perdue : ${words}.`, {
    scope: "environment",
    hint: "La demande n’est pas répétée. Donnez à cette action un `verify`, qui dira si c’est fait ; ou relancez : sa garde (`unless`) le dira.",
  });
}
