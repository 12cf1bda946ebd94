import { describe, expect, it } from "vitest";
import { createProgram } from "../../../engine/cli/commands.ts";

async function helpOf(...command: readonly string[]): Promise<string> {
  let said = "";
  const write = (text: string) => {
    said += text;
  };
  const run = createProgram({ out: write, err: write, style: (_, text) => text, interactive: false });
  expect(await run([...command, "--help"])).toBe(0);
  return said.replace(/[\s\u00a0]+/g, " ");
}

const COMMANDS = [..."run plan lint report seal audit export diff explain doctor inventory".split(" ")];
const OTHERS = [..."init import fmt schema list completion capture".split(" ")];

describe("the help of a command", () => {
  it.each([
    [],
    ...[...COMMANDS, ...OTHERS].map((name) => [name]),
    ["inventory", "import"],
    ["capture", "add"],
    ["capture", "list"],
  ])("has no word of the argument parser's own in English: %s %s", async (...command: readonly string[]) => {
    const help = await helpOf(...command.filter((word) => word !== undefined));
    expect(help).toContain(`Usage : constat ${command.join(" ")}`.trim());
    expect(help).not.toMatch(/\b(?:Usage|Options|Arguments|Commands):|\bdefault\b|\bchoices\b|\bdisplay\b|\[command\]/);
  });

  it("says defaults and choices", async () => {
    const run = await helpOf("run");
    expect(run).toContain("(ligne, detail, json, github)");
    expect(run).toContain("runbooks ou dossiers (défaut : runbooks)");
    expect(await helpOf("diff")).toContain("de 0 à 1 (défaut : 0,05)");
  });
});
