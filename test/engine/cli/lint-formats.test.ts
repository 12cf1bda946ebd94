import { chmodSync, lstatSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { chapter, cliProject } from "../../support/cli-project.ts";

const F = "```";
const TEXT = chapter(
  `${F}bash {#a .chek on=local}\ntrue\n${F}\n\n${F}bash {#b .chek on=local}\ntrue\n${F}\n\n[ Capture : 100 %, là ]`,
);
const MATCHER = join(import.meta.dirname, "../../../docs/ci/problem-matcher.json");

describe("constat lint for other programs", () => {
  it("writes SARIF with each mistake at its line, also two of one rule, and exits as it does for people", async () => {
    const { constat } = await cliProject({ "rb/03.md": TEXT });
    const { code, stdout } = await constat("lint", "rb", "--sarif");
    expect(code).toBe(2);
    const { results, tool } = JSON.parse(stdout).runs[0];
    const wrong = results.filter(({ ruleId }: { ruleId: string }) => ruleId === "unknown-class");
    expect(wrong.map((each: { locations: unknown[] }) => each.locations[0])).toEqual(
      [7, 11].map((startLine) => ({
        physicalLocation: {
          artifactLocation: { uri: "rb/03.md" },
          region: { startLine, startColumn: expect.any(Number) },
        },
      })),
    );
    const prints = results.map((each: { partialFingerprints: object }) => JSON.stringify(each.partialFingerprints));
    expect(new Set(prints).size).toBe(prints.length);
    expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toContain("unfilled-capture");
  });

  it("writes GitHub's annotations, one line each, and nothing of the text ends them", async () => {
    const { constat } = await cliProject({ "rb, x/03.md": TEXT });
    const { stdout } = await constat("lint", "rb, x", "--format", "github");
    const lines = stdout.trimEnd().split("\n");
    for (const line of lines)
      expect(line).toMatch(/^::(?:error|warning) file=rb%2C x\/03\.md,line=\d+,col=\d+,title=[a-z-]+::./);
    expect(lines.find((line) => line.includes("unfilled-capture"))).toContain("100 %25, là");
  });

  it("writes nothing for a sound document but an empty log", async () => {
    const { constat } = await cliProject({ "rb/03.md": chapter("Rien.") });
    expect(await constat("lint", "rb", "--format", "github")).toMatchObject({ code: 0, stdout: "" });
    expect(JSON.parse((await constat("lint", "rb", "--sarif")).stdout).runs[0].results).toEqual([]);
  });

  it("has a problem matcher that reads each line of it in both languages", async () => {
    const { problemMatcher } = JSON.parse(readFileSync(MATCHER, "utf8"));
    const { constat } = await cliProject({ "rb/03.md": TEXT });
    const { stderr } = await constat("lint", "rb");
    const matched = (text: string) =>
      problemMatcher.flatMap(
        ({ severity, pattern: [matcher] }: { severity: string; pattern: [{ regexp: string; code: number }] }) =>
          text
            .split("\n")
            .flatMap((line) => new RegExp(matcher.regexp).exec(line)?.[matcher.code] ?? [])
            .map((rule) => `${severity} ${rule}`),
      );
    expect(matched(stderr)).toEqual(expect.arrayContaining(["error unknown-class", "error unfilled-capture"]));
    expect(matched("a.md:1:2 error Some text. [a-rule]")).toEqual(["error a-rule"]);
    expect(matched("a.md:1:2 avertissement Texte. [b-rule]")).toEqual(["warning b-rule"]);
  });
});

describe("constat fmt", () => {
  it("keeps the permissions of the file, and the link that leads to it", async () => {
    const { here, path } = await cliProject({ "03.md": `# 3. Essai\n\n${F}sh {"name":"noyau"}\nuname\n${F}\n` });
    chmodSync(path("03.md"), 0o640);
    symlinkSync("03.md", path("lien.md"));
    expect((await here("fmt", path("lien.md"))).code).toBe(0);
    expect(lstatSync(path("lien.md")).isSymbolicLink()).toBe(true);
    expect([statSync(path("03.md")).mode & 0o7777, readFileSync(path("03.md"), "utf8")]).toEqual([
      0o640,
      expect.stringContaining("{#noyau}"),
    ]);
    writeFileSync(path("03.md"), `# 3. Essai\n\n${F}sh {"name":"noyau"}\nuname\n${F}\n`);
    chmodSync(path("03.md"), 0o755);
    await here("fmt", path("03.md"));
    expect(statSync(path("03.md")).mode & 0o7777).toBe(0o755);
  });
});
