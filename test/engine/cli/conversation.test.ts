import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { openConversation } from "../../../engine/cli/conversation.ts";
import type { Terminal } from "../../../engine/cli/terminal.ts";

function terminal(interactive: boolean): Terminal {
  return { out: () => {}, err: () => {}, style: (_, text) => text, interactive };
}

const never = new AbortController().signal;

describe("openConversation()", () => {
  it("gives one line to each question", async () => {
    const input = new PassThrough();
    const talk = openConversation(terminal(true), input);
    const first = talk?.question("", never);
    input.write("un\n");
    expect(await first).toBe("un");
    const second = talk?.question("", never);
    input.write("deux\n");
    expect(await second).toBe("deux");
  });

  it("is no conversation without a terminal", () => {
    expect(openConversation(terminal(false), new PassThrough())).toBeUndefined();
  });

  it("rejects when the person leaves, and when the question is called off", async () => {
    const input = new PassThrough();
    const gone = openConversation(terminal(true), input)?.question("", never);
    input.end();
    await expect(gone).rejects.toMatchObject({ name: "AbortError" });
    const stop = new AbortController();
    const asked = openConversation(terminal(true), new PassThrough())?.question("", stop.signal);
    stop.abort();
    await expect(asked).rejects.toThrow();
  });
});
