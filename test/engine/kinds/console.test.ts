import { describe, expect, it } from "vitest";
import { console as consoleKind } from "../../../engine/kinds/console.ts";
import { tolerantPattern } from "../../../engine/transports/console/reading/tolerant-pattern.ts";
import type { ConsoleSession, PixelBox, ScreenView } from "../../../engine/transports/port.ts";
import { blockOf, KeptRecorder, portsOf, taskOf } from "../../support/kind-task.ts";
import { testPng } from "../../support/test-png.ts";

/** A machine whose screen is the last of these texts that its keys have led to. */
class Machine implements ConsoleSession {
  readonly pressed: string[] = [];
  readonly covered: PixelBox[] = [];
  closed = false;
  readonly #screens: readonly string[];

  constructor(...screens: readonly string[]) {
    this.#screens = screens;
  }

  look = async (): Promise<ScreenView> => {
    const text = this.#screens[Math.min(this.pressed.length, this.#screens.length - 1)] ?? "";
    const texts = text.split("\n").flatMap((row, y) =>
      row.split("  ").map((part, x) => ({
        ...{ text: part, score: 1 },
        box: { left: x * 100, top: y * 20, right: x * 100 + 80, bottom: y * 20 + 16 },
      })),
    );
    const png = (_crop: PixelBox | undefined, covered: readonly PixelBox[]) => {
      this.covered.push(...covered);
      return testPng(40, 30);
    };
    return { width: 40, height: 30, texts, text, digest: text, png };
  };

  press = async (keys: readonly string[]): Promise<void> => {
    this.pressed.push(keys.join(" "));
  };

  close = async (): Promise<void> => {
    this.closed = true;
  };
}

async function run(body: string, machine: Machine, role = ".action") {
  const ports = portsOf({});
  const recorder = new KeptRecorder();
  const result = await consoleKind.execute(
    taskOf(
      blockOf(`\`\`\`yaml {#ecran .console ${role} on=pve1}\n${body}\n\`\`\``),
      { nom: "pve1", mail: "a.b@c.example" },
      true,
    ),
    {
      ...ports,
      console: {
        ...ports.console,
        open: async () => machine,
        matches: (pattern, text) => tolerantPattern(pattern).exec(text)?.[0],
      },
    },
    recorder,
  );
  return { ...result, recorder };
}

const VM = "screen: vm/100\nwithin: 1s\n";

describe("console.execute()", () => {
  it("waits, writes on the given keyboard, photographs, and gives the screen back", async () => {
    const machine = new Machine("name:", "name: aq");
    const steps =
      'steps: [{ wait: "name:" }, { type: aq, layout: fr }, { stable: 1ms }, { shot: true }, { keys: ret }]';
    const { outcome, figure } = await run(`${VM}${steps}\nexpect: [{ text: "name: aq" }]`, machine);
    expect(outcome.status).toBe("passed");
    expect(machine.pressed).toEqual(["q a", "ret"]);
    expect(machine.closed).toBe(true);
    expect(figure).toMatchObject({ type: "picture", url: "console:pve1/vm/100" });
  });

  it.each([
    ["a wait in vain", 'steps: [{ wait: "{{nom}} login:" }, { keys: ret }]', /« pve1 login: » n’est pas apparu/],
    ["an expectation that fails", "steps: [{ shot: true }, { keys: ret }]\nexpect: [{ text: Summary }]", /Summary/],
    [
      "a text that must not be there",
      "steps: [{ shot: true }, { keys: ret }]\nexpect: [{ not: boot }]",
      /rien à l’écran/,
    ],
    ["nothing to cover", "steps: [{ shot: true }, { keys: ret }]\nmask: [{ text: '@' }]", /rien à masquer/],
    ["an unknown keyboard", "steps: [{ type: x, layout: '{{nom}}' }, { keys: ret }]", /clavier inconnu « pve1 »/],
  ])("presses no key after %s", async (_what, body, says) => {
    const machine = new Machine("boot menu");
    const { outcome } = await run(`${VM}${body}`, machine);
    expect(outcome.status).toBe("failed");
    expect(JSON.stringify(outcome)).toMatch(says);
    expect(machine.pressed).toEqual([]);
    expect(machine.closed).toBe(true);
  });

  it("covers what is to be hidden on the picture, in the text that is kept, and in what is said of it", async () => {
    const machine = new Machine("Email  a.b@c.example");
    const body = `${VM}steps: [{ shot: true }]\nmask: [{ text: "@" }]\nexpect: [{ text: "Email +{{mail}}" }]`;
    const { outcome, figure, recorder } = await run(body, machine);
    expect(outcome.status).toBe("passed");
    expect(machine.covered).toHaveLength(1);
    const kept = JSON.stringify([outcome, figure, recorder.attached.filter(({ role }) => role !== "picture")]);
    expect(kept).toContain("•••");
    expect(kept).not.toContain("a.b@c.example");
  });

  it("is refused as a check that presses keys", () => {
    const block = blockOf("```yaml {#ecran .console .check on=pve1}\nscreen: vm/100\nsteps: [{ keys: ret }]\n```");
    expect(consoleKind.inspect(block).map(({ rule }) => rule)).toEqual(["console-role"]);
  });
});
