import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer, { type Browser } from "puppeteer-core";
import { ProblemError } from "../../base/problem.ts";
import type { Inventory } from "../../model/inventory.ts";
import { fontRendering } from "./font-rendering.ts";

const LAUNCH_MS = 30_000;
const ANSWER_MS = 30_000;

export interface LaunchOptions {
  readonly executable: string;
  readonly inventory: Pick<Inventory, "nodes" | "guard">;
  /** SHA-256 of the public keys (base64) that are accepted whatever their certificate says. */
  readonly keys: readonly string[];
  /** `fr`: dates and numbers of the page follow it. */
  readonly language: string;
}

/** A running browser and its throw-away profile. */
export interface WarmBrowser {
  readonly browser: Browser;
  readonly keys: ReadonlySet<string>;
  /** Ends the process and removes the profile; never throws. */
  close(): Promise<void>;
}

/** Starts a browser that trusts these keys alone. Throws BROWSER_NOT_STARTED. */
export async function launchBrowser(options: LaunchOptions): Promise<WarmBrowser> {
  const profile = await mkdtemp(join(tmpdir(), "constat-browser-"));
  try {
    await writePreferences(profile);
    const browser = await puppeteer.launch({
      executablePath: options.executable,
      headless: options.executable.includes("headless-shell") ? "shell" : true,
      // A pipe: no debugging port that another user of this machine could join.
      pipe: true,
      userDataDir: profile,
      args: browserArguments(options, process.getuid?.() === 0),
      env: await fontRendering(profile, process.env),
      timeout: LAUNCH_MS,
      protocolTimeout: ANSWER_MS,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      defaultViewport: null,
    });
    return { browser, keys: new Set(options.keys), close: () => closeBrowser(browser, profile) };
  } catch (error) {
    await removeProfile(profile);
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    throw new ProblemError("BROWSER_NOT_STARTED", `Le navigateur ${options.executable} ne démarre pas : ${reason}`, {
      scope: "environment",
      hint: "Lancer `constat doctor` ; donner un autre navigateur dans CONSTAT_BROWSER.",
      cause: error,
    });
  }
}

/** The command line of the browser: what it may reach, whom it trusts, and everything that could change a pixel held still. */
export function browserArguments(options: Omit<LaunchOptions, "executable">, asRoot: boolean): string[] {
  const rules = resolverRules(options.inventory);
  return [
    ...(asRoot ? ["--no-sandbox"] : []),
    ...(rules === "" ? [] : [`--host-resolver-rules=${rules}`]),
    ...(options.keys.length === 0 ? [] : [`--ignore-certificate-errors-spki-list=${options.keys.join(",")}`]),
    `--lang=${options.language === "fr" ? "fr-FR" : options.language}`,
    "--disable-gpu",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    // Of the headless shell; font-rendering.ts says it to a whole Chromium, which does not know this switch.
    "--font-render-hinting=none",
    // Else how wide a letter is depends on the scale at which the process met its font. Letters still stand between pixels.
    "--disable-font-subpixel-positioning",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-quic",
    "--no-pings",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--no-proxy-server",
  ];
}

/** Whom Chromium asks about itself (updates of its parts), whatever its switches say: a machine of the site's has no business there. */
const MAKER = ["google.com", "googleapis.com", "gvt1.com"].map((domain) => `MAP *.${domain} ~NOTFOUND`);

/** Nominal addresses to their sockets, and nothing to the browser's maker; under the loopback guard every other name ends before a socket is opened. */
export function resolverRules(inventory: Pick<Inventory, "nodes" | "guard">): string {
  const written = (host: string) => (host.includes(":") && !host.startsWith("[") ? `[${host}]` : host);
  const rules = inventory.nodes.flatMap(({ pve, bmc }) =>
    [pve, bmc].flatMap((access) =>
      access?.connect === undefined
        ? []
        : [
            `MAP ${written(access.endpoint.host)}:${access.endpoint.port} ${written(access.connect.host)}:${access.connect.port}`,
          ],
    ),
  );
  const guarded = ["MAP * ~NOTFOUND", "EXCLUDE 127.0.0.1", "EXCLUDE localhost", "EXCLUDE [::1]"];
  return [...new Set([...rules, ...(inventory.guard === "loopback" ? guarded : MAKER)])].join(", ");
}

/** Without this, a name that does not resolve makes Chromium ask the name servers for one of its maker's, past the resolver rules. */
async function writePreferences(profile: string): Promise<void> {
  await mkdir(join(profile, "Default"), { recursive: true });
  const preferences = { alternate_error_pages: { enabled: false } };
  await writeFile(join(profile, "Default", "Preferences"), JSON.stringify(preferences));
}

async function closeBrowser(browser: Browser, profile: string): Promise<void> {
  const child = browser.process();
  const deadline = new Promise<void>((resolve) => setTimeout(resolve, 5_000).unref());
  await Promise.race([browser.close().catch(() => {}), deadline]);
  // A browser that hangs does not close on request.
  if (child !== null && child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
  await removeProfile(profile);
}

async function removeProfile(profile: string): Promise<void> {
  // Its helper processes may still write for a moment after the main one has gone.
  await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }).catch(() => {});
}
