import fc from "fast-check";
import { VFile } from "vfile";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { frontMatterSchema } from "../../../../engine/cli/schemas/front-matter-schema.ts";
import { parseRunbook } from "../../../../engine/runbook/index.ts";

/** What the reader says of a front matter. */
function read(values: object): readonly string[] {
  const file = new VFile({ path: "03.md", value: `---\n${stringify(values)}---\n\n# 3. Essai\n` });
  parseRunbook(file);
  return file.messages.map(({ ruleId, reason }) => `${ruleId} ${reason}`);
}

const KEYS = ["constat", "chapitre", "titre", "variables", "defaults"] as const;
const scalar = fc.constantFrom<unknown>(0, 1, 2, -1, 1.5, "", "x", "30s", true, false, null);
const nested = fc.constantFrom<unknown>(
  [],
  ["x"],
  {},
  { delai: "2m" },
  { delai: { default: "2m", description: "attente" } },
  { delai: { default: null } },
  { delai: { default: 3 } },
  { delai: { default: 3, description: 4 } },
  { delai: { defaut: 3 } },
  { delai: null },
  { delai: [] },
  { "9x": 1 },
  { "nom avec espace": 1 },
  { état: 1 },
  { timeout: "30s", tags: ["a"] },
  { timeout: "bientôt" },
  { timout: "30s" },
  { on: "@noeuds", retry: 2 },
);

describe("the published schema of the front matter and its reader", () => {
  it("know the same keys", () => {
    expect(Object.keys(frontMatterSchema.shape).sort()).toEqual([...KEYS].sort());
    for (const key of KEYS) expect(read({ [key]: undefined }).join()).not.toContain("unknown-key");
  });

  it("judge every value alike", () => {
    fc.assert(
      fc.property(fc.constantFrom(...KEYS, "chapitr", "Titre"), fc.oneof(scalar, nested), (key, value) => {
        const values = { [key]: value };
        const said = read(values);
        expect(frontMatterSchema.safeParse(values).success, `${JSON.stringify(values)} → ${said.join(" ; ")}`).toBe(
          said.length === 0,
        );
      }),
      { numRuns: 400 },
    );
  });
});
