import type { PageElement, PageRect } from "./ext-types.ts";
import type { PageBox, PageWindow } from "./page-types.ts";

declare const window: PageWindow;

/** Runs inside the page: draws frames with notes over it and takes them away. Must not refer to anything outside itself. */
export function installHighlight(): void {
  const library = window.__constat;
  const OVERLAY = "constat-overlay";
  const COLOUR = "#d6336c";
  const GAP = 4;
  /** So many times as wide as high is a table's row. */
  const ROW = 30;

  const overlay = (css: string, text = ""): PageElement => {
    const element = window.document.createElement("div");
    element.setAttribute("class", OVERLAY);
    element.style.cssText = `position:fixed;box-sizing:border-box;pointer-events:none;z-index:2147483647;${css}`;
    element.textContent = text;
    window.document.body.append(element);
    return element;
  };

  // Lines of text, and what is typed into inputs.
  library.written = () => {
    const { document } = window;
    const SHOW_TEXT = 4;
    const walker = document.createTreeWalker(document.body, SHOW_TEXT);
    const rects: PageRect[] = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if ((node.nodeValue ?? "").trim() === "") continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const { left, top, width, height } of range.getClientRects()) rects.push({ left, top, width, height });
    }
    for (const input of document.querySelectorAll("input,textarea")) {
      const { left, top, width, height } = input.getBoundingClientRect();
      rects.push({ left, top, width: Math.min(width, 12 + 8 * (input.value ?? "").length), height });
    }
    return rects.filter(({ width, height }) => width > 0 && height > 0);
  };

  const common = (a: PageBox, b: PageRect): number =>
    Math.max(0, Math.min(a.x + a.width, b.left + b.width) - Math.max(a.x, b.left)) *
    Math.max(0, Math.min(a.y + a.height, b.top + b.height) - Math.max(a.y, b.top));

  const places = ({ x, y, width, height }: PageBox, note: PageRect): readonly (readonly [number, number])[] => {
    const right = x + width - note.width;
    const middle = y + (height - note.height) / 2;
    const above = y - note.height - GAP;
    const below = y + height + GAP;
    const within = [right - GAP, middle] as const;
    const around = [
      [x, above],
      [right, above],
      [x + width + GAP, middle],
      [x, below],
      [right, below],
      [x - note.width - GAP, middle],
    ] as const;
    // Above or below a table's row stands another row, which a note there would seem to mean.
    return width >= ROW * height ? [within, ...around] : [...around, within];
  };

  library.highlight = (marks, bounds, written) => {
    const taken = [...written];
    for (const { box, text } of marks) {
      overlay(
        `left:${box.x - 3}px;top:${box.y - 3}px;width:${box.width + 6}px;height:${box.height + 6}px;border:2px solid ${COLOUR};border-radius:4px`,
      );
      const note = overlay(
        `left:0;top:0;font:bold 13px/20px Arial,"Liberation Sans",sans-serif;color:#fff;background:${COLOUR};border-radius:4px;padding:0 7px;white-space:nowrap`,
        text,
      );
      const size = note.getBoundingClientRect();
      const area = size.width * size.height;
      const others = marks.filter((each) => each.box !== box).map((each) => each.box);
      const framed = others.map(({ x, y, width, height }) => ({ left: x, top: y, width, height }));
      // What falls outside the picture is worse than anything that it could hide.
      const cost = ([x, y]: readonly [number, number]): number => {
        const place = { x, y, width: size.width, height: size.height };
        const inside = common(place, { left: bounds.x, top: bounds.y, width: bounds.width, height: bounds.height });
        return 10 * (area - inside) + [...taken, ...framed].reduce((sum, rect) => sum + common(place, rect), 0);
      };
      const [left, top] = places(box, size).reduce((best, each) => (cost(each) < cost(best) ? each : best));
      note.style.cssText += `;left:${left}px;top:${top}px`;
      taken.push({ left, top, width: size.width, height: size.height });
    }
  };
}
