import type { Clock } from "../../base/clock.ts";
import { readableSource } from "../../expect/index.ts";
import type { ConsoleSpec, ConsoleStep } from "../../model/console-spec.ts";
import type { Judgement } from "../../model/expectation.ts";
import { keysFor, LAYOUTS } from "../../model/keyboard.ts";
import type { ScreenView } from "../../model/screen-view.ts";
import type { ConsoleSession, ConsoleTransport } from "../../transports/port.ts";
import { Concealer, type Covering } from "./conceal.ts";

/** What the steps need from outside. */
export interface Surroundings {
  readonly session: ConsoleSession;
  readonly transport: ConsoleTransport;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  secret(name: string): Promise<string>;
  progress(text: string): void;
}

/** What came of a block: the screen that counts, how it was judged, and what was missing on the way. Nothing in it tells what is covered. */
export interface Taken {
  readonly view: ScreenView;
  readonly judgements: readonly Judgement[];
  readonly covering: Covering;
  /** Why it ended early, in French. */
  readonly unmet: string | undefined;
}

/** Between two looks: what comes soon is seen soon, what takes minutes is not stared at. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 700;
/** So often is a picture looked at that is to stay the same. */
const STILL_LOOKS = 4;
const SHOWN = 240;

/** The surroundings, and what must not be told of them. */
interface Scene extends Surroundings {
  readonly concealer: Concealer;
}

/** Goes through the steps; the picture is taken at `shot`, or at the end. After a wait in vain, or an expectation that does not hold, no key is pressed any more. */
export async function takeSteps(spec: ConsoleSpec, around: Surroundings): Promise<Taken> {
  const scene: Scene = { ...around, concealer: new Concealer(spec, around.transport) };
  let taken: Taken | undefined;
  for (const step of spec.steps) {
    if ("shot" in step) {
      taken = await takeShot(spec, scene);
      if (taken.unmet !== undefined || taken.judgements.some(({ ok }) => !ok)) return taken;
      continue;
    }
    const unmet = await takeStep(step, spec, scene);
    if (unmet === undefined) continue;
    const view = taken?.view ?? (await around.session.look(around.signal));
    return concluded(view, taken?.judgements ?? [], scene, unmet);
  }
  return taken ?? (await takeShot(spec, scene));
}

/** Whatever ended the block, its screen is kept only covered. */
function concluded(view: ScreenView, judgements: readonly Judgement[], { concealer }: Scene, early?: string): Taken {
  const covering = concealer.cover(view);
  const reasons = [
    ...(early === undefined ? [] : [concealer.tell(early, view)]),
    ...(covering.secretSeen ? ["un secret est lisible à l’écran"] : []),
    // Before a shot, what is to be hidden may not be on the screen yet.
    ...(early === undefined && covering.absent.length > 0
      ? [concealer.tell(`rien à masquer pour ${covering.absent.join(", ")}`)]
      : []),
  ];
  return { view, judgements, covering, unmet: reasons.length === 0 ? undefined : reasons.join(" ; ") };
}

async function takeStep(step: ConsoleStep, spec: ConsoleSpec, scene: Scene): Promise<string | undefined> {
  const { session, signal } = scene;
  if ("keys" in step) {
    await session.press(typeof step.keys === "string" ? [step.keys] : step.keys, signal);
    return undefined;
  }
  if ("type" in step) return await write(step.type, step.layout, scene, `« ${step.type} »`);
  if ("secret" in step) {
    const secret = await scene.secret(step.secret);
    scene.concealer.learn(secret);
    return await write(secret, step.layout, scene, `le secret ${step.secret}`);
  }
  if ("wait" in step) return await waitFor(step.wait, step.within ?? spec.within, scene);
  if ("stable" in step) return await waitStable(step.stable, step.within ?? spec.within, scene);
  return undefined;
}

async function write(
  text: string,
  layout: string | undefined,
  scene: Scene,
  what: string,
): Promise<string | undefined> {
  const wanted = layout ?? "us";
  const known = LAYOUTS.find((name) => name === wanted);
  if (known === undefined) return `clavier inconnu « ${wanted} » ; claviers connus : ${LAYOUTS.join(", ")}`;
  const found = keysFor(text, known);
  if (!found.ok) return `le clavier « ${known} » n’a pas de touche pour un caractère de ${what}`;
  await scene.session.press(found.keys, scene.signal);
  return undefined;
}

async function waitFor(pattern: string, within: number, scene: Scene): Promise<string | undefined> {
  const { session, transport, clock, signal, concealer } = scene;
  const until = clock.monotonic() + within;
  const wanted = concealer.tell(readableSource(pattern));
  let digest = "";
  let last: ScreenView | undefined;
  scene.progress(`attend « ${wanted} » à l’écran`);
  for (let pause = FIRST_PAUSE_MS; ; pause = longer(pause)) {
    const glance = await session.look(signal, { read: false });
    // Reading costs more than looking: an unchanged picture says nothing new.
    if (glance.digest !== digest) {
      last = await session.look(signal);
      digest = last.digest;
      if (transport.matches(pattern, last.text) !== undefined) return undefined;
    }
    if (clock.monotonic() >= until) {
      const seen = brief(last === undefined ? "" : concealer.cover(last).text);
      return `« ${wanted} » n’est pas apparu à l’écran en ${seconds(within)} ; on y lit : ${seen}`;
    }
    await clock.sleep(pause, signal);
  }
}

async function waitStable(
  still: number,
  within: number,
  { session, clock, signal }: Scene,
): Promise<string | undefined> {
  const until = clock.monotonic() + within;
  let digest = "";
  let since = clock.monotonic();
  for (;;) {
    const view = await session.look(signal, { read: false });
    if (view.digest !== digest) {
      digest = view.digest;
      since = clock.monotonic();
    } else if (clock.monotonic() - since >= still) return undefined;
    if (clock.monotonic() >= until) return `l’écran change encore après ${seconds(within)}`;
    await clock.sleep(Math.min(LONGEST_PAUSE_MS, still / STILL_LOOKS), signal);
  }
}

/** The expectations are judged on the very picture that is kept; what is still being drawn gets the time of a wait. */
async function takeShot(spec: ConsoleSpec, scene: Scene): Promise<Taken> {
  const { session, clock, signal } = scene;
  const until = clock.monotonic() + Math.min(spec.within, 20_000);
  for (let pause = FIRST_PAUSE_MS; ; pause = longer(pause)) {
    const view = await session.look(signal);
    const judgements = spec.expect.map((each) => judge(each, view, scene));
    if (judgements.every(({ ok }) => ok) || clock.monotonic() >= until) return concluded(view, judgements, scene);
    await clock.sleep(pause, signal);
  }
}

function longer(pause: number): number {
  return Math.min(pause * 1.5, LONGEST_PAUSE_MS);
}

function judge(each: ConsoleSpec["expect"][number], view: ScreenView, { transport, concealer }: Scene): Judgement {
  const pattern = "text" in each ? each.text : each.not;
  const found = transport.matches(pattern, view.text);
  const wanted = concealer.tellPattern(readableSource(pattern), view);
  const seen = found === undefined ? undefined : concealer.tell(found, view);
  if ("not" in each) {
    return {
      ok: seen === undefined,
      expected: `rien à l’écran qui corresponde à ${wanted}`,
      obtained: seen ?? "rien de tel",
    };
  }
  return {
    ok: seen !== undefined,
    expected: `à l’écran, un texte qui corresponde à ${wanted}`,
    obtained: seen ?? `rien de tel ; on y lit : ${brief(concealer.cover(view).text)}`,
  };
}

function brief(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line === "" ? "aucun texte lisible" : line.length <= SHOWN ? line : `${line.slice(0, SHOWN)}…`;
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}
