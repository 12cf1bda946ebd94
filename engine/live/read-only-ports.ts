import { ProblemError } from "../base/problem.ts";
import type { Ports } from "../kinds/index.ts";
import { READ_ONLY } from "../model/read-only.ts";
import { doubtsAbout, readsDisks } from "../runbook/reading/index.ts";
import type { ConsoleTransport, ShellTarget, ShellTransport } from "../transports/port.ts";

export interface ReadOnlyOptions {
  /** Targets that have no enclosure to give; everywhere else a script runs in one or not at all. */
  readonly bare: ReadonlySet<string>;
  /** Scripts of which nothing says that they only read are let through. */
  readonly trust: boolean;
}

/**
 * The same doors, by which nothing can be changed: scripts are read first and run enclosed, requests are GET and HEAD, pages send nothing,
 * consoles take no key, nobody is asked anything. Whatever would do otherwise is a ProblemError READ_ONLY and does not happen, however
 * the block is labelled.
 */
export function readOnlyPorts(ports: Ports, options: ReadOnlyOptions): Ports {
  const { shell, http, browser, console, clock } = ports;
  return {
    clock,
    shell: readOnlyShell(shell, options),
    http: {
      ...http,
      request: async (node, request) => {
        if (!/^(?:GET|HEAD)$/i.test(request.method)) throw refused(`la requête ${request.method} ${request.url}`);
        return await http.request(node, request);
      },
      renewController: async () => {
        throw refused("la remise à zéro d’un contrôleur");
      },
    },
    browser: {
      ...browser,
      shoot: async (node, request) => {
        const sent: string[] = [];
        const result = await browser.shoot(node, { ...request, refused: (what) => void sent.push(what) });
        const form = formRefused(result.status === "unsettled" ? result.unmet : []);
        // What a page sends by itself is dropped and no fault of the block; what it sends once something was pressed is.
        const pressed = (request.spec.steps ?? []).length > 0 || request.spec.flow !== undefined;
        const [first] = [...(pressed ? sent : []), ...form];
        if (first !== undefined) throw refused(`ce que la page a voulu envoyer (${first})`);
        return result;
      },
    },
    console: readOnlyConsole(console),
    operator: {
      available: () => false,
      ask: async () => {
        throw refused("une demande à une personne");
      },
    },
  };
}

/** What the driver itself did not let a page send. */
function formRefused(unmet: readonly string[]): readonly string[] {
  return unmet.filter((text) => /formulaire.*: refusé/.test(text));
}

function readOnlyShell(shell: ShellTransport, { bare, trust }: ReadOnlyOptions): ShellTransport {
  return {
    ...shell,
    run: async (target, request) => {
      const doubts = doubtsAbout(request.script);
      const [doubt] = doubts.filter(({ type }) => type === "changes" || !trust);
      if (doubt !== undefined) throw refused("ce script", doubt.reason);
      const option = Object.entries(request.environment).find(([, value]) => /^-{1,2}[A-Za-z]/.test(value));
      if (option !== undefined && !trust)
        throw refused("ce script", `La valeur « ${option[0]} » commence comme une option : « ${option[1]} ».`);
      if (bare.has(nameOf(target))) return await shell.run(target, request);
      const disks = doubts.length === 0 && readsDisks(request.script);
      return await shell.run(target, { ...request, enclosure: disks ? "devices" : "plain" });
    },
  };
}

function readOnlyConsole(console: ConsoleTransport): ConsoleTransport {
  return {
    ...console,
    open: async (owner, signal) => {
      const session = await console.open(owner, signal);
      return {
        ...session,
        press: async () => {
          throw refused("une frappe au clavier d’une console");
        },
      };
    },
  };
}

/** The name that a plan gives a target. */
export function nameOf(target: ShellTarget): string {
  return target.type === "local" ? "local" : target.node.name;
}

function refused(what: string, why = ""): ProblemError {
  return new ProblemError(READ_ONLY, `Refusé, car un audit ne change rien : ${what}. ${why}`.trim(), {
    scope: "author",
    hint: "Marquez le bloc .action, ou retirez-en ce qui modifie la machine.",
  });
}
