import { afterEach, describe, expect, test, vi } from "vitest";
import { installScope } from "../../../../../engine/transports/browser/page/install-scope.ts";
import { installTouch } from "../../../../../engine/transports/browser/page/install-touch.ts";
import type { PageWindow, Want } from "../../../../../engine/transports/browser/page/page-types.ts";

/** The log at the bottom of the page, as far as it is asked for anything. */
class StatusPanel {
  readonly xtype = "pveStatusPanel";
  rendered: boolean;
  shown = true;

  constructor(rendered: boolean) {
    this.rendered = rendered;
  }

  isVisible(): boolean {
    return this.shown;
  }

  show(): void {
    this.shown = true;
  }

  hide(): void {
    this.shown = false;
  }
}

const view = (log: boolean): Want => ({ type: "view", rid: "root", tab: "search", loginWindow: "", loads: 0, log });

/** What our functions in a page make of it, picture after picture. */
function arranged(panel: StatusPanel, wants: readonly Want[]): readonly boolean[] {
  const ComponentQuery = { query: (text: string) => (text === panel.xtype ? [panel] : []) };
  const page = { Ext: { ComponentQuery } } as unknown as PageWindow;
  vi.stubGlobal("window", page);
  installScope();
  installTouch();
  return wants.map((want) => {
    page.__constat.arrange(want);
    return panel.shown;
  });
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("arrange()", () => {
  test("hides the log for one picture and shows it again for the next that asks for it", () => {
    const wants = [view(false), view(true), view(false), view(true)];
    expect(arranged(new StatusPanel(true), wants)).toEqual([false, true, false, true]);
  });

  test("leaves the log of a view as it is where a window or the login page is looked at", () => {
    const window = { ...view(false), type: "dialog", window: "pveClusterCreateWindow" } as Want;
    expect(arranged(new StatusPanel(true), [window, { type: "login", window: "" }])).toEqual([true, true]);
  });

  test("does not touch a log that is not drawn yet", () => {
    expect(arranged(new StatusPanel(false), [view(false)])).toEqual([true]);
  });
});
