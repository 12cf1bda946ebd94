import type { LabCommand } from "../command.ts";
import { journalDate } from "../dates.ts";
import { parseFlags } from "./flags.ts";
import { journalOf } from "./journal.ts";

/** The journal: -u UNIT (repeated), -n N, -b, -r, --no-pager, --grep through the pipe. Following (-f) is not simulated. */
export const journalctl: LabCommand = {
  name: "journalctl",
  run({ args, world, node, out, err }) {
    const { flags } = parseFlags(args, "unSUpogt");
    if (flags.has("f") || flags.has("follow")) {
      err("constat-lab: « journalctl -f » n’est pas simulé par ce laboratoire\n");
      return 1;
    }
    const units = unitsIn(args);
    const lines = journalOf(world, node)
      .filter((entry) => units.length === 0 || units.includes(entry.unit))
      .map((entry) => `${journalDate(entry.at)} ${node.name} ${entry.source}: ${entry.text}\n`);
    const count = flags.get("n") ?? flags.get("lines");
    const shown = count === undefined || count === "all" ? lines : lines.slice(-Number(count));
    out(shown.length === 0 ? "-- No entries --\n" : (flags.has("r") ? shown.reverse() : shown).join(""));
    return 0;
  },
};

function unitsIn(args: readonly string[]): readonly string[] {
  return args.flatMap((arg, index) => {
    const given = arg === "-u" || arg === "--unit" ? args[index + 1] : /^(?:-u|--unit=)(.+)$/.exec(arg)?.[1];
    return given === undefined ? [] : given.replace(/\.service$/, "");
  });
}
