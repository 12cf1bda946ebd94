import { isProblem } from "../../base/problem.ts";
import type { WatchShot } from "../../model/watch-spec.ts";
import { fillSpec } from "../browser/fill-spec.ts";
import type { Ports, Task } from "../kind.ts";
import { nodeOfShot } from "./shot-taker.ts";

/** What is not open by then is opened by the picture itself. */
const PATIENCE_MS = 20_000;

/**
 * Opens the browser and the page of the first picture before what is accompanied begins: a moment may be shorter than a start. What goes
 * wrong here will go wrong at the picture too, and be said there.
 */
export async function warmUp(
  shots: readonly WatchShot[],
  task: Task,
  ports: Ports,
  signal: AbortSignal,
): Promise<void> {
  const [first] = shots;
  if (first === undefined) return;
  const { when: _, capture: __, on: ___, dialog: ____, fill: _____, ...spec } = first;
  const filled = fillSpec(
    { ...spec, expect: [], highlight: [], mask: [], freeze: [], crop: "page", scale: 1 },
    task.values,
  );
  if (!filled.ok) return;
  const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  try {
    await ports.browser.shoot(nodeOfShot(first, task), { spec: filled.spec, signal: patience });
  } catch (error) {
    if (!isProblem(error) && !patience.aborted) throw error;
  }
}
