import { oneOf } from "../base/one-of.ts";
import { ProblemError } from "../base/problem.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { SCHEMAS, schemaText } from "./schemas/index.ts";
import type { Terminal } from "./terminal.ts";

/** `constat schema`: a JSON Schema for an editor, or, without a name, which there are. */
export function schema(name: string | undefined, terminal: Terminal): ExitCode {
  if (name === undefined) {
    for (const [each, { what }] of Object.entries(SCHEMAS)) terminal.out(`${each.padEnd(10)} ${what}\n`);
    return EXIT.ok;
  }
  if (!Object.hasOwn(SCHEMAS, name)) {
    throw new ProblemError("SCHEMA_UNKNOWN", `« ${name} » n’est pas le nom d’un schéma.`, {
      scope: "author",
      hint: `Écrivez ${oneOf(Object.keys(SCHEMAS))}.`,
    });
  }
  terminal.out(schemaText(name));
  return EXIT.ok;
}
