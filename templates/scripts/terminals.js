import { button, data, make, say } from "./page.js";

/** Longer waits are cut short in a replay; the time shown stays the true one. */
const LONGEST_WAIT = 2;
const SPEEDS = [0.5, 1, 2, 4, 8];

/** Each output can be had as it came, copied, and replayed where it came in several goes. */
export function startTerminals() {
  for (const terminal of document.querySelectorAll(".terminal[data-evidence]")) {
    const path = terminal.dataset.evidence;
    const output = data.outputs[path];
    const tools = make("p", { class: "terminal-tools" });
    if (path in data.replays) tools.append(replayButton(terminal, data.replays[path]));
    if (output?.text !== undefined && output.text !== "")
      tools.append(originalButton(terminal, output.text), copyButton(output.text));
    if (tools.childElementCount > 0) terminal.prepend(tools);
  }
}

function originalButton(terminal, text) {
  let original;
  const toggle = button(say("original"), () => {
    if (original === undefined) {
      original = make("pre", { class: "original" }, make("code", {}, text));
      terminal.append(original);
    } else {
      original.remove();
      original = undefined;
    }
    for (const child of terminal.children)
      if (!child.matches(".terminal-tools, .replay, .original")) child.hidden = original !== undefined;
    toggle.textContent = say(original === undefined ? "original" : "laidOut");
  });
  return toggle;
}

function copyButton(text) {
  const copy = button(say("copy"), async () => {
    try {
      await navigator.clipboard.writeText(text);
      copy.textContent = say("copied");
      setTimeout(() => {
        copy.textContent = say("copy");
      }, 1500);
    } catch {
      copy.remove();
    }
  });
  return copy;
}

function replayButton(terminal, replay) {
  let player;
  const toggle = button(say("replay"), () => {
    if (player === undefined) {
      player = makePlayer(replay);
      terminal.append(player.element);
      player.play();
    } else {
      player.stop();
      player.element.remove();
      player = undefined;
    }
    toggle.textContent = say(player === undefined ? "replay" : "closeReplay");
  });
  return toggle;
}

function makePlayer({ rows, seconds, frames }) {
  const lines = Array.from({ length: rows }, () => make("span", { class: "l" }));
  const screen = make("pre", { "aria-hidden": "true" }, make("code", {}, ...lines));
  const slider = make("input", {
    type: "range",
    min: 0,
    max: frames.length - 1,
    value: 0,
    "aria-label": say("position"),
  });
  const clock = make("span");
  const speed = make(
    "select",
    { "aria-label": say("speed") },
    ...SPEEDS.map((each) => make("option", { value: each }, `× ${each}`)),
  );
  speed.value = "1";
  let [at, timer] = [-1, undefined];
  const number = new Intl.NumberFormat(data.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

  const show = (index) => {
    // Frames hold what changed: going back begins again.
    const from = index < at ? 0 : at + 1;
    if (from === 0) for (const line of lines) line.replaceChildren("\n");
    for (const [, changes] of frames.slice(from, index + 1))
      for (const [row, cells] of changes) lines[row].replaceChildren(...cells.map(cellOf), "\n");
    at = index;
    slider.value = String(index);
    clock.textContent = `${number.format(frames[index][0])} / ${number.format(seconds)} s`;
    slider.setAttribute("aria-valuetext", clock.textContent);
  };
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
    toggle.textContent = say("play");
  };
  const advance = () => {
    if (at >= frames.length - 1) {
      stop();
      return;
    }
    const wait = Math.min(LONGEST_WAIT, frames[at + 1][0] - frames[Math.max(0, at)][0]);
    timer = setTimeout(
      () => {
        show(at + 1);
        advance();
      },
      (wait * 1000) / Number(speed.value),
    );
  };
  const play = () => {
    if (at >= frames.length - 1 || at < 0) show(0);
    toggle.textContent = say("pause");
    advance();
  };
  const toggle = button(say("play"), () => (timer === undefined ? play() : stop()));
  slider.addEventListener("input", () => {
    stop();
    show(Number(slider.value));
  });
  const element = make(
    "div",
    { class: "replay" },
    make("p", { class: "replay-bar" }, toggle, slider, clock, speed),
    screen,
  );
  return { element, play, stop };
}

function cellOf(cell) {
  return typeof cell === "string" ? cell : make("span", { class: cell[0] }, cell[1]);
}
