/** Keyboards that a console may think it has. Keys are named by their place on an American one, as QEMU does. */
export const LAYOUTS = ["us", "fr"] as const;
export type Layout = (typeof LAYOUTS)[number];

const LETTERS = [..."abcdefghijklmnopqrstuvwxyz"];

/** What each key writes: alone, with shift, with AltGr. */
const US: Readonly<Record<string, string>> = {
  ...Object.fromEntries(LETTERS.map((letter) => [letter, letter + letter.toUpperCase()])),
  ...{ "1": "1!", "2": "2@", "3": "3#", "4": "4$", "5": "5%", "6": "6^", "7": "7&", "8": "8*", "9": "9(", "0": "0)" },
  ...{ minus: "-_", equal: "=+", bracket_left: "[{", bracket_right: "]}", semicolon: ";:", apostrophe: "'\"" },
  ...{ grave_accent: "`~", backslash: "\\|", comma: ",<", dot: ".>", slash: "/?", spc: " " },
};
const FR: Readonly<Record<string, string>> = {
  ...Object.fromEntries(LETTERS.map((letter) => [letter, letter + letter.toUpperCase()])),
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
  ...{ less: "<>", spc: " " },
};
const MODIFIERS = ["", "shift-", "alt_r-"];
const TABLES: Readonly<Record<Layout, ReadonlyMap<string, string>>> = { us: byCharacter(US), fr: byCharacter(FR) };

/** The keys that write a text, or the first character that this keyboard has no key for. */
export function keysFor(
  text: string,
  layout: Layout,
): { readonly ok: true; readonly keys: readonly string[] } | { readonly ok: false; readonly character: string } {
  const keys: string[] = [];
  for (const character of text) {
    const key = TABLES[layout].get(character);
    if (key === undefined) return { ok: false, character };
    keys.push(key);
  }
  return { ok: true, keys };
}

function byCharacter(table: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const entries = Object.entries(table).flatMap(([key, characters]) =>
    [...characters].map((character, index) => [character, `${MODIFIERS[index] ?? ""}${key}`] as const),
  );
  // Of two keys for one character the first one counts.
  return new Map(entries.toReversed());
}
