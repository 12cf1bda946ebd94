import { type CommandNode, parse, type SimpleCommandNode, type StatementNode, type WordNode } from "just-bash";
import { literalOf } from "./shell-words.ts";

/** The hidden command that says whether a file can be opened for writing, with bash's own message when it cannot. */
export const OPEN = "constat-lab-open";

/** The hidden command that remembers the variables a script leaves with, for its EXIT trap. */
export const LEAVE = "constat-lab-leave";

/**
 * Puts before a command what just-bash would not do: telling what `exit` leaves behind, asking the question of `read -p` on a terminal, and refusing an output file that
 * cannot be written (just-bash gives up the whole script there).
 */
export function withGuards(command: CommandNode, asks: boolean, leaves: boolean): CommandNode {
  if (command.type !== "SimpleCommand" || literalOf(command.name) === "exec") return command;
  if (literalOf(command.name) === "exit") return leaves ? leaving(command) : command;
  const question = asks ? questionOf(command) : undefined;
  const targets = command.redirections.flatMap((redirection) => {
    const writes = [">", ">>", ">|", "&>", "&>>"].includes(redirection.operator) && redirection.target.type === "Word";
    return writes && !literalOf(redirection.target as WordNode)?.startsWith("/dev/")
      ? [redirection.target as WordNode]
      : [];
  });
  if (question) return group('printf %s "$x" >>/dev/constat/err', 1, [question], command, ";");
  return targets.length === 0 ? command : group(`${OPEN} >>/dev/constat/err 2>&1`, 0, targets, command, "&&");
}

/** `exit N` becomes `{ LEAVE N; exit; }`, where LEAVE gives N, or the status before it: a bare `exit` then ends with that. */
function leaving(command: SimpleCommandNode): CommandNode {
  const { args } = command;
  return group(`${LEAVE} x`, 0, args, { ...command, args: [] }, ";");
}

function questionOf(command: SimpleCommandNode): WordNode | undefined {
  if (literalOf(command.name) !== "read") return undefined;
  const flag = command.args.findIndex((argument) => /^-[a-z]*p$/.test(literalOf(argument) ?? ""));
  return flag < 0 ? undefined : command.args[flag + 1];
}

/** `{ FIRST WORDS… ; command; }`, or with `&&` between them; `at` is where the words go among the first command's own. */
function group(
  first: string,
  at: number,
  words: readonly WordNode[],
  command: SimpleCommandNode,
  joined: ";" | "&&",
): CommandNode {
  const outer = parse(joined === "&&" ? `{ ${first} && :; }` : `{ ${first}; :; }`).statements[0]?.pipelines[0]
    ?.commands[0];
  if (outer?.type !== "Group") return command;
  const slots = outer.body.flatMap((statement: StatementNode) => statement.pipelines);
  const [before, after] = slots;
  const guard = before?.commands[0];
  if (guard?.type !== "SimpleCommand" || !after) return command;
  guard.args.splice(at, guard.args.length - at, ...words);
  after.commands = [command];
  return outer;
}
