/** How a key travels: its place (code of the PC keyboard, set 1, 0x80 added after an E0) and the sign it bears on an American keyboard. */
export interface KeyCode {
  readonly place: number;
  readonly sign: number;
}

const SHIFT = "shift";
const DIGITS = [..."1234567890"];
const ROWS: readonly (readonly [first: number, keys: readonly string[]])[] = [
  [0x02, [...DIGITS, "minus", "equal"]],
  [0x10, [..."qwertyuiop", "bracket_left", "bracket_right"]],
  [0x1e, [..."asdfghjkl", "semicolon", "apostrophe", "grave_accent"]],
  [0x2b, ["backslash", ..."zxcvbnm", "comma", "dot", "slash"]],
  [0x3b, ["f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10"]],
  [0x57, ["f11", "f12"]],
];
const PLACES = new Map<string, number>([
  ...ROWS.flatMap(([first, keys]) => keys.map((key, index) => [key, first + index] as const)),
  ...([
    ["esc", 0x01],
    ["backspace", 0x0e],
    ["tab", 0x0f],
    ["ret", 0x1c],
    ["spc", 0x39],
    ["less", 0x56],
  ] as const),
  ...([
    ["ctrl", 0x1d],
    [SHIFT, 0x2a],
    ["shift_r", 0x36],
    ["alt", 0x38],
    ["caps_lock", 0x3a],
  ] as const),
  ...([
    ["kp_enter", 0x9c],
    ["ctrl_r", 0x9d],
    ["alt_r", 0xb8],
    ["print", 0xb7],
    ["meta_l", 0xdb],
  ] as const),
  ...([
    ["home", 0xc7],
    ["up", 0xc8],
    ["pgup", 0xc9],
    ["left", 0xcb],
    ["right", 0xcd],
    ["end", 0xcf],
  ] as const),
  ...([
    ["down", 0xd0],
    ["pgdn", 0xd1],
    ["insert", 0xd2],
    ["delete", 0xd3],
    ["meta_r", 0xdc],
    ["menu", 0xdd],
  ] as const),
]);
/** X11's numbers of the keys that write nothing. */
const SIGNS: Readonly<Record<string, number>> = {
  ...{ backspace: 0xff08, tab: 0xff09, ret: 0xff0d, esc: 0xff1b, delete: 0xffff, home: 0xff50, left: 0xff51 },
  ...{ up: 0xff52, right: 0xff53, down: 0xff54, pgup: 0xff55, pgdn: 0xff56, end: 0xff57, print: 0xff61 },
  ...{ insert: 0xff63, menu: 0xff67, kp_enter: 0xff8d, shift: 0xffe1, shift_r: 0xffe2, ctrl: 0xffe3, ctrl_r: 0xffe4 },
  ...{ caps_lock: 0xffe5, alt: 0xffe9, alt_r: 0xffea, meta_l: 0xffeb, meta_r: 0xffec },
  ...Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`f${index + 1}`, 0xffbe + index])),
};
const PRINTED: Readonly<Record<string, string>> = {
  ...{ minus: "-_", equal: "=+", bracket_left: "[{", bracket_right: "]}", semicolon: ";:", apostrophe: "'\"" },
  ...{ grave_accent: "`~", backslash: "\\|", comma: ",<", dot: ".>", slash: "/?", less: "<>", spc: "  " },
  ...Object.fromEntries(DIGITS.map((digit, index) => [digit, digit + "!@#$%^&*()"[index]])),
};

/**
 * The keys of one stroke in QEMU's names (`ctrl-alt-f2`), in the order in which they go down. Undefined when one of them is not known.
 */
export function strokeOf(stroke: string): readonly KeyCode[] | undefined {
  const names = stroke.split("-");
  const shifted = names.slice(0, -1).some((name) => name.startsWith(SHIFT));
  const codes = names.flatMap((name) => {
    const place = PLACES.get(name);
    const sign = signOf(name, shifted);
    return place === undefined || sign === undefined ? [] : [{ place, sign }];
  });
  return codes.length === names.length ? codes : undefined;
}

function signOf(name: string, shifted: boolean): number | undefined {
  const other = SIGNS[name];
  if (other !== undefined) return other;
  const printed = /^[a-z]$/.test(name) ? name + name.toUpperCase() : PRINTED[name];
  return printed?.codePointAt(shifted ? 1 : 0);
}
