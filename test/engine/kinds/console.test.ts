import { describe, expect, it } from "vitest";
import { console as consoleKind } from "../../../engine/kinds/console.ts";
import type { PixelBox, ScreenView } from "../../../engine/model/screen-view.ts";
import { tolerantPattern } from "../../../engine/transports/console/reading/tolerant-pattern.ts";
import type { ConsoleSession } from "../../../engine/transports/port.ts";
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
    expect(recorder.coverings).toEqual({ "masque de l’image": 1 });
    const kept = JSON.stringify([outcome, figure, recorder.attached.filter(({ role }) => role !== "picture")]);
    expect(kept).toContain("•••");
    expect(kept).not.toContain("a.b@c.example");
  });

  // Secrets of these tests are their own name in capitals.
  it.each([
    ["whole", "Name  ROOT_PASSWORD"],
    ["read with the strokes and rounds of other letters", "Name  R0OT_PASSW0RD"],
    ["in part, as a narrow field shows it", "Name  <SSWO"],
  ])("keeps no secret that it typed and that can be read %s", async (_what, screen) => {
    const machine = new Machine("Name", screen);
    const steps = "steps: [{ secret: root_password }, { shot: true }, { keys: ret }]";
    const { outcome, figure, recorder } = await run(`${VM}${steps}\nexpect: [{ text: Name }]`, machine);
    expect(outcome).toMatchObject({ status: "failed", reason: "un secret est lisible à l’écran" });
    expect(figure).toBeNull();
    expect(machine.pressed).toHaveLength(1);
    expect(machine.covered).toEqual([{ x: 98, y: -2, width: 84, height: 20 }]);
    expect(JSON.stringify([outcome, recorder.attached])).not.toContain(screen.split("  ")[1]);
  });

  it("tells a secret from the words that the author expects on the screen", async () => {
    const machine = new Machine("", "ROOT  ••••");
    const steps = "steps: [{ secret: root_password }, { shot: true }]";
    const { outcome } = await run(`${VM}${steps}\nexpect: [{ text: ROOT }]`, machine);
    expect(outcome.status).toBe("passed");
  });

  it.each([
    ["a wait in vain", 'steps: [{ wait: "{{mail}} Summary" }, { shot: true }]'],
    ["a wait in vain behind a picture", 'steps: [{ shot: true }, { wait: "{{mail}} Summary" }]'],
    ["an expectation that fails", 'steps: [{ shot: true }]\nexpect: [{ text: "To: {{mail}} Summary" }]'],
    ["a text that must not be there", 'steps: [{ shot: true }]\nexpect: [{ not: "a.b@c" }]'],
  ])("covers what is to be hidden after %s", async (_what, body) => {
    const machine = new Machine("Email  a.b@c.example");
    const { outcome, recorder } = await run(`${VM}mask: [{ text: "@" }]\n${body}`, machine);
    expect(outcome.status).toBe("failed");
    expect(new Set(machine.covered.map(({ x }) => x))).toEqual(new Set([98]));
    const kept = JSON.stringify([outcome, recorder.attached.filter(({ role }) => role !== "picture")]);
    expect(kept).toContain("•••");
    expect(kept).not.toMatch(/a\.b@|b@c|c\.example|à a\.b/);
  });

  it("covers a mask of several words in what is said as well", async () => {
    const machine = new Machine("Code  clef abcdef");
    const body = `${VM}steps: [{ shot: true }]\nmask: [{ text: 'clef \\w+' }]`;
    for (const expected of ["Code +clef +abcdef", "clef +abcdef +Summary"]) {
      const { outcome, recorder } = await run(`${body}\nexpect: [{ text: "${expected}" }]`, machine);
      expect(JSON.stringify([outcome, recorder.attached])).not.toContain("abcdef");
    }
  });

  it("covers every text of the picture where a mask finds nothing", async () => {
    const machine = new Machine("Email  aQc.example");
    const { outcome } = await run(`${VM}steps: [{ wait: Summary }]\nmask: [{ text: "@" }]`, machine);
    expect(outcome).toMatchObject({ status: "failed", reason: expect.stringMatching(/n’est pas apparu/) });
    expect(machine.covered.map(({ x }) => x)).toEqual([-2, 98]);
  });

  it("is refused as a check that presses keys", () => {
    const block = blockOf("```yaml {#ecran .console .check on=pve1}\nscreen: vm/100\nsteps: [{ keys: ret }]\n```");
    expect(consoleKind.inspect(block).map(({ rule }) => rule)).toEqual(["console-role"]);
  });

  it("is refused with a pattern that is none, at its place, before anything runs", () => {
    const body =
      "screen: vm/100\nsteps:\n  - { wait: (Install }\nmask: [{ text: '[' }]\nexpect: [{ text: '{{nom}} {{n}}+' }, { not: '*' }]";
    const said = consoleKind.inspect(blockOf(`\`\`\`yaml {#ecran .console .action on=pve1}\n${body}\n\`\`\``));
    expect(said.map(({ rule, place }) => [rule, place.line, place.column])).toEqual([
      ["console-pattern", 10, 13],
      ["console-pattern", 11, 16],
      ["console-pattern", 12, 45],
    ]);
    expect(said[0]?.reason).toContain("parenthèse jamais fermée");
  });
});
