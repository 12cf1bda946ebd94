import { inventoryJsonSchema } from "../inventory/index.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import type { Terminal } from "./terminal.ts";

/** `constat inventory schema`: the JSON Schema of inventories, to be put beside one's own for the editor. */
export function inventorySchema(terminal: Terminal): ExitCode {
  terminal.out(`${JSON.stringify(inventoryJsonSchema(), undefined, 2)}\n`);
  return EXIT.ok;
}
