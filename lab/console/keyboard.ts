/** Which characters the keys of a keyboard give. */
export type Layout = "us" | "fr";

const LETTERS = [..."abcdefghijklmnopqrstuvwxyz"];

/** Each key by QEMU's name (its place on an American keyboard): alone, with shift, with AltGr. */
const US: Readonly<Record<string, string>> = {
  ...Object.fromEntries(LETTERS.map((letter) => [letter, letter + letter.toUpperCase()])),
  ...{ "1": "1!", "2": "2@", "3": "3#", "4": "4$", "5": "5%", "6": "6^", "7": "7&", "8": "8*", "9": "9(", "0": "0)" },
  ...{ minus: "-_", equal: "=+", bracket_left: "[{", bracket_right: "]}", semicolon: ";:", apostrophe: "'\"" },
  ...{ grave_accent: "`~", backslash: "\\|", comma: ",<", dot: ".>", slash: "/?", spc: "  ", less: "<>" },
};
const FR: Readonly<Record<string, string>> = {
  ...US,
  ...{ a: "qQ", q: "aA", w: "zZ", z: "wW", m: ",?", semicolon: "mM" },
  ...{
    "1": "&1",
    "2": "é2~",
    "3": '"3#',
    "4": "'4{",
    "5": "(5[",
    "6": "-6|",
    "7": "è7`",
    "8": "_8\\",
    "9": "ç9^",
    "0": "à0@",
  },
  ...{
    minus: ")°]",
    equal: "=+}",
    bracket_right: "$£",
    apostrophe: "ù%",
    backslash: "*µ",
    comma: ";.",
    dot: ":/",
    slash: "!§",
  },
};

/** The character that a key gives (`shift-a`, `alt_r-0`); undefined for keys that write nothing. */
export function characterOf(key: string, layout: Layout): string | undefined {
  const parts = key.split("-");
  const name = parts.at(-1) ?? "";
  const modifiers = parts.slice(0, -1);
  if (modifiers.some((modifier) => modifier === "alt" || modifier.startsWith("ctrl"))) return undefined;
  const characters = (layout === "fr" ? FR : US)[name];
  if (characters === undefined) return undefined;
  const [plain, shifted, graph] = [...characters];
  if (modifiers.includes("alt_r")) return graph;
  return modifiers.some((modifier) => modifier.startsWith("shift")) ? shifted : plain;
}
