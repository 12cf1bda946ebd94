import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { pathToFileURL } from "node:url";
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

  it("asks one question at a time, whoever asks", async () => {
    const input = new PassThrough();
    const first = openConversation(terminal(true), input)?.question("", never);
    const second = openConversation(terminal(true), input)?.hidden("", never);
    input.write("un\n");
    expect(await first).toBe("un");
    input.write("deux\n");
    expect(await second).toBe("deux");
  });

  it("does not show what is hidden, on a real terminal", async () => {
    const module = pathToFileURL(join(import.meta.dirname, "../../../engine/cli/conversation.ts"));
    const program = `
      import { openConversation } from ${JSON.stringify(module.href)};
      const terminal = { err: (text) => process.stderr.write(text), interactive: true };
      const typed = await openConversation(terminal).hidden("Phrase : ", new AbortController().signal);
      console.log("[" + typed.length + "]");
      process.exit();`;
    const folder = mkdtempSync(join(tmpdir(), "constat-hidden-"));
    try {
      writeFileSync(join(folder, "ask.mjs"), program);
      const child = spawn("script", ["-qefc", `'${process.execPath}' '${join(folder, "ask.mjs")}'`, "/dev/null"]);
      let shown = "";
      child.stdout.on("data", (chunk: Buffer) => {
        if (!shown.includes("Phrase : ") && (shown + String(chunk)).includes("Phrase : "))
          child.stdin.write("motsecret\r");
        shown += String(chunk);
      });
      await new Promise((resolve) => child.once("close", resolve));
      expect(shown).toContain("[9]");
      expect(shown).not.toContain("motsecret");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
