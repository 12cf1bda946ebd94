import { describe, expect, it } from "vitest";
import { blockSettingsSchema } from "../../../engine/model/block-settings.ts";

describe("blockSettingsSchema, durations", () => {
  it.each([
    ["30s", 30_000],
    ["168h", 604_800_000],
  ])("reads %s", (timeout, ms) => {
    expect(blockSettingsSchema.parse({ timeout }).timeout).toBe(ms);
  });

  it.each(["0s", "0ms", "169h", "1000h", "30"])("refuses %s, which no timer can keep", (timeout) => {
    expect(blockSettingsSchema.safeParse({ timeout }).success).toBe(false);
    expect(blockSettingsSchema.safeParse({ until: { every: "1s", within: timeout } }).success).toBe(false);
  });
});
