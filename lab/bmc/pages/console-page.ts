import type { PhysicalServer } from "../../state/server.ts";

/** The virtual console: a canvas that shows the server's screen, and the keyboard. */
export function consolePage({ bmc, node }: PhysicalServer): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Virtual console (LAB): ${node}</title>
<style>
  body { margin: 0; background: #11161b; color: #cfd8de; font: 13px "DejaVu Sans", sans-serif; }
  header { padding: 6px 12px; } canvas { display: block; outline: none; }
</style></head><body>
<header>LAB · ${bmc.dialect === "ilo5" ? "iLO 5" : "iLO 6"} · ${node}</header>
<canvas id="screen" width="720" height="400" tabindex="0"></canvas>
<script>
const canvas = document.getElementById("screen");
const context = canvas.getContext("2d");
const NAMES = {
  Enter: "ret", Tab: "tab", Escape: "esc", Backspace: "backspace", Delete: "delete", Space: "spc", ArrowUp: "up", ArrowDown: "down",
  ArrowLeft: "left", ArrowRight: "right", Home: "home", End: "end", Minus: "minus", Equal: "equal", BracketLeft: "bracket_left",
  BracketRight: "bracket_right", Semicolon: "semicolon", Quote: "apostrophe", Backquote: "grave_accent", Backslash: "backslash",
  Comma: "comma", Period: "dot", Slash: "slash", IntlBackslash: "less",
};
function nameOf(event) {
  const key = NAMES[event.code] || event.code.replace(/^(Key|Digit)/, "").toLowerCase();
  const held = [[event.ctrlKey, "ctrl"], [graph, "alt_r"], [event.altKey && !graph, "alt"], [event.shiftKey, "shift"]];
  return held.filter(([is]) => is).map(([, name]) => name).concat(key).join("-");
}
let graph = false;
addEventListener("keyup", (event) => { if (event.code === "AltRight") graph = false; });
let sending = Promise.resolve();
addEventListener("keydown", (event) => {
  if (event.code === "AltRight") graph = true;
  if (["Shift", "Control", "Alt", "AltGraph"].includes(event.key)) return;
  event.preventDefault();
  const key = nameOf(event);
  sending = sending.then(() => fetch("/console/keys", { method: "POST", body: key })).catch(() => {});
});
let tag = "";
async function show() {
  try {
    const answer = await fetch("/console/screen.png", { headers: { "If-None-Match": tag } });
    if (answer.status === 200) {
      tag = answer.headers.get("ETag");
      const picture = await createImageBitmap(await answer.blob());
      if (canvas.width !== picture.width) canvas.width = picture.width;
      if (canvas.height !== picture.height) canvas.height = picture.height;
      context.drawImage(picture, 0, 0);
    }
  } catch {}
  setTimeout(show, 200);
}
show();
canvas.focus();
</script></body></html>`;
}
