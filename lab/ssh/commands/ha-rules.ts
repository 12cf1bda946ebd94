import { PveError } from "../../state/pve-error.ts";
import type { Call, LabCommand } from "../command.ts";
import { boxTable } from "./box-table.ts";
import { callAsRoot } from "./call-as-root.ts";
import type { OptionKinds } from "./pve-options.ts";
import { pveTool, type Subcommand } from "./pve-subcommands.ts";
import { formatAnswer, isOutputFormat } from "./pvesh-format.ts";

type Row = Readonly<Record<string, unknown>>;

const PATH = "/cluster/ha/rules";
const OPTIONS: OptionKinds = {
  ...{ resources: "value", nodes: "value", affinity: "value", comment: "value" },
  ...{ strict: "flag", disable: "flag" },
};
const FILTER: OptionKinds = { type: "value", resource: "value", "output-format": "value" };

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  add: {
    usage: "add <type> <rule> [OPTIONS]",
    operands: 2,
    options: OPTIONS,
    run: add,
  },
  config: { usage: "config  [OPTIONS]", operands: 0, options: FILTER, run: config },
  list: { usage: "list  [OPTIONS]", operands: 0, options: FILTER, run: list },
  remove: {
    usage: "remove <rule>",
    operands: 1,
    options: {},
    async run(call, { operands: [rule = ""] }) {
      await callAsRoot(call, "DELETE", `${PATH}/${rule}`);
      return 0;
    },
  },
  set: {
    usage: "set <type> <rule> [OPTIONS]",
    operands: 2,
    options: { ...OPTIONS, delete: "value", digest: "value" },
    async run(call, { operands: [type = "", rule = ""], options }) {
      await callAsRoot(call, "PUT", `${PATH}/${rule}`, { ...options, type });
      return 0;
    },
  },
};

/** `ha-manager rules …` of version 9. */
export const haRules: LabCommand = pveTool("ha-manager rules", SUBCOMMANDS);

type Given = Parameters<Subcommand["run"]>[1];

async function add(call: Call, { operands: [type = "", rule = ""], options }: Given): Promise<number> {
  try {
    await callAsRoot(call, "POST", PATH, { ...options, type, rule });
    return 0;
  } catch (error) {
    // Perl's errno is still that of the file of rules, where there is none yet: recorded so.
    if (!(error instanceof PveError) || error.status === 400 || call.node.database.ha.rules.length > 0) throw error;
    call.err(`${error.message}\n`);
    return 2;
  }
}

async function rowsOf(call: Call, { options: { "output-format": format, ...filter } }: Given) {
  const data = await callAsRoot(call, "GET", PATH, filter);
  const rows: readonly Row[] = Array.isArray(data) ? data : [];
  return { rows, format };
}

async function list(call: Call, given: Given): Promise<number> {
  const { rows, format } = await rowsOf(call, given);
  if (format !== undefined && format !== "text" && isOutputFormat(format)) call.out(formatAnswer(rows, format, ""));
  else printTable(call, ["rule"], rows);
  return 0;
}

async function config(call: Call, given: Given): Promise<number> {
  const { rows, format } = await rowsOf(call, given);
  const full = rows.map((row): Row => ({ ...row, enabled: row["disable"] === 1 ? 0 : 1, state: "in use" }));
  if (format !== undefined && format !== "text" && isOutputFormat(format)) {
    call.out(formatAnswer(full, format, ""));
    return 0;
  }
  printTable(call, ["enabled", "state", "rule", "type", "resources", "comment"], full);
  return 0;
}

/** A table without rows is not printed at all, not even its head. */
function printTable(call: Call, columns: readonly string[], rows: readonly Row[]): void {
  if (rows.length === 0) return;
  const cells = rows.map((row) => columns.map((name) => ({ text: String(row[name] ?? "") })));
  call.out(
    boxTable(
      columns.map((text) => ({ text })),
      cells,
    ),
  );
}
