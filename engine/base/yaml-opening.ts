import { CST, Parser } from "yaml";

/** What was opened and never closed: the sign that opens it, the one that would close it, and where it stands. */
export interface YamlOpening {
  readonly opens: string;
  readonly closes: string;
  readonly offset: number;
}

const CLOSES: Readonly<Record<string, string>> = { "{": "}", "[": "]", '"': '"', "'": "'" };

/** The brace, bracket or quote of a YAML text that is not closed; of several the innermost, as it has to be closed first. */
export function yamlOpening(text: string): YamlOpening | undefined {
  const open: YamlOpening[] = [];
  const look = (token: CST.Token | null | undefined): void => {
    if (token?.type === "flow-collection") {
      const { source, offset } = token.start;
      const closes = CLOSES[source] ?? "";
      if (!token.end.some((end) => end.source === closes)) open.push({ opens: source, closes, offset });
    }
    if (token?.type === "double-quoted-scalar" || token?.type === "single-quoted-scalar") {
      const quote = token.source.charAt(0);
      if (token.source.length < 2 || !token.source.endsWith(quote))
        open.push({ opens: quote, closes: quote, offset: token.offset });
    }
  };
  for (const token of new Parser().parse(text)) {
    if (token.type !== "document") continue;
    look(token.value);
    CST.visit(token, (item) => {
      look(item.key);
      look(item.value);
    });
  }
  return open.toSorted((one, other) => other.offset - one.offset)[0];
}
