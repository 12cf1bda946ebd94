import { type ConfigLine, invalidConfig, unsupportedConfig } from "./config-line.ts";
import { fitsPatterns } from "./host-pattern.ts";

/** For whom a configuration is asked, as `ssh` would be called: `ssh [-l user] host`. */
export interface ConfigQuery {
  readonly host: string;
  readonly user?: string | undefined;
  /** The login name that holds when neither the query nor the configuration gives one. */
  readonly defaultUser: string;
  /** Who asks, on this machine. */
  readonly localUser: string;
}

/** What a walk through the files has met so far. */
interface Walk {
  readonly query: ConfigQuery;
  /** What `Host` is compared with: the name that was asked for, then the one it stands for. */
  readonly name: string;
  readonly met: ConfigLine[];
  /** The second walk, for what stands under `Match final`. */
  readonly final: boolean;
  wantsFinal: boolean;
}

/**
 * The lines that hold for a host, in the order in which they are met: the first one with a keyword wins. Throws ProblemError
 * SSH_CONFIG_INVALID, or SSH_CONFIG_UNSUPPORTED for a `Match` whose answer would need a command or the network.
 */
export function linesForHost(lines: readonly ConfigLine[], query: ConfigQuery): readonly ConfigLine[] {
  const first: Walk = { query, name: query.host, met: [], final: false, wantsFinal: false };
  walkLines(lines, first, true);
  if (!first.wantsFinal) return first.met;
  const second: Walk = { query, name: settledName(first), met: first.met, final: true, wantsFinal: false };
  walkLines(lines, second, true);
  return second.met;
}

/** `%h` in a HostName is the name that was asked for. */
export function hostNameFrom(written: string, asked: string): string {
  return written.replace(/%[h%]/g, (token) => (token === "%h" ? asked : "%"));
}

function walkLines(lines: readonly ConfigLine[], walk: Walk, within: boolean): void {
  let active = within;
  for (const line of lines) {
    if (line.keyword === "host") active = within && fitsPatterns(walk.name, nonEmpty(line).words);
    else if (line.keyword === "match") active = within && matches(nonEmpty(line), walk);
    else if (line.keyword === "include") for (const file of line.included ?? []) walkLines(file, walk, active);
    // The second walk comes when the host's name is settled: it is too late for another one.
    else if (active && !(walk.final && line.keyword === "hostname")) walk.met.push(nonEmpty(line));
  }
}

function matches(line: ConfigLine, walk: Walk): boolean {
  const words = line.words.flatMap((word) => /^(!?[a-z]+)=(.*)$/is.exec(word)?.slice(1) ?? [word]);
  let result = true;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? "";
    const negated = word.startsWith("!");
    const criterion = word.slice(negated ? 1 : 0).toLowerCase();
    let holds: boolean;
    switch (criterion) {
      case "all":
        holds = true;
        break;
      case "canonical":
      case "final":
        if (criterion === "final" && result) walk.wantsFinal = true;
        holds = walk.final;
        break;
      default: {
        at += 1;
        const argument = words[at];
        if (argument === undefined)
          throw invalidConfig(line.place, `« Match ${word} » n’est pas suivi d’un motif`, EXAMPLE);
        // What stands before already decides: nothing more need be known.
        if (!result) continue;
        holds = fits(criterion, argument.split(","), line, walk);
      }
    }
    if (holds === negated) result = false;
  }
  return result;
}

const EXAMPLE = "Écrivez par exemple : Match host *.example.org";

function fits(criterion: string, patterns: readonly string[], line: ConfigLine, walk: Walk): boolean {
  const { query } = walk;
  switch (criterion) {
    case "host": {
      const lower = patterns.map((pattern) => pattern.toLowerCase());
      return fitsPatterns(settledName(walk).toLowerCase(), lower);
    }
    case "originalhost":
      return fitsPatterns(
        query.host.toLowerCase(),
        patterns.map((pattern) => pattern.toLowerCase()),
      );
    case "user":
      return fitsPatterns(query.user ?? firstWord(walk, "user") ?? query.defaultUser, patterns);
    case "localuser":
      return fitsPatterns(query.localUser, patterns);
    default:
      throw unsupportedConfig(
        line.place,
        `« Match ${criterion} »`,
        "Restreignez ce Match à d’autres machines (Match host … avant lui), ou donnez à ce nœud ses propres réglages dans l’inventaire avec « config: false ».",
      );
  }
}

function settledName(walk: Walk): string {
  return hostNameFrom(firstWord(walk, "hostname") ?? walk.query.host, walk.query.host);
}

function firstWord({ met }: Walk, keyword: string): string | undefined {
  return met.find((line) => line.keyword === keyword)?.words[0];
}

function nonEmpty(line: ConfigLine): ConfigLine {
  if (line.words.length > 0) return line;
  throw invalidConfig(
    line.place,
    `« ${line.keyword} » n’a pas de valeur`,
    "Donnez-lui une valeur, ou retirez la ligne.",
  );
}
