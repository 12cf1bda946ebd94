import type { LabCommand } from "../command.ts";
import { journalDate } from "../dates.ts";
import { parseFlags } from "./flags.ts";
import { journalOf } from "./journal.ts";
import { momentOf } from "./journal-since.ts";

/** How an entry's moment is printed, by the name that -o gives it. */
const DATES: Readonly<Record<string, (at: number) => string>> = {
  short: journalDate,
  "short-iso": (at) => new Date(at).toISOString().replace(/\.\d+Z$/, "+00:00"),
  "short-unix": (at) => (at / 1000).toFixed(6),
};

/** The journal: -u UNIT (repeated), -n N, -o short|short-iso|short-unix|cat, -S/--since, -U/--until, -b, -r, --no-pager. Following (-f) is not simulated. */
export const journalctl: LabCommand = {
  name: "journalctl",
  run({ args, world, node, out, err }) {
    const { flags } = parseFlags(args, "unSUpogt", ["unit", "lines", "since", "until", "output", "grep", "priority"]);
    if (flags.has("f") || flags.has("follow")) {
      err("constat-lab: « journalctl -f » n’est pas simulé par ce laboratoire\n");
      return 1;
    }
    const format = flags.get("o") ?? flags.get("output") ?? "short";
    const date = DATES[format];
    if (!date && format !== "cat") {
      err(`constat-lab: « journalctl -o ${format} » n’est pas simulé par ce laboratoire\n`);
      return 1;
    }
    const edges = [flags.get("S") ?? flags.get("since"), flags.get("U") ?? flags.get("until")];
    const [since = -Infinity, until = Infinity] = edges.map((edge) =>
      edge === undefined ? undefined : (momentOf(edge, world.clock.now()) ?? Number.NaN),
    );
    if (Number.isNaN(since) || Number.isNaN(until)) {
      err(`Failed to parse timestamp: ${edges.find((edge) => edge !== undefined) ?? ""}\n`);
      return 1;
    }
    const units = unitsIn(args);
    const lines = journalOf(world, node)
      .filter((entry) => units.length === 0 || units.includes(entry.unit))
      .filter(({ at }) => at >= since && at <= until)
      .map(({ at, source, text }) => (date ? `${date(at)} ${node.name} ${source}: ${text}\n` : `${text}\n`));
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
