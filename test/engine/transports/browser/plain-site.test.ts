import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { transportTo } from "./transport-to.ts";

const PAGE = `<!doctype html><html lang="fr"><title>Contrôleur</title><body style="background:#fff"><main>
<h1>Contrôleur de gestion</h1>
<label>Nom <input id="name"></label>
<button type="button" aria-label="Afficher l’état" onclick="document.querySelector('#state').hidden = false">▶</button>
<p id="state" hidden>État : allumé</p>
<p id="serial">Série ABC123</p>
<form action="/sent" method="post"><input id="inform"><button>Envoyer</button></form>
</main></body></html>`;

/** Goes elsewhere in the middle of a picture: as soon as it is read, covered, pointed at or uncovered, on its first loads from the start. */
function restless(load: number): string {
  const when = { 1: "quiet", 3: "read", 5: "cover", 7: "written", 9: "uncover" }[load];
  const turn = `const own = __constat.${when}; __constat.${when} = (...given) => { location.href = "/agitee/${load}"; return own(...given); };`;
  return PAGE.replace("<main>", `<script>${when === undefined ? "" : turn}</script><main>`);
}

describe("createBrowserTransport() on an ordinary page", () => {
  let server: Server;
  let origin: string;
  let loads = 0;
  const requests: string[] = [];
  const door = transportTo(1, "");
  const shoot = (spec: object) => door.shoot({ open: `${origin}/?token=abc`, ...spec });
  beforeAll(async () => {
    server = createServer((request, response) => {
      requests.push(`${request.method} ${request.url}`);
      if (request.url?.startsWith("/agitee")) {
        loads += 1;
        response.setHeader("content-type", "text/html; charset=utf-8").end(restless(loads));
      } else if (request.url === "/sans-fin") {
        const reload = "<script>setInterval(() => location.reload(), 40)</script>";
        response.setHeader("content-type", "text/html; charset=utf-8").end(PAGE.replace("<main>", `${reload}<main>`));
      } else if (request.url === "/demarre") {
        const ask = '<img src="/jamais">';
        response.setHeader("content-type", "text/html; charset=utf-8").end(PAGE.replace("<main>", `${ask}<main>`));
      } else if (request.url === "/jamais") {
        // Asked for as long as the page stands.
      } else if (request.url === "/absent") response.writeHead(404, "Not Found").end();
      else response.setHeader("content-type", "text/html; charset=utf-8").end(PAGE);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await door.transport.close();
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  });

  it("clicks by accessible name, types by selector and waits for a text", async () => {
    const steps = [{ type: "pve1", into: "#name" }, { click: "Afficher l’état" }, { wait: "État : allumé" }];
    const result = await shoot({
      steps,
      expect: [{ text: "État : allumé" }],
      viewport: { width: 800, height: 600 },
      scale: 1,
    });
    expect(result).toMatchObject({ status: "shot", shot: { width: 800, height: 600, judgements: [{ ok: true }] } });
    expect(result.shot?.url).not.toContain("abc");
  });

  it("photographs again what went elsewhere in the middle of the picture", async () => {
    loads = 0;
    const shooting = shoot({
      open: `${origin}/agitee`,
      steps: [{ click: "Afficher l’état" }],
      expect: [{ text: "État : allumé" }],
      highlight: [{ selector: "#serial" }],
      mask: [{ selector: "h1" }],
    });
    expect(await shooting).toMatchObject({ status: "shot", shot: { judgements: [{ ok: true }] } });
    expect(loads).toBe(11);
  });

  it("says of a page that never stands still that it does not, with a picture, and that is no defect", async () => {
    door.within(1_500);
    try {
      const result = await shoot({ open: `${origin}/sans-fin` });
      expect(result).toMatchObject({ status: "unsettled" });
      const unmet = result.status === "unsettled" ? result.unmet.join() : "";
      expect(unmet).toMatch(/charge/);
      expect(result.shot?.evidence.text).toContain("Contrôleur de gestion");
    } finally {
      door.within(20_000);
    }
  });

  it("says of a page that goes on loading what it lacks, and not only that it loads", async () => {
    const result = await shoot({ open: `${origin}/demarre`, steps: [{ wait: "input[type=password]" }], within: "2s" });
    expect(result).toMatchObject({
      status: "unsettled",
      unmet: [expect.not.stringContaining("password"), "«\u00a0input[type=password]\u00a0» n’est pas sur la page"],
    });
  });

  it("never sends a form", async () => {
    const result = await shoot({ steps: [{ click: "Envoyer" }] });
    expect(result).toMatchObject({ status: "unsettled", unmet: ["« Envoyer » enverrait un formulaire : refusé"] });
    expect(requests.filter((each) => each.startsWith("POST"))).toEqual([]);
  });

  const flow = (...steps: object[]) => ({
    title: "Essai",
    steps: [{ type: "navigate", url: `${origin}/?token=abc`, assertedEvents: [{ type: "navigation" }] }, ...steps],
  });
  const click = (...selectors: string[]) => ({
    type: "click",
    target: "main",
    selectors: selectors.map((each) => [each]),
    offsetX: 5,
    offsetY: 5,
  });

  it("replays a recording of Chrome as it is", async () => {
    const steps = [
      {
        type: "setViewport",
        width: 300,
        height: 300,
        deviceScaleFactor: 1,
        isMobile: false,
        hasTouch: false,
        isLandscape: false,
      },
      { type: "change", value: "pve2", target: "main", selectors: [["aria/Nom"], ["#name"]] },
      click("aria/Afficher l’état", "text/▶"),
      { type: "waitForElement", selectors: [["#state"]], visible: true },
    ];
    const spec = {
      flow: flow(...steps),
      expect: [{ text: "allumé" }],
      viewport: { width: 800, height: 600 },
      scale: 1,
    };
    expect(await shoot(spec)).toMatchObject({
      status: "shot",
      shot: { width: 800, height: 600, judgements: [{ ok: true }] },
    });
  });

  it.each([
    [
      "a button that sends",
      () => [click("#none", "text/Envoyer")],
      /étape 2 \(click\) : « text\/Envoyer » enverrait un formulaire : refusé/,
    ],
    [
      "the Enter key in a form",
      () => [click("#inform"), { type: "keyDown", target: "main", key: "Enter" }],
      /étape 3 \(keyDown\) : la page a voulu envoyer un formulaire à \/sent : refusé/,
    ],
    ["a step that finds nothing", () => [click("#none")], /étape 2 \(click\) : n’a pas abouti/],
  ])("stops a recording at %s, with a picture", async (_what, steps, message) => {
    door.within(1_500);
    const result = await shoot({ flow: flow(...steps()) });
    door.within(20_000);
    expect(result.status === "unsettled" ? result.unmet.join().replaceAll("\u00a0", " ") : "").toMatch(message);
    expect(result.shot?.png.length).toBeGreaterThan(1_000);
    expect(requests.filter((each) => each.startsWith("POST"))).toEqual([]);
  });

  it("covers what is masked", async () => {
    const result = await shoot({ mask: [{ selector: "#serial" }] });
    expect(result.shot?.evidence.text).toContain("•••••");
    expect(result.shot?.evidence.text).not.toContain("ABC123");
  });

  it("says that what it should click is not there", async () => {
    door.within(1_000);
    const result = await shoot({ steps: [{ click: "Éteindre" }] });
    expect(result).toMatchObject({ status: "unsettled", unmet: ["« Éteindre » n’est pas sur la page"] });
    expect(result.shot?.png.length).toBeGreaterThan(1_000);
  });

  it("refuses a page that does not exist", async () => {
    await expect(door.shoot({ open: `${origin}/absent` })).rejects.toMatchObject({ code: "BROWSER_HTTP" });
  });

  it("opens nothing beyond this machine under the guard", async () => {
    await expect(door.shoot({ open: "https://10.202.4.99/" })).rejects.toMatchObject({ code: "BROWSER_UNREACHABLE" });
  });
});
