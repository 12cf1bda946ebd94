import { placeInBody } from "./places.ts";
import { plainCommands } from "./plain-commands.ts";
import type { LintRule } from "./world.ts";

const JOINING = ["add", "updatecerts"];

/** A node that joins a cluster gets a new certificate: the engine must be told, or it stops at the changed pin. */
export const pvecmAddWithoutRenews: LintRule = ({ blocks }) => {
  for (const { block, runbook, report } of blocks) {
    if (block.kind !== "shell" || block.settings.renews !== undefined) continue;
    const joining = plainCommands(block.body).find(
      ({ name, args }) => name === "pvecm" && JOINING.includes(args[0] ?? ""),
    );
    if (joining === undefined) continue;
    report({
      rule: "pvecm-add-without-renews",
      place: placeInBody(runbook, block, joining.offset),
      reason: `« pvecm ${joining.args[0]} » change le certificat du nœud, et le bloc ne le dit pas.`,
      remedy: "Ajoutez la ligne « #| renews: tls » : le nouveau certificat sera relu par ssh et consigné.",
      severity: "warning",
    });
  }
};
