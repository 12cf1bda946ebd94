import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFName,
  type PDFObject,
  type PDFPage,
  PDFRawStream,
} from "@cantoo/pdf-lib";
import { decoded } from "./decoded-stream.ts";

/** What each code of a font means, and how many bytes a code has. */
interface Meaning {
  readonly bytes: number;
  readonly texts: ReadonlyMap<number, string>;
}

const TOKEN =
  /\/([^\s/<>[\]()]+)\s+[-\d.]+\s+Tf|<([0-9A-Fa-f\s]*)>|\(((?:\\[\s\S]|[^\\()])*)\)|\b(BT|Tm|T[dD]|T\*)|(?:(\/Artifact)\s+(?:<<[^<>]*>>\s*)?)?\b(BMC|BDC|EMC)\b/g;

/**
 * The text that the pages and forms of a document draw, in the order in which it is drawn: a printed page holds numbers of glyphs, which only
 * the fonts' tables make letters again. Twice: its pieces joined, and with a space between them, as a line that ends at a space loses it.
 */
export function pdfText(document: PDFDocument): string {
  const fonts: Fonts = new Map();
  const drawn: string[] = [];
  const read = (content: Buffer, resources: PDFDict | undefined) => {
    const names = fontsOf(document, resources, fonts);
    for (const between of ["", " "]) drawn.push(textOf(content.toString("latin1"), names, between));
  };
  for (const page of document.getPages()) read(pageContent(document, page), page.node.Resources());
  for (const [, object] of document.context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFRawStream) || object.dict.get(PDFName.of("Subtype")) !== PDFName.of("Form")) continue;
    const content = decoded(object);
    if (content !== undefined) read(content, dictOf(document, object.dict.get(PDFName.of("Resources"))));
  }
  return drawn.join("\n");
}

/** The text of each page without what is no content of it: running heads, feet, rules. */
export function pageTexts(document: PDFDocument): readonly string[] {
  const fonts: Fonts = new Map();
  return document.getPages().map((page) => {
    const names = fontsOf(document, page.node.Resources(), fonts);
    return textOf(pageContent(document, page).toString("latin1"), names, " ", true);
  });
}

type Fonts = Map<PDFDict, Meaning | undefined>;

function pageContent(document: PDFDocument, { node }: PDFPage): Buffer {
  const contents = node.Contents();
  const streams = contents instanceof PDFArray ? contents.asArray() : contents === undefined ? [] : [contents];
  const parts = streams.flatMap((each) => contentOf(document, each) ?? []);
  return Buffer.concat(parts.flatMap((part) => [part, Buffer.from("\n")]));
}

/** Meanings by the names that a page gives to its fonts. */
function fontsOf(document: PDFDocument, resources: PDFDict | undefined, known: Fonts) {
  const names = new Map<string, Meaning | undefined>();
  for (const [name, value] of dictOf(document, resources?.get(PDFName.of("Font")))?.entries() ?? []) {
    const font = dictOf(document, value);
    if (font === undefined) continue;
    if (!known.has(font)) known.set(font, meaningOf(document, font));
    names.set(name.decodeText(), known.get(font));
  }
  return names;
}

function textOf(
  content: string,
  fonts: ReadonlyMap<string, Meaning | undefined>,
  between: string,
  contentOnly = false,
): string {
  let font: Meaning | undefined;
  let text = "";
  /** Whether each open mark, and those around it, are of the content. */
  const marks: boolean[] = [];
  for (const [, name, hex, literal, move, artefact, mark] of content.matchAll(TOKEN)) {
    if (mark === "EMC") marks.pop();
    else if (mark !== undefined) marks.push(artefact === undefined && marks.at(-1) !== false);
    else if (contentOnly && name === undefined && marks.at(-1) === false) continue;
    else if (move !== undefined) text = text.endsWith(" ") ? text : text + between;
    else if (name !== undefined) font = fonts.get(name);
    else if (hex !== undefined) text += lettersOf(Buffer.from(hex.replace(/\s/g, ""), "hex"), font);
    else if (literal !== undefined) text += lettersOf(Buffer.from(unescaped(literal), "latin1"), font);
  }
  return text;
}

function lettersOf(codes: Buffer, font: Meaning | undefined): string {
  if (font === undefined) return codes.toString("latin1");
  let text = "";
  for (let at = 0; at + font.bytes <= codes.length; at += font.bytes)
    text += font.texts.get(codes.readUIntBE(at, font.bytes)) ?? "";
  return text;
}

function unescaped(literal: string): string {
  return literal.replace(/\\([0-7]{1,3}|\r?\n|[\s\S])/g, (_, code: string) => {
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8));
    return { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" }[code] ?? (/\n$/.test(code) ? "" : code);
  });
}

/** Reads a font's table of letters (`ToUnicode`); undefined when it has none, so that its codes are letters themselves. */
function meaningOf(document: PDFDocument, font: PDFDict): Meaning | undefined {
  const table = contentOf(document, font.get(PDFName.of("ToUnicode")))?.toString("latin1");
  if (table === undefined) return undefined;
  const texts = new Map<number, string>();
  const number = (hex: string) => Number.parseInt(hex, 16);
  for (const [, body = ""] of table.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, code = "", text = ""] of body.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g))
      texts.set(number(code), wide(text));
  for (const [, body = ""] of table.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, first = "", last = "", start, list] of body.matchAll(
      /<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\])/g,
    )) {
      const listed = [...(list ?? "").matchAll(/<([0-9A-Fa-f]+)>/g)].map(([, text = ""]) => wide(text));
      for (let code = number(first); code <= Math.min(number(last), number(first) + 0xffff); code += 1) {
        const offset = code - number(first);
        const text = start === undefined ? listed[offset] : shifted(wide(start), offset);
        if (text !== undefined) texts.set(code, text);
      }
    }
  }
  const bytes = font.get(PDFName.of("Subtype")) === PDFName.of("Type0") ? 2 : 1;
  return { bytes, texts };
}

function wide(hex: string): string {
  return Buffer.from(hex.length % 4 === 0 ? hex : hex.padStart(4, "0"), "hex")
    .swap16()
    .toString("utf16le");
}

function shifted(text: string, offset: number): string {
  const last = text.charCodeAt(text.length - 1);
  return text.slice(0, -1) + String.fromCharCode(last + offset);
}

function contentOf(document: PDFDocument, object: PDFObject | undefined): Buffer | undefined {
  const found = object === undefined ? undefined : document.context.lookup(object);
  return found instanceof PDFRawStream ? decoded(found) : undefined;
}

function dictOf(document: PDFDocument, object: PDFObject | undefined): PDFDict | undefined {
  const found = object === undefined ? undefined : document.context.lookup(object);
  return found instanceof PDFDict ? found : undefined;
}
