import type { Clock } from "../base/clock.ts";
import { ProblemError } from "../base/problem.ts";
import { enclosedHost } from "./enclosure.ts";
import type { Guard } from "./guard.ts";
import { createLocalHost } from "./local-host.ts";
import type { OperatorHost } from "./operator-host.ts";
import type { ShellEnd, ShellTarget, ShellTransport } from "./port.ts";
import { runScript } from "./script-run.ts";
import { createScriptSessions } from "./script-sessions.ts";
import type { Secrets } from "./secrets.ts";
import { createSshHosts } from "./ssh-host.ts";
import { createSshAnswers, type SshPerson } from "./ssh-person.ts";

/** What `readFile`'s script exits with when there is no such file; no `cat` does. */
const ABSENT = 44;
const QUESTION_PATIENCE_MS = 10_000;

export interface ShellTransportOptions {
  readonly guard: Guard;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly host: OperatorHost;
  /** Asked for host keys, pass phrases and passwords that nothing else gives; undefined when nobody is there. */
  readonly person?: SshPerson | undefined;
  /** A question on a terminal that no answer fits ends the script after so many milliseconds; ten seconds unless said. */
  readonly questionPatienceMs?: number;
}

/**
 * Runs scripts on nodes over ssh, or on this machine. Besides SSH_… it throws ProblemError SHELL_UNUSABLE (the login shell did not
 * start the script), PROMPT_UNANSWERED, LOCAL_PTY_UNSUPPORTED, SESSION_UNSUPPORTED, ENVIRONMENT_NAME_INVALID, ENCLOSURE_UNAVAILABLE and FILE_UNREADABLE.
 */
export function createShellTransport(options: ShellTransportOptions): ShellTransport {
  const local = createLocalHost(options.host);
  const nodes = createSshHosts({ ...options, answers: createSshAnswers() });
  const sessions = createScriptSessions(options.clock);
  const patience = { question: options.questionPatienceMs ?? QUESTION_PATIENCE_MS };
  const hostOf = (target: ShellTarget) => (target.type === "local" ? local : nodes.of(target.node));

  const transport: ShellTransport = {
    run: async (target, request) => {
      const { enclosure } = request;
      const host = enclosure === undefined ? hostOf(target) : enclosedHost(hostOf(target), enclosure);
      if (request.session === undefined) return await runScript(host, request, options.clock, patience);
      // A shell that was opened in an enclosure stays in it.
      return await sessions.run(host, `${request.session}${enclosure === undefined ? "" : ` (${enclosure})`}`, request);
    },
    reach: async (target, signal) => {
      if (target.type === "node") await nodes.reach(target.node, signal);
    },
    hostKey: (target) => (target.type === "node" ? nodes.hostKey(target.node) : undefined),
    readFile: async (target, path, signal) => {
      const chunks: Buffer[] = [];
      const end = await transport.run(target, {
        interpreter: "bash",
        script: `test -e "$constat_path" || exit ${ABSENT}; exec cat -- "$constat_path"`,
        environment: { constat_path: path },
        answers: [],
        signal,
        onOutput: (stream, chunk) => {
          if (stream === "stdout") chunks.push(chunk);
        },
      });
      signal.throwIfAborted();
      if (end.status === "exited" && end.code === 0) return Buffer.concat(chunks);
      if (end.status === "exited" && end.code === ABSENT) return undefined;
      throw unreadable(hostOf(target).label, path, end);
    },
    close: async () => {
      await sessions.close();
      nodes.close();
    },
  };
  return transport;
}

function unreadable(label: string, path: string, end: ShellEnd): ProblemError {
  const why = end.status === "lost" ? end.reason : end.status === "exited" ? `code ${end.code}` : end.status;
  return new ProblemError("FILE_UNREADABLE", `Le fichier ${path} de ${label} ne se lit pas (${why}).`, {
    scope: "environment",
    hint: "Vérifiez les droits du compte de connexion sur ce fichier.",
  });
}
