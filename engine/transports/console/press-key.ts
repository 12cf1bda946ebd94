import type { Keyboard, KeyInput } from "puppeteer-core";

const NAMES: Readonly<Record<string, KeyInput>> = {
  ...{ ret: "Enter", tab: "Tab", esc: "Escape", backspace: "Backspace", delete: "Delete", spc: "Space" },
  ...{ up: "ArrowUp", down: "ArrowDown", left: "ArrowLeft", right: "ArrowRight", home: "Home", end: "End" },
  ...{ minus: "Minus", equal: "Equal", bracket_left: "BracketLeft", bracket_right: "BracketRight" },
  ...{ semicolon: "Semicolon", apostrophe: "Quote", grave_accent: "Backquote", backslash: "Backslash" },
  ...{ comma: "Comma", dot: "Period", slash: "Slash", pgup: "PageUp", pgdn: "PageDown" },
};
const MODIFIERS: Readonly<Record<string, KeyInput>> = {
  ...{ ctrl: "ControlLeft", alt: "AltLeft", shift: "ShiftLeft", alt_r: "AltRight", meta_l: "MetaLeft" },
};

/** Presses a key in QEMU's name (`alt-n`) by its place on the keyboard: the page passes places on, not characters. */
export async function pressKey(keyboard: Keyboard, key: string): Promise<void> {
  const parts = key.split("-");
  const held = parts.slice(0, -1).flatMap((name) => MODIFIERS[name] ?? []);
  for (const modifier of held) await keyboard.down(modifier);
  await keyboard.press(placeOf(parts.at(-1) ?? ""), { delay: 15 });
  for (const modifier of held.toReversed()) await keyboard.up(modifier);
}

function placeOf(name: string): KeyInput {
  const known = NAMES[name] ?? MODIFIERS[name];
  if (known !== undefined) return known;
  if (/^[a-z]$/.test(name)) return `Key${name.toUpperCase()}` as KeyInput;
  if (/^\d$/.test(name)) return `Digit${name}` as KeyInput;
  return name.toUpperCase() as KeyInput;
}
