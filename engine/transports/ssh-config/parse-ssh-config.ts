import { type ConfigLine, type ConfigPlace, invalidConfig } from "./config-line.ts";

/** Keyword and what follows it; one `=` may stand between them, and the keyword may be quoted. */
const LINE = /^[ \t]*(?:"([^"]*)"|([^ \t="]+))[ \t]*(?:=[ \t]*)?(.*)$/;

/** The lines of an ssh configuration, as OpenSSH reads them. Throws ProblemError SSH_CONFIG_INVALID for a quote that is not closed. */
export function parseSshConfig(text: string, file: string): readonly ConfigLine[] {
  return text.split("\n").flatMap((raw, index) => {
    const line = raw.replace(/[ \t\r\f]+$/, "");
    const [, quoted, plain, rest = ""] = LINE.exec(line) ?? [];
    const keyword = quoted ?? plain;
    if (keyword === undefined || keyword === "" || keyword.startsWith("#")) return [];
    const place = { file, line: index + 1 };
    return [{ keyword: keyword.toLowerCase(), words: splitWords(rest, place), place }];
  });
}

/** Words between spaces; quotes of both kinds hold spaces, a backslash stands before quotes, itself and spaces; `#` ends the line. */
function splitWords(text: string, place: ConfigPlace): readonly string[] {
  const words: string[] = [];
  let at = 0;
  for (;;) {
    while (text[at] === " " || text[at] === "\t") at += 1;
    if (at >= text.length || text[at] === "#") return words;
    const { word, next } = readWord(text, at, place);
    words.push(word);
    at = next;
  }
}

function readWord(text: string, from: number, place: ConfigPlace): { readonly word: string; readonly next: number } {
  let word = "";
  let quote = "";
  let at = from;
  for (; at < text.length; at += 1) {
    const character = text.charAt(at);
    const after = text.charAt(at + 1);
    if (character === "\\" && (/["'\\]/.test(after) || (quote === "" && after === " "))) {
      word += after;
      at += 1;
    } else if (quote === "" && /[ \t]/.test(character)) break;
    else if (quote === "" && /["']/.test(character)) quote = character;
    else if (character === quote) quote = "";
    else word += character;
  }
  if (quote !== "") throw invalidConfig(place, "un guillemet n’est pas fermé", "Fermez-le sur la même ligne.");
  return { word, next: at };
}
