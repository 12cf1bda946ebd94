import { expect, it } from "vitest";
import { coverRules } from "../../../../engine/transports/browser/cover-rules.ts";

it.each([
  ["11.13% (3.56 Gio sur 32.00 Gio)", ""],
  ["0.24,0.16,0.10", ""],
  ["0,35 %", ""],
  ["2.10% sur 16 CPU(s)", ""],
  [
    "16 x Intel(R) Xeon(R) Silver 4314 CPU @ 2.40GHz (1 Socket)",
    "16 x Intel(R) Xeon(R) Silver 4314 CPU @ 2.40GHz (1 Socket)",
  ],
  ["10.202.4.31", "10.202.4.31"],
])("coverRules() leaves of « %s » what is no load", (text, left) => {
  const { freeze } = coverRules({ mask: [], freeze: ["loads"] }, []);
  const rest = freeze.reduce(
    (now, each) => ("text" in each ? now.replace(new RegExp(each.text, each.flags), "") : now),
    text,
  );
  expect(rest).toBe(left);
});
