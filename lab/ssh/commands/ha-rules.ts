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
    async run(call, { operands: [type = "", rule = ""], options }) {
      await callAsRoot(call, "POST", PATH, { ...options, type, rule });
      return 0;
    },
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

async function rowsOf(call: Call, { options: { "output-format": format, ...filter } }: Given) {
  const data = await callAsRoot(call, "GET", PATH, filter);
  const rows: readonly Row[] = Array.isArray(data) ? data : [];
  return { rows, format };
}

async function list(call: Call, given: Given): Promise<number> {
  const { rows, format } = await rowsOf(call, given);
  if (format !== undefined && format !== "text" && isOutputFormat(format)) call.out(formatAnswer(rows, format, ""));
  else
    call.out(
      boxTable(
        [{ text: "rule" }],
        rows.map((row) => [{ text: String(row["rule"]) }]),
      ),
    );
  return 0;
}

async function config(call: Call, given: Given): Promise<number> {
  const { rows, format } = await rowsOf(call, given);
  const full = rows.map((row): Row => ({ ...row, enabled: row["disable"] === 1 ? 0 : 1, state: "in use" }));
  if (format !== undefined && format !== "text" && isOutputFormat(format)) {
    call.out(formatAnswer(full, format, ""));
    return 0;
  }
  const columns = ["enabled", "state", "rule", "type", "resources", "comment"];
  const cells = full.map((row) => columns.map((name) => ({ text: String(row[name] ?? "") })));
  call.out(
    boxTable(
      columns.map((text) => ({ text })),
      cells,
    ),
  );
  return 0;
}
