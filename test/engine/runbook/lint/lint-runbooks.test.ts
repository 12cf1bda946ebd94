import { VFile } from "vfile";
import { describe, expect, test } from "vitest";
import { type LintContext, lintRunbooks, parseRunbook } from "../../../../engine/runbook/index.ts";
import { CONTEXT, seen } from "../read.ts";

/** Lints documents together; gives `rule at` per file. */
function lintAll(texts: Readonly<Record<string, string>>, context: LintContext = CONTEXT) {
  const parsed = Object.entries(texts).map(([path, value]) => {
    const file = new VFile({ path, value });
    return { file, runbook: parseRunbook(file) };
  });
  lintRunbooks(parsed, context);
  return Object.fromEntries(parsed.map(({ file }) => [file.path, seen(file)]));
}

const brief = (messages: ReturnType<typeof seen> | undefined) => messages?.map(({ rule, at }) => `${rule} ${at}`);

describe("lintRunbooks()", () => {
  test("names both places of an id that two documents use", () => {
    const block = "```bash {.check #etat on=pve1}\nhostname\n```\n";
    const messages = lintAll({ "1-a.md": `# 1. A\n\n${block}`, "2-b.md": `# 2. B\n\n\n${block}` });
    expect(messages["1-a.md"]).toEqual([]);
    expect(brief(messages["2-b.md"])).toEqual(["duplicate-id 4:17"]);
    expect(messages["2-b.md"]?.[0]?.reason).toMatch(/1-a\.md, ligne 3/);
  });

  test("resolves references and values over documents, in the order of their chapters whatever the order given", () => {
    const saves = "# 1. A\n\n```bash {#releve .check on=pve1}\n#| save: { cle: /x/ }\nhostname\n```\n";
    const uses = '# 2. B\n\n```bash {#usage .check on=pve1 needs=#releve}\n#| expect: "{{cle}}"\nhostname\n```\n';
    expect(lintAll({ "2.md": uses, "1.md": saves })).toEqual({ "2.md": [], "1.md": [] });
    const turned = lintAll({ "1.md": saves.replace("# 1.", "# 3."), "2.md": uses });
    expect(brief(turned["2.md"])).toEqual(["unknown-variable 4:13"]);
    expect(turned["2.md"]?.[0]?.reason).toMatch(/#releve/);
  });

  test("reports two documents of one chapter", () => {
    expect(brief(lintAll({ "a.md": "# 1. A\n", "b.md": "\n# 1. B\n" })["b.md"])).toEqual(["duplicate-chapter 2:1"]);
  });

  test("warns of a link of the prose that leads nowhere, at its name, and of none that leads somewhere", () => {
    const block = '```bash {#etat .check on=pve1 capture="statut"}\nhostname\n```\n\n[ Capture : statut ]\n';
    const one = `# 1. A\n\n## 1.2. Été à deux\n\n${block}`;
    const good = [
      "etat",
      "bloc-etat",
      "1-statut",
      "chapitre-1",
      "section-1.2",
      "ete-a-deux",
      "12-%C3%A9t%C3%A9-%C3%A0-deux",
    ];
    const links = good.map((name) => `[x](#${name})`).join(" ");
    const two = `# 2. B\n\n${links}\n\nDe *un\n[le titre long](#etta)* et [y][d].\n\n[d]: #ailleurs\n`;
    const messages = lintAll({ "1.md": one, "2.md": two });
    expect(brief(messages["2.md"])).toEqual(["unknown-link 6:17", "unknown-link 8:6"]);
    expect(messages["2.md"]?.[0]?.remedy).toBe("Vouliez-vous écrire « #etat » ?");
    expect(brief(messages["1.md"])).toEqual(["capture-without-expectation 5:1"]);
  });

  test("says nothing of names when no inventory is known", () => {
    const text =
      "# 1. A\n\n```bash {#a .action on=pve9,@tous}\n#| answers: { prompt: x, secret: y }\n#| expect: '{{nodes.pve9.address}}'\nls\n```\n";
    const nothing = { nodes: [], groups: [], crowds: [], secrets: [], variables: [] };
    expect(lintAll({ "a.md": text }, nothing)["a.md"]).toEqual([]);
    expect(brief(lintAll({ "a.md": text })["a.md"])).toEqual([
      "unknown-node 3:24",
      "unknown-node 3:29",
      "unknown-secret 4:34",
      "unknown-variable 5:13",
    ]);
  });

  test("stays silent on what a swallowed block would explain, in every document", () => {
    const broken = "# 1. A\n\n```bash {#a .check on=pve1}\nls\n\n```bash {#b .action on=pve1}\nreboot\n```\n";
    const other = "# 2. B\n\n```bash {#c .check on=pve9 needs=#b}\nls\n```\n";
    const messages = lintAll({ "1.md": broken, "2.md": other });
    expect(brief(messages["1.md"])).toEqual(["unbalanced-fence 3:1"]);
    expect(brief(messages["2.md"])).toEqual(["unknown-node 3:23"]);
  });

  test("finds a cycle once, through any number of documents", () => {
    const block = (id: string, needs: string) => `\`\`\`bash {#${id} .check on=pve1 needs=${needs}}\nls\n\`\`\`\n`;
    const messages = lintAll({
      "1.md": `# 1. A\n\n${block("a", "#d,#b")}${block("d", "#x")}${block("x", "#d")}`,
      "2.md": `# 2. B\n\n${block("b", "#a")}`,
    });
    expect(
      Object.values(messages)
        .flat()
        .map(({ reason }) => reason.match(/#.*(?=\.)/)?.[0].split(".")[0]),
    ).toEqual(["#a → #b → #a", "#d → #x → #d"]);
  });
});
