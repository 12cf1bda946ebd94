import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { createConfirm } from "../../../engine/cli/confirm.ts";

describe("createConfirm()", () => {
  const terminal = { out: () => {}, err: () => {}, style: (_: string, text: string) => text, interactive: true };
  const step = { id: "a" };

  it.each([
    ["o\n", true],
    ["oui\n", true],
    ["non\n", false],
    ["\n", false],
  ])("takes %j as %s", async (typed, agreed) => {
    const input = new PassThrough();
    input.end(typed);
    const confirm = createConfirm(false, terminal, input);
    expect(await confirm(step, "Continuer ?", new AbortController().signal)).toBe(agreed);
  });

  it("takes the end of the input and an interruption as no", async () => {
    const over = new PassThrough();
    over.end();
    expect(await createConfirm(false, terminal, over)(step, "?", new AbortController().signal)).toBe(false);
    const stop = new AbortController();
    const asked = createConfirm(false, terminal, new PassThrough())(step, "?", stop.signal);
    stop.abort();
    expect(await asked).toBe(false);
  });

  it("asks nobody when nobody is there", async () => {
    const alone = { ...terminal, interactive: false };
    expect(await createConfirm(false, alone)(step, "?", new AbortController().signal)).toBe(false);
    expect(await createConfirm(true, alone)(step, "?", new AbortController().signal)).toBe(true);
  });
});
