import type { Clock } from "../../base/clock.ts";
import { readableSource } from "../../expect/index.ts";
import type { ConsoleSpec, ConsoleStep } from "../../model/console-spec.ts";
import type { Judgement } from "../../model/expectation.ts";
import { keysFor, LAYOUTS } from "../../model/keyboard.ts";
import type { ConsoleSession, ConsoleTransport, PixelBox, ScreenView } from "../../transports/port.ts";

/** What the steps need from outside. */
export interface Surroundings {
  readonly session: ConsoleSession;
  readonly transport: ConsoleTransport;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  secret(name: string): Promise<string>;
  progress(text: string): void;
}

/** What came of a block: the screen that counts, how it was judged, and what was missing on the way. */
export interface Taken {
  readonly view: ScreenView;
  readonly judgements: readonly Judgement[];
  /** Places to cover on the picture. */
  readonly covered: readonly PixelBox[];
  /** Why it ended early, in French. */
  readonly unmet: string | undefined;
}

const PAUSE_MS = 700;
const SHOWN = 240;

/** Goes through the steps; the picture is taken at `shot`, or at the end. After a wait in vain, or an expectation that does not hold, no key is pressed any more. */
export async function takeSteps(spec: ConsoleSpec, around: Surroundings): Promise<Taken> {
  let taken: Taken | undefined;
  for (const step of spec.steps) {
    if ("shot" in step) {
      taken = await takeShot(spec, around);
      if (taken.unmet !== undefined || taken.judgements.some(({ ok }) => !ok)) return taken;
      continue;
    }
    const unmet = await takeStep(step, spec, around);
    if (unmet === undefined) continue;
    const view = taken?.view ?? (await around.session.look(around.signal));
    return { view, judgements: taken?.judgements ?? [], covered: taken?.covered ?? [], unmet };
  }
  return taken ?? (await takeShot(spec, around));
}

async function takeStep(step: ConsoleStep, spec: ConsoleSpec, around: Surroundings): Promise<string | undefined> {
  const { session, signal } = around;
  if ("keys" in step) {
    await session.press(typeof step.keys === "string" ? [step.keys] : step.keys, signal);
    return undefined;
  }
  if ("type" in step) return await write(step.type, step.layout, around, `« ${step.type} »`);
  if ("secret" in step)
    return await write(await around.secret(step.secret), step.layout, around, `le secret ${step.secret}`);
  if ("wait" in step) return await waitFor(step.wait, step.within ?? spec.within, around);
  if ("stable" in step) return await waitStable(step.stable, step.within ?? spec.within, around);
  return undefined;
}

async function write(
  text: string,
  layout: string | undefined,
  around: Surroundings,
  what: string,
): Promise<string | undefined> {
  const wanted = layout ?? "us";
  const known = LAYOUTS.find((name) => name === wanted);
  if (known === undefined) return `clavier inconnu « ${wanted} » ; claviers connus : ${LAYOUTS.join(", ")}`;
  const found = keysFor(text, known);
  if (!found.ok) return `le clavier « ${known} » n’a pas de touche pour un caractère de ${what}`;
  await around.session.press(found.keys, around.signal);
  return undefined;
}

async function waitFor(pattern: string, within: number, around: Surroundings): Promise<string | undefined> {
  const { session, transport, clock, signal } = around;
  const until = clock.monotonic() + within;
  let digest = "";
  let text = "";
  around.progress(`attend « ${readableSource(pattern)} » à l’écran`);
  for (;;) {
    const glance = await session.look(signal, { read: false });
    // Reading costs more than looking: an unchanged picture says nothing new.
    if (glance.digest !== digest) {
      const view = await session.look(signal);
      digest = view.digest;
      text = view.text;
      if (transport.matches(pattern, text) !== undefined) return undefined;
    }
    if (clock.monotonic() >= until)
      return `« ${readableSource(pattern)} » n’est pas apparu à l’écran en ${seconds(within)} ; on y lit : ${brief(text)}`;
    await clock.sleep(PAUSE_MS, signal);
  }
}

async function waitStable(still: number, within: number, around: Surroundings): Promise<string | undefined> {
  const { session, clock, signal } = around;
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
    await clock.sleep(Math.min(PAUSE_MS, still), signal);
  }
}

/** The expectations are judged on the very picture that is kept; what is still being drawn gets the time of a wait. */
async function takeShot(spec: ConsoleSpec, around: Surroundings): Promise<Taken> {
  const { session, transport, clock, signal } = around;
  const until = clock.monotonic() + Math.min(spec.within, 20_000);
  for (;;) {
    const view = await session.look(signal);
    const judgements = spec.expect.map((each) => judge(each, view, transport));
    if (judgements.every(({ ok }) => ok) || clock.monotonic() >= until) {
      return { view, judgements, ...covering(spec, view, transport) };
    }
    await clock.sleep(PAUSE_MS, signal);
  }
}

function judge(each: ConsoleSpec["expect"][number], view: ScreenView, transport: ConsoleTransport): Judgement {
  const pattern = "text" in each ? each.text : each.not;
  const found = transport.matches(pattern, view.text);
  if ("not" in each) {
    return {
      ok: found === undefined,
      expected: `rien à l’écran qui corresponde à ${readableSource(pattern)}`,
      obtained: found ?? "rien de tel",
    };
  }
  return {
    ok: found !== undefined,
    expected: `à l’écran, un texte qui corresponde à ${readableSource(pattern)}`,
    obtained: found ?? `rien de tel ; on y lit : ${brief(view.text)}`,
  };
}

function covering(spec: ConsoleSpec, view: ScreenView, transport: ConsoleTransport): Pick<Taken, "covered" | "unmet"> {
  const covered: PixelBox[] = [];
  const absent: string[] = [];
  for (const each of spec.mask) {
    if ("box" in each) {
      covered.push(each.box);
      continue;
    }
    const places = view.texts.filter(({ text }) => transport.matches(each.text, text) !== undefined);
    if (places.length === 0) absent.push(each.text);
    for (const { box } of places) {
      covered.push({
        x: box.left - 2,
        y: box.top - 2,
        width: box.right - box.left + 4,
        height: box.bottom - box.top + 4,
      });
    }
  }
  return { covered, unmet: absent.length === 0 ? undefined : `rien à masquer pour ${absent.join(", ")}` };
}

function brief(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line === "" ? "aucun texte lisible" : line.length <= SHOWN ? line : `${line.slice(0, SHOWN)}…`;
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}
