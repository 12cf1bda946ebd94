/** One `iface` stanza of /etc/network/interfaces, or of a file below interfaces.d. */
export interface Stanza {
  readonly name: string;
  readonly auto: boolean;
  /** "static", "manual", "loopback"; undefined where the file says none. */
  readonly method: string | undefined;
  readonly family: "inet" | "inet6" | undefined;
  /** Keys with a hyphen in place of ifupdown's other spelling ("bridge-ports"), in order; several may have one name. */
  readonly options: readonly (readonly [key: string, value: string])[];
  readonly comments: readonly string[];
}

/** What a network configuration says: its stanzas in order, and what it takes in besides. */
export interface NetworkText {
  readonly stanzas: readonly Stanza[];
  readonly sources: readonly string[];
}

/** Reads the text of a network configuration; lines that mean nothing here are left out. */
export function parseNetworkText(text: string): NetworkText {
  const auto = new Set<string>();
  const sources: string[] = [];
  const stanzas: { name: string; family: string; method: string; options: [string, string][]; comments: string[] }[] =
    [];
  for (const raw of text.split("\n")) {
    const line = raw.trim();
    const [word = "", ...rest] = line.split(/\s+/);
    if (word === "auto" || word === "allow-hotplug") for (const name of rest) auto.add(name);
    else if (word === "source" || word === "source-directory") sources.push(...rest);
    else if (word === "iface") {
      const [name = "", family = "", method = ""] = rest;
      stanzas.push({ name, family, method, options: [], comments: [] });
    } else if (line.startsWith("#")) {
      if (!/^#version:/.test(line)) stanzas.at(-1)?.comments.push(line.slice(1));
    } else if (word !== "") stanzas.at(-1)?.options.push([word.replaceAll("_", "-"), rest.join(" ")]);
  }
  return { sources, stanzas: stanzas.map((stanza) => finished(stanza, auto)) };
}

function finished(
  {
    name,
    family,
    method,
    options,
    comments,
  }: {
    readonly name: string;
    readonly family: string;
    readonly method: string;
    readonly options: [string, string][];
    readonly comments: string[];
  },
  auto: ReadonlySet<string>,
): Stanza {
  return {
    ...{ name, auto: auto.has(name), options, comments },
    method: method === "" ? undefined : method,
    family: family === "inet" || family === "inet6" ? family : undefined,
  };
}

/** The first value of an option. */
export function optionOf(stanza: Stanza, key: string): string | undefined {
  return stanza.options.find(([name]) => name === key)?.[1];
}

/** Every value of an option, in order. */
export function optionsOf(stanza: Stanza, key: string): string[] {
  return stanza.options.filter(([name]) => name === key).map(([, value]) => value);
}

/** Names in a value such as "none" or "ens18 ens19". */
export function namesIn(value: string | undefined): string[] {
  return (value ?? "").split(/\s+/).filter((name) => name !== "" && name !== "none");
}
