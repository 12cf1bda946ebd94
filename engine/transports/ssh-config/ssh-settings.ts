import { type ConfigLine, type ConfigPlace, invalidConfig, unsupportedConfig } from "./config-line.ts";

/** A value and the line that gives it. */
export interface Said<T> {
  readonly value: T;
  readonly place: ConfigPlace;
}

/** What an ssh configuration says for one host; tokens (`%h` …) are not replaced yet. */
export interface SshSettings {
  readonly hostName?: Said<string> | undefined;
  readonly user?: Said<string> | undefined;
  readonly port?: Said<number> | undefined;
  /** The hosts to pass through (`none`: none), or a command that makes the connection: whichever is said first. */
  readonly jump?: Said<string> | undefined;
  readonly proxyCommand?: Said<string> | undefined;
  readonly hostKeyAlias?: Said<string> | undefined;
  /** Only an unattended refusal (`yes`) is heard: what would loosen the check is not. */
  readonly neverAsk?: Said<true> | undefined;
  readonly hashKnownHosts: boolean;
  readonly userKnownHosts?: Said<readonly string[]> | undefined;
  readonly globalKnownHosts?: Said<readonly string[]> | undefined;
  readonly connectTimeoutMs?: Said<number> | undefined;
  readonly aliveIntervalMs?: Said<number> | undefined;
  readonly aliveCount?: Said<number> | undefined;
  readonly identityFiles: readonly Said<string>[];
  readonly certificateFiles: readonly Said<string>[];
  readonly identitiesOnly?: Said<true> | undefined;
  readonly identityAgent?: Said<string> | undefined;
}

/** Ignoring these could reach another machine, or trust a key that the operator has revoked. */
const REFUSED: Readonly<Record<string, string>> = {
  canonicalizehostname:
    "Donnez à la machine son nom entier (`ssh.host` dans l’inventaire) et retirez cette ligne pour elle.",
  revokedhostkeys: "Marquez les clés révoquées par @revoked dans known_hosts, ce que Constat lit.",
};

/** The settings that the lines for a host give. Throws ProblemError SSH_CONFIG_INVALID or SSH_CONFIG_UNSUPPORTED. */
export function settingsFrom(lines: readonly ConfigLine[]): SshSettings {
  const first = (keyword: string) => lines.find((line) => line.keyword === keyword);
  const said = <T>(keyword: string, read: (line: ConfigLine) => T): Said<T> | undefined => {
    const line = first(keyword);
    return line && { value: read(line), place: line.place };
  };
  const every = (keyword: string) => {
    const each = lines
      .filter((line) => line.keyword === keyword)
      .map((line) => ({ value: word(line), place: line.place }));
    return each.filter(({ value }, index) => each.findIndex((other) => other.value === value) === index);
  };
  for (const [keyword, remedy] of Object.entries(REFUSED)) {
    const line = first(keyword);
    if (line !== undefined && !/^(?:no|none)$/i.test(word(line)))
      throw unsupportedConfig(line.place, `« ${keyword} ${word(line)} »`, remedy);
  }
  const proxy = lines.find(({ keyword }) => keyword === "proxyjump" || keyword === "proxycommand");
  const through = proxy && { value: proxy.words.join(" "), place: proxy.place };
  return {
    hostName: said("hostname", word),
    user: said("user", word),
    port: said("port", port),
    ...(through && (proxy.keyword === "proxyjump" ? { jump: through } : { proxyCommand: through })),
    hostKeyAlias: said("hostkeyalias", word),
    neverAsk: flag(said("stricthostkeychecking", (line) => /^(?:yes|true)$/i.test(word(line)))),
    hashKnownHosts: said("hashknownhosts", yes)?.value ?? false,
    userKnownHosts: said("userknownhostsfile", ({ words }) => words),
    globalKnownHosts: said("globalknownhostsfile", ({ words }) => words),
    connectTimeoutMs: duration(said("connecttimeout", seconds)),
    aliveIntervalMs: duration(said("serveraliveinterval", seconds)),
    aliveCount: said("serveralivecountmax", (line) => count(line)),
    identityFiles: every("identityfile"),
    certificateFiles: every("certificatefile"),
    identitiesOnly: flag(said("identitiesonly", yes)),
    identityAgent: said("identityagent", word),
  };
}

function word({ words }: ConfigLine): string {
  return words[0] ?? "";
}

function port(line: ConfigLine): number {
  const number = count(line);
  if (number >= 1 && number <= 65_535) return number;
  throw invalidConfig(line.place, `« ${word(line)} » n’est pas un port`, "Écrivez un nombre de 1 à 65535.");
}

function count(line: ConfigLine): number {
  if (/^\d{1,9}$/.test(word(line))) return Number(word(line));
  throw invalidConfig(line.place, `« ${word(line)} » n’est pas un nombre`, "Écrivez un nombre entier.");
}

function yes(line: ConfigLine): boolean {
  if (/^(?:yes|true)$/i.test(word(line))) return true;
  if (/^(?:no|false)$/i.test(word(line))) return false;
  throw invalidConfig(line.place, `« ${word(line)} » n’est ni yes ni no`, "Écrivez yes ou no.");
}

const UNITS: Readonly<Record<string, number>> = { "": 1, s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

/** OpenSSH's lengths of time: `30`, `90s`, `1h30m`; zero when none is wanted. */
function seconds(line: ConfigLine): number {
  const text = word(line).toLowerCase();
  if (text === "none") return 0;
  if (!/^(?:\d{1,9}[smhdw]?)+$/.test(text))
    throw invalidConfig(line.place, `« ${text} » n’est pas une durée`, "Écrivez par exemple 30, 90s ou 1h30m.");
  return [...text.matchAll(/(\d+)([smhdw]?)/g)].reduce(
    (sum, [, digits, unit = ""]) => sum + Number(digits) * (UNITS[unit] ?? 1),
    0,
  );
}

/** Zero asks for no limit of the operator's own: ours stays. */
function duration(said: Said<number> | undefined): Said<number> | undefined {
  return said === undefined || said.value === 0 ? undefined : { ...said, value: said.value * 1_000 };
}

function flag(said: Said<boolean> | undefined): Said<true> | undefined {
  return said?.value === true ? { value: true, place: said.place } : undefined;
}
