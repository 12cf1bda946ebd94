import { describe, expect, it } from "vitest";
import { openRun } from "../../../engine/evidence/index.ts";
import type { Event } from "../../../engine/model/event.ts";
import { REPORTERS, type Reporter, shieldedReporters } from "../../../engine/reporters/index.ts";
import { execute } from "../../support/executed-run.ts";

const TEXT = [
  "```bash {#passe .check on=@noeuds}\ntrue\n```",
  "```bash {#saute .action on=pve1 unless=#passe}\ntouch x\n```",
  '```bash {#echoue .check on=pve1 capture="état"}\n#| expect: ok\nfalse\n```',
  "```bash {#bloque .action on=pve2}\ntouch y\n```",
  "[ Capture : état ]",
].join("\n\n");

function collecting(name: keyof typeof REPORTERS) {
  const texts: string[] = [];
  return { reporter: REPORTERS[name]({ write: (text) => texts.push(text) }), said: () => texts.join("") };
}

describe("every view of a run", () => {
  it.each(["ligne", "detail", "json", "github"] as const)(
    "%s says the same live and replayed from the stored run",
    async (name) => {
      const live = collecting(name);
      const ran = await execute(TEXT, {
        onEvent: (event) => live.reporter.event(event),
        machine: (script, target) => ({ code: script === "false" ? 3 : 0, stdout: `${target}\n` }),
      });
      const replayed = collecting(name);
      for (const event of (await openRun(ran.folder)).events) replayed.reporter.event(event);
      expect(replayed.said()).toBe(live.said());
      expect(live.said().length).toBeGreaterThan(100);
    },
  );
});

describe("the line reporter", () => {
  it("tells every step with its outcome and why, and sums up", async () => {
    const { reporter, said } = collecting("ligne");
    await execute(TEXT, {
      onEvent: (event) => reporter.event(event),
      machine: (script, target) => ({ code: script === "false" ? 3 : 0, stdout: `${target}\n` }),
    });
    const lines = said().split("\n");
    expect(lines).toContain("[1/1] OK      #passe");
    expect(said()).toContain("ÉCHEC   #echoue — code 3");
    expect(said()).toContain("      attendu : ");
    expect(said()).toContain("IGNORÉ  #saute — Déjà satisfait : #passe le confirme, rien n’a été fait.");
    expect(said()).toContain("BLOQUÉ  #bloque — L’étape #echoue a échoué");
    expect(said()).toContain(
      "Exécution terminée : 1 réussie, 1 ignorée, 1 en échec, 0 en erreur, 1 bloquée ; figures 0/1.",
    );
  });

  it("gives every step its number of the plan, also to one that ends after the next, and tells of differing answers in detail only", () => {
    const common = { v: 1, seq: 1, at: "", prev: "" } as const;
    const started = { type: "run-started", run: "essai", inventory: { name: "site", simulated: null } };
    const steps = ["mesure", "action", "suite"].map((step) => ({ step }));
    const passed = { status: "passed", judgements: [] } as const;
    const happened: readonly Event[] = [
      { ...common, ...started, steps } as unknown as Event,
      { ...common, type: "step-started", step: "mesure" },
      { ...common, type: "step-started", step: "action" },
      ...["action", "mesure", "suite"].map(
        (step): Event => ({
          ...{ ...common, type: "step-finished", step, outcome: passed, retained: {} },
          homogeneous: step === "suite" ? false : null,
        }),
      ),
    ];
    const [brief, detailed] = (["ligne", "detail"] as const).map((name) => {
      const { reporter, said } = collecting(name);
      for (const event of happened) reporter.event(event);
      return said().split("\n");
    });
    expect(brief?.slice(1, 4)).toEqual(["[2/3] OK      #action", "[1/3] OK      #mesure", "[3/3] OK      #suite"]);
    expect(detailed).toContain("[3/3] OK      #suite — chaque nœud a sa propre réponse");
  });

  it("lets no machine draw on the operator's terminal", () => {
    const { reporter, said } = collecting("ligne");
    const evil = "\u001B[2J\u001B]0;titre\u0007faux\rOK\u0008\u009B1m";
    const outcome = {
      status: "failed",
      reason: evil,
      judgements: [{ ok: false, expected: evil, obtained: evil }],
    } as const;
    const common = { v: 1, seq: 1, at: "", prev: "" } as const;
    reporter.event({ ...common, type: "step-finished", step: "a", outcome, retained: {}, homogeneous: null });
    reporter.event({ ...common, type: "node-identified", node: "a", address: "", facts: { version: evil } });
    reporter.live({ type: "progress", step: "a", target: "pve1", text: evil });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(said()).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/);
    expect(said()).toContain("faux");
  });
});

describe("a view of a run that goes on", () => {
  const common = { v: 1, seq: 1, at: "", prev: "" } as const;
  const inventory = { name: "site", simulated: null };
  const placeholders = ["avant", "jamais"].map((caption) => ({ id: caption, caption, chosen: null }));
  const before = [
    { ...common, type: "run-started", run: "essai", inventory, steps: [], placeholders },
    { ...common, type: "placeholder-filled", placeholder: "avant" },
    { ...common, type: "figure-reused", placeholder: "repris", from: { run: "autre" } },
  ] as unknown as readonly Event[];
  const counts = { passed: 1, failed: 0, skipped: 0, blocked: 0, errored: 0 };
  const placeholdersNow = { expected: 2, filled: 1 };
  const end: Event = { ...common, type: "run-finished", counts, placeholders: placeholdersNow, interrupted: false };

  it.each([
    ["github", "« jamais »", "« avant »"],
    ["ligne", "dont 1 reprise", "figure : avant"],
    ["json", '"type":"run-started"', "placeholder-filled"],
  ] as const)("%s counts with what was there before, and does not tell it again", (name, told, untold) => {
    const { reporter, said } = collecting(name);
    const shielded = shieldedReporters([reporter], (error) => expect.unreachable(String(error)));
    shielded.resumed?.(before);
    shielded.event(end);
    expect(said()).toContain(told);
    expect(said()).not.toContain(untold);
  });
});

describe("shieldedReporters()", () => {
  it("goes on with the others when one fails, and asks that one no more", () => {
    const complaints: unknown[] = [];
    let asked = 0;
    const broken: Reporter = {
      event: () => {
        asked += 1;
        throw new Error("broken pipe");
      },
      live: () => {
        asked += 1;
      },
    };
    const { reporter, said } = collecting("json");
    const both = shieldedReporters([broken, reporter], (error) => complaints.push(error));
    const event: Event = { v: 1, seq: 1, at: "", prev: "", type: "step-started", step: "a" };
    both.event(event);
    both.event(event);
    both.live({ type: "progress", step: "a", target: "pve1", text: "x" });
    expect([asked, complaints.length]).toEqual([1, 1]);
    expect(said().trimEnd().split("\n")).toHaveLength(2);
  });
});
