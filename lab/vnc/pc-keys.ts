/** QEMU's names of the keys of a PC keyboard, by their code of set 1 (0x80 added after an E0). */
const NAMES = new Map<number, string>(
  [
    "01 esc 02 1 03 2 04 3 05 4 06 5 07 6 08 7 09 8 0a 9 0b 0 0c minus 0d equal 0e backspace 0f tab",
    "10 q 11 w 12 e 13 r 14 t 15 y 16 u 17 i 18 o 19 p 1a bracket_left 1b bracket_right 1c ret 1d ctrl",
    "1e a 1f s 20 d 21 f 22 g 23 h 24 j 25 k 26 l 27 semicolon 28 apostrophe 29 grave_accent 2a shift 2b backslash",
    "2c z 2d x 2e c 2f v 30 b 31 n 32 m 33 comma 34 dot 35 slash 36 shift_r 38 alt 39 spc 56 less",
    "3b f1 3c f2 3d f3 3e f4 3f f5 40 f6 41 f7 42 f8 43 f9 44 f10 57 f11 58 f12",
    "9c kp_enter 9d ctrl_r b8 alt_r c7 home c8 up c9 pgup cb left cd right cf end d0 down d1 pgdn d2 insert d3 delete",
  ]
    .join(" ")
    .split(" ")
    .reduce<[number, string][]>((pairs, word, index, words) => {
      if (index % 2 === 0) pairs.push([Number.parseInt(word, 16), words[index + 1] ?? ""]);
      return pairs;
    }, []),
);
const MODIFIERS = new Set(["shift", "shift_r", "ctrl", "ctrl_r", "alt", "alt_r"]);

/** A keyboard whose keys go down and come up one by one; gives strokes in QEMU's names (`ctrl-alt-f2`). */
export class PcKeyboard {
  readonly #held = new Set<string>();

  /** The stroke that this key makes now; undefined for a key that comes up, a modifier, or one that nobody knows. */
  key(place: number, down: boolean): string | undefined {
    const name = NAMES.get(place);
    if (name === undefined) return undefined;
    if (!MODIFIERS.has(name)) return down ? [...this.#held, name].join("-") : undefined;
    if (down) this.#held.add(name);
    else this.#held.delete(name);
    return undefined;
  }
}
