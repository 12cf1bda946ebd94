import { join } from "node:path";
import { expect, it } from "vitest";
import { type ErrorCode, errorCodes } from "./support/error-codes.ts";
import { ERROR_TEXTS } from "./support/error-texts.ts";

const PAGE = join(import.meta.dirname, "../docs/erreurs.md");
const HEAD = `# Les codes d’erreur

Chaque erreur dit un code, ce qui s’est passé, et quoi faire. Cette page les nomme tous, d’après le programme lui-même (\`npm run update\` l’écrit, un
test la tient) ; « … » est ce qui change d’un cas à l’autre. Code de sortie : 2 quand la faute est dans un document ou la commande, 3 quand elle est
dans l’environnement.
`;

/** Those whose code is no plain word in the source; a new one has to be described in `ERROR_TEXTS` and named here. */
const COMPUTED = [
  "engine/cli/import.ts: code",
  "engine/kinds/http/send.ts: ANSWER_LOST",
  "engine/live/read-only-ports.ts: READ_ONLY",
  "engine/run/identify-nodes.ts: code",
  "engine/transports/ask-again.ts: code",
  "engine/transports/console/controller-screen.ts: code",
  "engine/transports/http.ts: ANSWER_LOST",
  "engine/transports/in-force.ts: code",
  "engine/transports/open-socket.ts: codes_TIMEOUT",
  "engine/transports/open-socket.ts: codes_UNREACHABLE",
  "engine/transports/ssh-connection.ts: code",
];

function described(): readonly ErrorCode[] {
  const { codes } = errorCodes();
  const written = new Map(codes.map((each) => [each.code, each]));
  for (const [code, { cause, remedy }] of Object.entries(ERROR_TEXTS)) {
    const own = written.get(code);
    written.set(code, {
      code,
      causes: cause === undefined ? (own?.causes ?? []) : [cause],
      remedies: remedy === undefined ? (own?.remedies ?? []) : [remedy],
    });
  }
  return [...written.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

it("every error code of the engine has its cause and its remedy on docs/erreurs.md", async () => {
  const { computed } = errorCodes();
  expect(computed).toEqual(COMPUTED);
  const all = described();
  expect(all.length).toBeGreaterThan(150);
  expect(
    all.filter(({ causes, remedies }) => causes.length === 0 || remedies.length === 0).map(({ code }) => code),
  ).toEqual([]);
  const list = (texts: readonly string[]) => texts.map((text) => `- ${inline(text)}`).join("\n");
  const parts = all.map(
    ({ code, causes, remedies }) => `## \`${code}\`\n\n${list(causes)}\n\nÀ faire :\n\n${list(remedies)}\n`,
  );
  await expect([HEAD, ...parts].join("\n")).toMatchFileSnapshot(PAGE);
});

/** What Markdown would take for markup. */
function inline(text: string): string {
  return text
    .replace(/\s*\n\s*/g, " ")
    .replace(/[\\*_<>[\]]/g, "\\$&")
    .trim();
}
