import { judgeJson } from "../../expect/index.ts";
import type { WatchCondition } from "../../model/watch-spec.ts";
import type { Reading } from "./take-sample.ts";

/** The last reading of each sample, by name. */
export type Readings = ReadonlyMap<string, Reading>;

/** Whether all conditions hold of the last readings. What could not be asked says nothing, so nothing holds of it. */
export function hold(conditions: readonly WatchCondition[], readings: Readings): boolean {
  return conditions.every((condition) => {
    const reading = readings.get(condition.of);
    return reading !== undefined && holds(condition, reading);
  });
}

/** Whether some condition is known not to hold any more: what could not be asked says nothing. */
export function isOver(conditions: readonly WatchCondition[], readings: Readings): boolean {
  return conditions.some((condition) => {
    const reading = readings.get(condition.of);
    return reading !== undefined && reading.state !== "unknown" && !holds(condition, reading);
  });
}

function holds({ of: _, answers, path, ...rule }: WatchCondition, { state, values, data }: Reading): boolean {
  if (state === "unknown") return false;
  const judges = path !== undefined || Object.values(rule).some((value) => value !== undefined);
  if (answers !== undefined || !judges) {
    if ((state === "ok") !== (answers ?? true)) return false;
    if (!judges) return true;
  }
  if (path !== undefined) return data !== undefined && judgeJson({ type: "json", path, ...rule }, data).ok;
  // Without an answer there are no values, and « no value » would be true of silence.
  if (data === undefined && values.length === 0) return false;
  return judgeJson({ type: "json", path: "$[*]", ...rule }, [...values]).ok;
}
