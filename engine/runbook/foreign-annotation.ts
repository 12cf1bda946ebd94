import { isJsonObject, type Json } from "../base/json.ts";
import { type Attribute, parseAttributes } from "./attributes.ts";

/** Another tool's annotation of a fence, in our terms. */
export interface ForeignAnnotation {
  readonly tool: "runme" | "pandoc" | "Quarto";
  readonly language: string;
  readonly attributes: readonly Attribute[];
  /** What it said that has no place here. */
  readonly dropped: readonly string[];
  /** Keys of its `#|` lines that stand in `attributes` now, or nowhere. */
  readonly lines: readonly string[];
}

type Pair = readonly [key: string, value: string];

const SHELLS: ReadonlyMap<string, string> = new Map([
  ["bash", "bash"],
  ["sh", "sh"],
  ["shell", "bash"],
  ["zsh", "bash"],
]);
/** runme's words; `id` is its own machine-made one. */
const RUNME =
  /^(?:name|id|cwd|interactive|background|tags?|category|excludeFromRunAll|closeTerminalOnSuccess|mimeType|promptEnv|terminalRows|runmeVersion)$/;
/** Words of Quarto and knitr that concern pages, not what runs. */
const QUARTO_PAGE =
  /^(?:label|echo|eval|output|warning|error|message|include|code-fold|code-summary|filename|results|collapse|prompt|comment|cache|tbl-cap|fig-[a-z]+|lst-[a-z]+)$/;

/** Reads what stands behind a fence's marks as runme (JSON, braces), pandoc or Quarto write it; undefined for our own form and for none of these. */
export function foreignAnnotation(language: string, braces: string, content: string): ForeignAnnotation | undefined {
  const shell = SHELLS.get(language);
  if (shell !== undefined) {
    const pairs = runmePairs(braces);
    return pairs === undefined ? undefined : fromRunme(shell, pairs);
  }
  if (language !== "") return undefined;
  return fromQuarto(braces, content) ?? fromPandoc(braces);
}

function runmePairs(braces: string): readonly Pair[] | undefined {
  if (/^\{\s*"/.test(braces)) {
    try {
      const value = JSON.parse(braces) as Json;
      return isJsonObject(value)
        ? Object.entries(value).map(([key, each]) => [key, typeof each === "string" ? each : JSON.stringify(each)])
        : undefined;
    } catch {
      return undefined;
    }
  }
  const { attributes, problems } = parseAttributes(braces);
  const pairs = attributes.flatMap((attribute): Pair[] =>
    attribute.type === "pair" ? [[attribute.key, attribute.value]] : [],
  );
  const named = pairs.some(([key]) => key === "name");
  // An id or a class is ours; so is any key that runme does not know.
  return problems.length === 0 && named && pairs.length === attributes.length && pairs.every(([key]) => RUNME.test(key))
    ? pairs
    : undefined;
}

function fromRunme(language: string, pairs: readonly Pair[]): ForeignAnnotation {
  const attributes: Attribute[] = [];
  const dropped: string[] = [];
  const tags: string[] = [];
  for (const [key, value] of pairs) {
    if (key === "name") attributes.push(...idOf(value));
    else if (key === "background" && value === "true") attributes.push({ type: "pair", key, value, offset: 0 });
    else if (/^(?:tags?|category)$/.test(key)) tags.push(...value.split(/[\s,]+/).filter((word) => word !== ""));
    else if (key !== "id" && !(key === "background" || (key === "interactive" && value === "false"))) dropped.push(key);
  }
  // Without a name it is prose here, and a tag alone would not change that.
  if (attributes[0]?.type !== "id") return { tool: "runme", language, attributes: [], dropped, lines: [] };
  if (tags.length > 0) attributes.push({ type: "pair", key: "tags", value: tags.join(","), offset: 0 });
  return { tool: "runme", language, attributes, dropped, lines: [] };
}

/** `{.sh #id .check on=pve1}`: the first class is the language. */
function fromPandoc(braces: string): ForeignAnnotation | undefined {
  const { attributes, problems } = parseAttributes(braces);
  const [first, ...rest] = [...attributes].sort(
    (a, b) => Number(b.type === "class") - Number(a.type === "class") || a.offset - b.offset,
  );
  if (problems.length > 0 || first?.type !== "class") return undefined;
  const written = attributes.find(
    (attribute) =>
      attribute.type === "class" &&
      /^(?:bash|sh|shell|zsh|http|yaml|text|markdown|ini|json|conf|xml|toml)$/.test(attribute.name),
  );
  if (written?.type !== "class" || rest.length + 1 !== attributes.length) return undefined;
  const display = /^(?:numberLines|number-lines|lineAnchors|line-anchors)$/;
  return {
    tool: "pandoc",
    language: SHELLS.get(written.name) ?? written.name,
    attributes: attributes.filter(
      (each) =>
        each !== written &&
        !(each.type === "class" && display.test(each.name)) &&
        !(each.type === "pair" && each.key === "startFrom"),
    ),
    dropped: [],
    lines: [],
  };
}

/** `{bash}`, `{bash nom, eval=FALSE}` and the `#|` lines below it. */
function fromQuarto(braces: string, content: string): ForeignAnnotation | undefined {
  const [, language = "", rest = ""] = /^\{\s*(bash|sh|shell|zsh)\b([^{}]*)\}$/.exec(braces) ?? [];
  const known = SHELLS.get(language);
  if (known === undefined) return undefined;
  const pairs: Pair[] = rest
    .split(/[,\s]+/)
    .filter((word) => word !== "")
    .map((word) => {
      const [key = "", value] = word.split("=");
      return value === undefined ? ["label", key] : [key, value];
    });
  const lines: string[] = [];
  for (const line of content.split("\n")) {
    const [, key = "", value = ""] = /^\s*#\|\s*([A-Za-z][\w-]*)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
    if (!/^\s*#\|/.test(line)) break;
    if (!QUARTO_PAGE.test(key)) continue;
    lines.push(key);
    pairs.push([key, value.replace(/^(["'])(.*)\1$/, "$2")]);
  }
  const value = (key: string) => pairs.findLast(([each]) => each === key)?.[1];
  const label = value("label");
  const off = /^(?:false|f)$/i;
  const runs = label !== undefined && !off.test(value("eval") ?? "");
  const dropped = pairs.map(([key]) => key).filter((key) => !/^(?:label|eval|echo)$/.test(key));
  const shown: Attribute[] = off.test(value("echo") ?? "")
    ? [{ type: "pair", key: "show", value: "output", offset: 0 }]
    : [];
  return { tool: "Quarto", language: known, attributes: runs ? [...idOf(label), ...shown] : [], dropped, lines };
}

/** A name with what an id cannot hold made hyphens. */
function idOf(name: string): readonly Attribute[] {
  const id = name.replace(/[^\p{L}\p{N}_.:-]+/gu, "-").replace(/^-+|-+$/g, "");
  return id === "" ? [] : [{ type: "id", name: id, offset: 0 }];
}
