import {
  type CommandNode,
  type PipelineNode,
  parse,
  type ScriptNode,
  type SimpleCommandNode,
  type StatementNode,
  serialize,
} from "just-bash";
import { withGuards } from "./guards.ts";
import { spellNegatedBrackets } from "./negated-brackets.ts";
import { DEVICE } from "./output-device.ts";
import { literalOf, mayReadInput, plainText, word } from "./shell-words.ts";
import { toScript } from "./to-script.ts";

/** Set in the environment of a command of ours whose output goes straight to the client, so that it may write as it goes. */
export const DIRECT = "CONSTAT_LAB_DIRECT";
/** The hidden command that rewrites what `eval` is about to run. */
export const REWRITE = "constat-lab-rewrite";

/** Which descriptors of the shell lead to the client; kept from one rewritten text of a shell to the next. */
export interface Streams {
  readonly input: Set<number>;
  readonly out: Set<number>;
  readonly err: Set<number>;
  /** Names of the commands that can write as they go. */
  readonly direct: ReadonlySet<string>;
  /** Functions defined so far, as text: an EXIT trap may call them. */
  readonly functions: string[];
  /** True in a subshell, whose `exit` does not end the script. */
  readonly inside?: boolean;
  /** True on a terminal, where `read -p` shows its question. */
  readonly terminal: boolean;
}

/** The descriptors a shell starts with. */
export function newStreams(direct: ReadonlySet<string>, terminal: boolean): Streams {
  return { input: new Set([0]), out: new Set([1]), err: new Set([2]), direct, functions: [], terminal };
}

/**
 * Rewrites a script so that each command's output leaves when that command ends, in order, and so that input is read when a command
 * wants it: just-bash alone takes all input beforehand and gives all output at the end. Only what leads to the client is touched. A text
 * that just-bash cannot parse, or not write down again, comes back as it is: it then runs as just-bash does it, output at the end.
 */
export function streamed(script: string, streams: Streams): string {
  const tree = parsed(script);
  if (!tree) return script;
  spellNegatedBrackets(tree);
  for (const statement of tree.statements) streamStatement(statement, streams);
  return toScript(tree) ?? script;
}

function parsed(script: string): ScriptNode | undefined {
  try {
    const tree = parse(script);
    return tree.statements.some((statement) => statement.deferredError) ? undefined : tree;
  } catch {
    return undefined;
  }
}

type Redirection = SimpleCommandNode["redirections"][number];

/** Builtins that change the shell itself, where a redirection would be kept or do something else. */
const UNTOUCHED = new Set(["exit", "return", "break", "continue", "set", "shift", "shopt", "unset", ":"]);

function streamStatement(statement: StatementNode, streams: Streams): void {
  for (const pipeline of statement.pipelines) streamPipeline(pipeline, streams);
}

function streamPipeline(pipeline: PipelineNode, streams: Streams): void {
  const last = pipeline.commands.length - 1;
  pipeline.commands.forEach((command, index) => {
    const first = index === 0;
    if (index === last) streamCommand(command, streams, first);
    else {
      if (first && command.type === "SimpleCommand") feedInput(command, streams);
      if (!pipeline.pipeStderr?.[index]) command.redirections.unshift(to(2, "err"));
    }
  });
  pipeline.commands = pipeline.commands.map((command, index) =>
    withGuards(command, streams.terminal && index === 0, last === 0 && !streams.inside),
  );
}

function streamCommand(command: CommandNode, streams: Streams, first: boolean): void {
  switch (command.type) {
    case "SimpleCommand":
      streamSimple(command, streams, first);
      return;
    case "FunctionDef":
      streams.functions.push(serialize({ type: "Script", statements: [alone(command)] }));
      return;
    case "ArithmeticCommand":
    case "ConditionalCommand":
      return;
    default:
      useDevice(command, streams);
      if (command.redirections.some(redirectsOutput)) command.redirections.unshift(to(1, "out"), to(2, "err"));
      else {
        const inner = innerStreams(command, streams, first);
        for (const statement of bodies(command)) streamStatement(statement, inner);
      }
  }
}

/** Inside a compound command that is fed by a pipe or a redirection, standard input is not the client's; a subshell's `exit` is its own. */
function innerStreams(command: CommandNode, streams: Streams, first: boolean): Streams {
  const fed = !first || command.redirections.some(({ operator, fd }) => operator.startsWith("<") && (fd ?? 0) === 0);
  const input = fed ? new Set([...streams.input].filter((fd) => fd !== 0)) : streams.input;
  return { ...streams, input, inside: streams.inside === true || command.type === "Subshell" || !first };
}

function alone(command: CommandNode): StatementNode {
  return {
    type: "Statement",
    pipelines: [{ type: "Pipeline", commands: [command], negated: false }],
    operators: [],
    background: false,
  };
}

function bodies(command: Exclude<CommandNode, SimpleCommandNode>): readonly StatementNode[] {
  switch (command.type) {
    case "If":
      return [
        ...command.clauses.flatMap((clause) => [...clause.condition, ...clause.body]),
        ...(command.elseBody ?? []),
      ];
    case "While":
    case "Until":
      return [...command.condition, ...command.body];
    case "For":
    case "CStyleFor":
    case "Subshell":
    case "Group":
      return command.body;
    case "Case":
      return command.items.flatMap((item) => item.body);
    default:
      return [];
  }
}

function streamSimple(command: SimpleCommandNode, streams: Streams, first: boolean): void {
  const name = literalOf(command.name);
  if (command.name === null || (name !== undefined && UNTOUCHED.has(name))) return;
  if (name === "exec" && command.args.length === 0) {
    keepDescriptors(command, streams);
    return;
  }
  useDevice(command, streams);
  if (first) feedInput(command, streams);
  if (name === "eval") rewriteLater(command);
  // A substitution in its words would inherit the assignment, and write past the substitution.
  const plain = !JSON.stringify(command.args).includes('"CommandSubstitution"');
  if (plain && name !== undefined && streams.direct.has(name) && !command.redirections.some(redirectsOutput)) {
    command.assignments.push({ type: "Assignment", name: DIRECT, value: word("1"), append: false, array: null });
  }
  // Ours come first: redirections work from left to right, so the author's own still win, and `2>&1` copies ours.
  command.redirections.unshift(to(1, "out"), to(2, "err"));
}

/** `exec 7>&1 9<&0 </dev/null`: just-bash would bind its own collected streams, so copies of the client's are remembered here instead. */
function keepDescriptors(command: SimpleCommandNode, streams: Streams): void {
  command.redirections = command.redirections.filter((redirection) => {
    const fd = redirection.fd ?? (redirection.operator.startsWith("<") ? 0 : 1);
    const target = redirection.target.type === "Word" ? literalOf(redirection.target) : undefined;
    const source = /^\d+$/.test(target ?? "") ? Number(target) : undefined;
    const groups = [streams.input, streams.out, streams.err];
    const group = redirection.operator.endsWith("&")
      ? groups.find((set) => source !== undefined && set.has(source))
      : undefined;
    for (const set of groups) set.delete(fd);
    group?.add(fd);
    // Closed input is what a command gets anyway; kept, it would hide what pipes bring from then on (just-bash 3.4).
    return group === undefined && !(fd === 0 && target === "/dev/null");
  });
  if (command.redirections.length === 0) command.name = word(":");
}

/** Copies of the client's descriptors (`>&7`, `<&9`) become the device; closing one for a command means nothing here. */
function useDevice(command: CommandNode, streams: Streams): void {
  command.redirections = command.redirections.flatMap((redirection) => {
    const target = redirection.target.type === "Word" ? literalOf(redirection.target) : undefined;
    if (!redirection.operator.endsWith("&") || target === undefined) return [redirection];
    if (target === "-")
      return streams.input.has(redirection.fd ?? 0) ||
        streams.out.has(redirection.fd ?? 1) ||
        streams.err.has(redirection.fd ?? 1)
        ? []
        : [redirection];
    const source = Number(target);
    if (source > 2 && streams.out.has(source)) return [to(redirection.fd ?? 1, "out")];
    if (source > 2 && streams.err.has(source)) return [to(redirection.fd ?? 1, "err")];
    if (source > 2 && streams.input.has(source)) return [from(inputFile(command))];
    return [redirection];
  });
}

function feedInput(command: SimpleCommandNode, streams: Streams): void {
  if (!streams.input.has(0) || command.redirections.some((redirection) => redirection.operator.startsWith("<"))) return;
  if (readsLine(command)) command.redirections.unshift(from(inputFile(command)));
  else if (mayReadInput(command)) command.redirections.unshift(from("rest"));
}

/** Which file of the device gives a command what it reads: `read` a line, a hidden one or a record, any other command all of it. */
function inputFile(command: CommandNode): InputFile {
  if (command.type !== "SimpleCommand" || !readsLine(command)) return "rest";
  const words = command.args.map((argument) => plainText(argument));
  const flag = words.findIndex((text) => /^-[a-z]*d$/.test(text ?? ""));
  if (flag >= 0 && words[flag + 1] === "") return "record";
  return words.some((text) => /^-[a-z]*s/.test(text ?? "")) ? "secret" : "line";
}

type InputFile = "line" | "secret" | "record" | "rest";

function readsLine(command: CommandNode): boolean {
  return command.type === "SimpleCommand" && literalOf(command.name) === "read";
}

/** What `eval` runs is only known then: its words go through the hidden command first. */
function rewriteLater(command: SimpleCommandNode): void {
  const rewritten = parse(`eval "$(${REWRITE} x)"`).statements[0]?.pipelines[0]?.commands[0];
  if (rewritten?.type !== "SimpleCommand") return;
  const quoted = rewritten.args[0]?.parts[0];
  const substitution = quoted?.type === "DoubleQuoted" ? quoted.parts[0] : undefined;
  const inner = substitution?.type === "CommandSubstitution" ? substitution.body.statements[0] : undefined;
  const call = inner?.pipelines[0]?.commands[0];
  if (call?.type !== "SimpleCommand") return;
  call.args = command.args;
  command.args = rewritten.args;
}

function to(fd: number, file: "out" | "err"): Redirection {
  return { type: "Redirection", fd, operator: ">>", target: word(`${DEVICE}/${file}`) };
}

function from(file: InputFile): Redirection {
  return { type: "Redirection", fd: 0, operator: "<", target: word(`${DEVICE}/${file}`) };
}

function redirectsOutput(redirection: Redirection): boolean {
  return !redirection.operator.startsWith("<") || redirection.operator === "<>";
}
