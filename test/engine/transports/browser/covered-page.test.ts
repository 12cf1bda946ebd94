import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { PNG } from "pngjs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { transportTo } from "./transport-to.ts";

const SECRET = "Tr0ub4dor&3";

/** What a page may do to a secret: write it in pieces, in an attribute's input, in a shadow, and again and again. */
const PAGE = `<!doctype html><html lang="fr"><body style="margin:0;background:#fff;font:16px Arial,sans-serif"><main>
<p id="plain">Numéro S/N QX-4711 du châssis</p>
<p>Numéro <b>QX-</b><i>4712</i> en deux morceaux</p>
<p>Mot de passe : Tr0ub4dor&amp;3</p>
<p id="load">Charge 12,5 % depuis 2 jours 03:04:05</p>
<p id="tick"></p>
<input id="serial" value="QX-4713"> <input type="password" value="QX-4714">
<canvas id="chart" width="120" height="40"></canvas>
<div id="shadow"></div>
<script>
const ink = document.querySelector("#chart").getContext("2d"); ink.fillStyle = "#0a0"; ink.fillRect(0, 0, 120, 40);
document.querySelector("#shadow").attachShadow({ mode: "open" }).innerHTML = "<span>QX-4715</span>";
setInterval(() => { document.querySelector("#tick").textContent = "QX-4716 vu à l’instant"; }, 5);
</script></main></body></html>`;

const GREEN = [0, 0xaa, 0] as const;

describe("createBrowserTransport() covers what must not show", () => {
  let server: Server;
  let origin: string;
  let known: readonly string[] = [];
  const door = transportTo(1, "", { secrets: () => known });
  const small = { viewport: { width: 640, height: 480 }, scale: 1 };
  const shoot = async (spec: object) => {
    const result = await door.shoot({ open: `${origin}/`, ...small, ...spec });
    if (result.status === "shot") return result.shot;
    throw new Error(result.unmet.join());
  };
  beforeAll(async () => {
    server = createServer((_, response) => {
      response.setHeader("content-type", "text/html; charset=utf-8").end(PAGE);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    known = [];
  });
  afterAll(async () => {
    await door.transport.close();
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  });

  it("by a pattern, wherever it is written: in pieces, in inputs, in a shadow, painted again and again", async () => {
    const shot = await shoot({ mask: [{ text: "QX-\\d+" }], expect: [{ text: "QX-4711" }] });
    const kept = JSON.stringify([shot.evidence, shot.alternative, shot.judgements, shot.title]);
    expect(kept).not.toMatch(/QX-|471\d/);
    expect(shot.judgements).toMatchObject([{ ok: true, obtained: "•••" }]);
    expect(shot.evidence.text).toMatch(/Numéro S\/N •+\s+du châssis/);
    // Every place counts, not the rule: six numbers, one of them in a password's input.
    expect(shot.covered).toEqual({ masks: expect.any(Number), secrets: 0 });
    expect(shot.covered?.masks).toBeGreaterThanOrEqual(5);
  });

  it("leaves everything where it stood", async () => {
    const place = { highlight: [{ selector: "#plain" }, { selector: "#load" }, { selector: "#serial" }] };
    const [open, covered] = [await shoot(place), await shoot({ ...place, mask: [{ text: "QX-\\d+" }] })];
    const marks = (shot: typeof open) => (shot.evidence.rows as { marks: object }).marks;
    expect(marks(covered)).toEqual(marks(open));
  });

  it("a secret of the inventory, without being told", async () => {
    const open = await shoot({});
    expect(open.evidence.text).toContain(SECRET);
    known = [SECRET];
    const shot = await shoot({ expect: [{ text: "Mot de passe" }] });
    expect(JSON.stringify([shot.evidence, shot.alternative, shot.judgements])).not.toContain("Tr0ub4dor");
    expect(shot.png.equals(open.png)).toBe(false);
    expect([open.covered, shot.covered]).toEqual([
      { masks: 0, secrets: 0 },
      { masks: 0, secrets: 1 },
    ]);
    expect(open.evidence.text).not.toContain("‹figé›");
  });

  it("what has no text, by a box", async () => {
    expect(colours((await shoot({})).png, GREEN)).toBe(120 * 40);
    expect(colours((await shoot({ mask: [{ selector: "#chart" }] })).png, GREEN)).toBe(0);
  });

  it("and says that there was nothing to cover in a place", async () => {
    const result = await door.shoot({ open: `${origin}/`, ...small, mask: [{ selector: "#absent" }] });
    expect(result).toMatchObject({ status: "unsettled", unmet: ['rien à masquer pour {"selector":"#absent"}'] });
  });

  it("freezes what changes, and says so", async () => {
    const shot = await shoot({ freeze: ["uptimes", "loads", { selector: "#chart" }] });
    expect(shot.evidence.text).toContain("Charge ‹figé› depuis ‹figé›");
    expect(shot.alternative).toContain("‹figé›");
    expect((shot.evidence.rows as { frozen: object[] }).frozen).toHaveLength(3);
    expect(colours(shot.png, GREEN)).toBe(0);
  });

  it("keeps the picture as it was beside the one that is drawn on", async () => {
    const bare = await shoot({ crop: { selector: "main" }, padding: 7 });
    const drawn = await shoot({
      crop: { selector: "main" },
      padding: 7,
      highlight: [{ selector: "#plain", label: "ici" }],
    });
    expect(bare.original).toBeUndefined();
    expect(drawn.original?.equals(bare.png)).toBe(true);
    expect([drawn.width, drawn.height]).toEqual([bare.width, bare.height]);
    expect(differing(drawn.png, bare.png)).toBeGreaterThan(200);
    // Frames and one note: everything else is the very same pixels.
    expect(differing(drawn.png, bare.png)).toBeLessThan(8_000);
  });

  it("gives a digest of what the page was built of, the same for the same page", async () => {
    const digest = async (spec: object) => ((await shoot(spec)).evidence.rows as { dom: string }).dom;
    const first = await digest({});
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(await digest({})).toBe(first);
    expect(await digest({ mask: [{ text: "QX" }] })).not.toBe(first);
  });
});

function colours(png: Buffer, [red, green, blue]: readonly number[]): number {
  const { data } = PNG.sync.read(png);
  let count = 0;
  for (let at = 0; at < data.length; at += 4)
    if (data[at] === red && data[at + 1] === green && data[at + 2] === blue) count += 1;
  return count;
}

function differing(first: Buffer, second: Buffer): number {
  const [a, b] = [PNG.sync.read(first).data, PNG.sync.read(second).data];
  let count = 0;
  for (let at = 0; at < a.length; at += 4) if (a.readUInt32BE(at) !== b.readUInt32BE(at)) count += 1;
  return count;
}
