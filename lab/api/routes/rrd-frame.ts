import type { ParameterSchema } from "../parameters.ts";
import type { ApiCall } from "../route.ts";

/** Seconds between points, by time frame; every frame has 70 points. */
const STEPS: Readonly<Record<string, number>> = { hour: 60, day: 1800, week: 10_800, month: 43_200, year: 604_800 };
const POINTS = 70;

/** What every `rrddata` asks for. */
export const RRD_PARAMETERS: ParameterSchema = {
  timeframe: { required: true, values: Object.keys(STEPS) },
  cf: { values: ["AVERAGE", "MAX"] },
};

/** The times of a frame's points in lab seconds, the newest one last: that of the last whole step; and the step. */
export function rrdFrame({ world, params }: Pick<ApiCall, "world" | "params">): {
  readonly step: number;
  readonly times: readonly number[];
} {
  const step = STEPS[params["timeframe"] ?? "hour"] ?? 60;
  const last = Math.floor(world.clock.seconds() / step) * step;
  return { step, times: Array.from({ length: POINTS }, (_, index) => last - (POINTS - 1 - index) * step) };
}
