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
<form action="/sent" method="post"><button>Envoyer</button></form>
</main></body></html>`;

describe("createBrowserTransport() on an ordinary page", () => {
  let server: Server;
  let origin: string;
  const requests: string[] = [];
  const door = transportTo(1, "");
  const shoot = (spec: object) => door.shoot({ open: `${origin}/?token=abc`, ...spec });
  beforeAll(async () => {
    server = createServer((request, response) => {
      requests.push(`${request.method} ${request.url}`);
      if (request.url === "/absent") response.writeHead(404, "Not Found").end();
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

  it("never sends a form", async () => {
    const result = await shoot({ steps: [{ click: "Envoyer" }] });
    expect(result).toMatchObject({ status: "unsettled", unmet: ["« Envoyer » enverrait un formulaire : refusé"] });
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
