import fc from "fast-check";
import { expect, test } from "vitest";
import { judgeOutput, parseExpectation, type WrittenExpectation } from "../../../engine/expect/index.ts";

function judge(written: WrittenExpectation, stdout: string) {
  const parsed = parseExpectation(written, {});
  if (!parsed.ok) throw new Error(parsed.reason);
  const [judgement] = judgeOutput([parsed.expectation], stdout);
  return judgement;
}

const STATUS = "Cluster information\nNodes:            3\nQuorate:          No\nFlags: \n";

const cases: readonly (readonly [WrittenExpectation, string, boolean, string, string])[] = [
  ["/Quorate:\\s+Yes/", STATUS, false, "une ligne qui correspond à /Quorate:\\s+Yes/", "Quorate:          No"],
  ["/^Nodes:\\s+3$/", STATUS, true, "une ligne qui correspond à /^Nodes:\\s+3$/", "Nodes:            3"],
  ["/^NODES/i", STATUS, true, "une ligne qui correspond à /^NODES/i", "Nodes:            3"],
  ["Flags:", STATUS, true, "une ligne égale à « Flags: »", "Flags:"],
  ["Nodes", STATUS, false, "une ligne égale à « Nodes »", "Nodes:            3"],
  ["Nodes:*?", STATUS, true, "une ligne de la forme « Nodes:*? »", "Nodes:            3"],
  ["Nodes:*4", STATUS, false, "une ligne de la forme « Nodes:*4 »", "Nodes:            3"],
  [{ not: "/Quorate/" }, STATUS, false, "aucune ligne qui correspond à /Quorate/", "Quorate:          No"],
  [{ not: "erreur*" }, STATUS, true, "aucune ligne de la forme « erreur* »", "aucune parmi 4 lignes"],
  [{ not: "Flags:" }, STATUS, false, "aucune ligne égale à « Flags: »", "Flags:"],
  [{ equal: "a*b" }, "aXb\na*b", true, "une ligne égale à « a*b »", "a*b"],
  ["a\\*b", "aXb\na*b", true, "une ligne égale à « a*b »", "a*b"],
  [{ glob: "*/24 *" }, "inet 10.0.0.1/24 brd", true, "une ligne de la forme « */24 * »", "inet 10.0.0.1/24 brd"],
  ["OK", "\u001b[32mOK\u001b[0m\r\n", true, "une ligne égale à « OK »", "OK"],
  ["100%", "10%\r50%\r100%\n", true, "une ligne égale à « 100% »", "100%"],
  ["OK", "", false, "une ligne égale à « OK »", "aucune sortie"],
  ["OK", "fini", false, "une ligne égale à « OK »", "fini"],
  ["zzz", STATUS, false, "une ligne égale à « zzz »", "rien d’approchant en 4 lignes ; la dernière : Flags:"],
  [{ json: { path: "$.a" } }, '{"a": 1}', true, "au moins une valeur dans $.a", "1"],
  [{ json: { path: "$.a" } }, "", false, "au moins une valeur dans $.a", "aucune sortie, donc pas de JSON"],
  [
    { json: { path: "$.a" } },
    `no cluster ${"x".repeat(200)}`,
    false,
    "au moins une valeur dans $.a",
    `la sortie n’est pas du JSON : « no cluster ${"x".repeat(68)}… »`,
  ],
];

test.each(cases)("judgeOutput() %j on %j: %s", (written, stdout, ok, expected, obtained) => {
  expect(judge(written, stdout)).toEqual({ ok, expected, obtained });
});

test("judgeOutput() never throws, whatever a machine answers", () => {
  const written: readonly WrittenExpectation[] = [
    "/^Quorate:\\s+Yes$/u",
    "*.conf",
    "OK",
    { not: "/error/i" },
    { json: { path: "$..*", where: { type: "node" }, matches: "/a/", min: 1, max: 3 } },
  ];
  const expectations = written.map((each) => {
    const parsed = parseExpectation(each, {});
    if (!parsed.ok) throw new Error(parsed.reason);
    return parsed.expectation;
  });
  const anything = fc.oneof(fc.string({ unit: "binary" }), fc.string(), fc.json());
  fc.assert(
    fc.property(anything, (stdout) => {
      const judgements = judgeOutput(expectations, stdout);
      expect(judgements).toHaveLength(expectations.length);
      for (const { expected, obtained } of judgements) expect([expected, obtained]).not.toContain("");
    }),
  );
});

test("judgeOutput() says of a negated rule the contrary of the rule", () => {
  const text = fc.constantFrom("OK", "O*", "/^O/", "?K", "*");
  fc.assert(
    fc.property(text, fc.array(fc.constantFrom("OK", "Non", "", " OK", "K")), (rule, lines) => {
      const stdout = lines.join("\n");
      expect(judge({ not: rule }, stdout)?.ok).toBe(!judge(rule, stdout)?.ok);
    }),
  );
});
