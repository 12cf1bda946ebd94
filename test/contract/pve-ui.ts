import { PNG } from "pngjs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Shot, ShotResult } from "../../engine/transports/port.ts";
import type { PveUi } from "./pve-ui-port.ts";

/** What every web interface that the driver meets must let it do; `dialect` names the version's ways. */
export function pveUiContract(dialect: "9" | "8.4", start: () => Promise<PveUi>, latency = 0): void {
  const slow = latency === 0 ? "" : `, each answer ${latency} ms late`;
  // A picture waits for several answers, one after the other.
  const patience = { timeout: 60_000 + 30 * latency };
  describe(`the browser driver on the web interface of Proxmox VE ${dialect}${slow}`, patience, () => {
    let ui: PveUi;
    beforeAll(async () => {
      ui = await start();
      ui.delay(latency);
    });
    afterAll(() => ui.close());
    beforeEach(() => ui.within(20_000 + 4 * latency));

    const members = [
      { row: { name: "pve1", nodeid: 1 } },
      { row: { name: "pve2", ring0_addr: "10.202.4.32" } },
      { rows: { quorum_votes: 1 }, count: 3 },
      { api: "/cluster/config/nodes", path: "$[*]", count: 3 },
    ];

    it("shows the members of a cluster, backed by the API", async () => {
      ui.become("three-nodes");
      const shot = taken(await ui.shoot({ view: "datacenter/cluster", expect: members }));
      expect(shot.judgements.map(({ ok }) => ok)).toEqual([true, true, true, true]);
      expect(shot.evidence.api["/cluster/config/nodes"]).toHaveLength(3);
      expect(shot.alternative).toContain("10.202.4.33");
      expect(size(shot)).toEqual([3200, 2400]);
      expect(shot.url).toBe("https://10.202.4.31:8006/#v1:=server:=root::::::::=cluster");
    });

    it("moves to another view of the open page", async () => {
      const spec = { view: "datacenter/summary", expect: [{ rows: { type: "node", online: 1 }, count: 3 }] };
      const shot = taken(await ui.shoot(spec));
      expect(shot.judgements).toMatchObject([{ ok: true }]);
    });

    it("shows the log at the bottom where it is the subject, and hides it again", async () => {
      const texts: unknown[] = [];
      // From one view to another the page stays open, and the log as the last picture left it.
      for (const [view, log] of [
        ["datacenter/summary", false],
        ["datacenter/cluster", true],
        ["datacenter/summary", false],
      ] as const)
        texts.push(taken(await ui.shoot({ view, log })).evidence.text);
      const log = /Heure de début/;
      expect(texts).toEqual([
        expect.not.stringMatching(log),
        expect.stringMatching(log),
        expect.not.stringMatching(log),
      ]);
    });

    it("keeps nothing of the session in the evidence", async () => {
      const shot = taken(await ui.shoot({ view: "datacenter/summary" }));
      const kept = JSON.stringify([shot.evidence, shot.url, shot.title, shot.alternative]);
      expect(kept).not.toMatch(/TICKET|PVEAuthCookie|CSRF/);
    });

    it("says what is there instead of a missing row", async () => {
      ui.within(2_000 + 4 * latency);
      const shot = taken(await ui.shoot({ view: "datacenter/cluster", expect: [{ row: { name: "pve9" } }] }));
      expect(shot.judgements).toMatchObject([{ ok: false, expected: "une ligne où name = pve9" }]);
      expect(shot.judgements[0]?.obtained).toContain("[pve3, 3, 1, 10.202.4.33]");
    });

    it("finds a picture that the API contradicts", async () => {
      const api = { api: "/cluster/status", path: "$[?@.type=='node']", count: 2 };
      const shot = taken(await ui.shoot({ view: "datacenter/cluster", expect: [members[0], api] }));
      expect(shot.judgements.map(({ ok }) => ok)).toEqual([true, false]);
    });

    it("says that a button is disabled, with a picture of it", async () => {
      const result = await ui.shoot({ view: "datacenter/cluster", dialog: "create-cluster" });
      expect(result).toMatchObject({ status: "unsettled" });
      expect(unmetOf(result)).toMatch(/le bouton «\s.+\s» est désactivé/);
      expect(result.shot?.png.length).toBeGreaterThan(10_000);
    });

    it("covers what is masked in the picture, its text and its values, and uncovers it afterwards", async () => {
      const textarea = "pveClusterInfoWindow textarea";
      const spec = { view: "datacenter/cluster", dialog: "join-information", crop: "window" };
      const open = taken(await ui.shoot(spec));
      const blob = JSON.stringify(open.evidence).match(/eyJ[A-Za-z0-9+/=]{40}/)?.[0] ?? "";
      expect(blob).not.toBe("");
      const covered = taken(await ui.shoot({ ...spec, mask: [{ component: textarea }] }));
      expect(JSON.stringify([covered.evidence, covered.alternative])).not.toContain(blob);
      expect(JSON.stringify(covered.evidence)).toContain("•••");
    });

    it("fills the window of a new cluster, points at its name and never submits it", async () => {
      ui.become("standalone");
      ui.requests();
      const spec = {
        view: "datacenter/cluster",
        dialog: "create-cluster",
        fill: { clustername: "pve-cluster" },
        crop: "window",
        padding: 24,
        highlight: [{ field: "clustername", label: "Nom" }],
        expect: [
          { field: "clustername", is: "pve-cluster" },
          { component: "pveCorosyncLinkEditor proxmoxNetworkSelector", is: "10.202.4.31" },
          { api: "/cluster/status", path: "$[?@.type=='cluster']", count: 0 },
        ],
      };
      const shot = taken(await ui.shoot(spec));
      expect(shot.judgements.map(({ ok }) => ok)).toEqual([true, true, true]);
      expect(shot.alternative).toContain("Mis en évidence : 1 · Nom");
      expect(hasColour(shot.png, [0xd6, 0x33, 0x6c])).toBe(true);
      expect(ui.requests().filter((each) => /^(?:POST|PUT|DELETE) (?!\/access\/ticket)/.test(each))).toEqual([]);
    });

    it("fills a field that has no name, found by a component query within the window", async () => {
      ui.become("standalone");
      const query = "pveCorosyncLinkEditor proxmoxNetworkSelector";
      const spec = {
        view: "datacenter/cluster",
        dialog: "create-cluster",
        fill: { clustername: "pve-cluster", [`component:${query}`]: "10.202.4.99" },
        expect: [{ component: query, is: "10.202.4.99" }],
      };
      expect(taken(await ui.shoot(spec)).judgements.map(({ ok }) => ok)).toEqual([true]);
      // What is on the page, and not in the window, is not found.
      ui.within(2_000 + 4 * latency);
      const outside = { ...spec, fill: { "component:pveViewSelector": "x" } };
      expect(unmetOf(await ui.shoot(outside))).toMatch(/component:pveViewSelector\s» n’est pas/);
    });

    it("says which value the page refuses", async () => {
      const fill = { clustername: "un nom de cluster bien trop long" };
      const result = await ui.shoot({ view: "datacenter/cluster", dialog: "create-cluster", fill });
      expect(unmetOf(result)).toMatch(/champ refusé par la page\s: clustername/);
    });

    it("says which fields a window has not", async () => {
      ui.within(2_000 + 4 * latency);
      const result = await ui.shoot({ view: "datacenter/cluster", dialog: "create-cluster", fill: { nom: "x" } });
      expect(unmetOf(result)).toContain("le champ « nom » n’est pas dans la fenêtre");
    });

    it("shows the login window without a session", async () => {
      const shot = taken(await ui.shoot({ view: "login", crop: "window", padding: 10 }));
      expect(shot.alternative).toContain("Fenêtre «");
    });

    const absent = dialect === "9" ? "datacenter/ha-groups" : "datacenter/ha-rules";
    it.each([
      ["the view datacenter/cluter", { view: "datacenter/cluter" }, /« cluster »/],
      ["the view datacentre/cluster", { view: "datacentre/cluster" }, /« datacenter »/],
      [`the view ${absent}`, { view: absent }, /dans Proxmox VE \d.*la page montre « datacenter\/search » à la place/],
      [
        "the dialog create",
        { view: "datacenter/cluster", dialog: "create" },
        /« create » n’existe pas.*create-cluster/,
      ],
    ])("refuses %s with a suggestion, and a picture of what is there instead", async (_what, spec, message) => {
      const result = await ui.shoot(spec);
      expect(unmetOf(result).replaceAll("\u00a0", " ")).toMatch(message);
      expect(result.shot?.png.length).toBeGreaterThan(10_000);
      expect(result.shot?.judgements).toEqual([]);
    });

    it("finds rows that the API contradicts without being told to look", async () => {
      ui.become("three-nodes");
      ui.within(2_500 + 4 * latency);
      ui.answer("/cluster/config/nodes", (data) => (data as object[]).slice(0, 2));
      try {
        const shot = taken(await ui.shoot({ view: "datacenter/cluster" }));
        expect(shot.judgements).toMatchObject([{ ok: false, obtained: "pve3 n’est pas dans l’API" }]);
      } finally {
        ui.answer("/cluster/config/nodes", undefined);
      }
    });

    it("says that a node is not in the tree, with a picture of what is", async () => {
      ui.within(3_000 + 4 * latency);
      const result = await ui.shoot({ view: "node/pve7/summary" });
      expect(unmetOf(result)).toContain("node/pve7");
      expect(result.shot).toBeDefined();
    });

    it.each(latency === 0 ? [700, 2_500] : [])("settles on an API that takes %i ms", async (ms) => {
      ui.become("three-nodes");
      ui.delay(ms);
      try {
        const shot = taken(await ui.shoot({ view: "datacenter/cluster", expect: members }));
        expect(shot.judgements.filter(({ ok }) => !ok)).toEqual([]);
      } finally {
        ui.delay(latency);
      }
    });

    it("waits for the next poll when the API fails once", async () => {
      ui.fail("/cluster/config/nodes", 1);
      const shot = taken(await ui.shoot({ view: "datacenter/cluster", expect: members.slice(0, 3) }));
      expect(shot.judgements.map(({ ok }) => ok)).toEqual([true, true, true]);
    });

    it("logs in again when the session ends while the page is being led there", async () => {
      const shooting = ui.shoot({ view: "datacenter/options" });
      ui.expire();
      const shot = taken(await shooting);
      expect(shot.evidence.text).not.toContain("Mot de passe");
    });

    it("logs in again when the session ended", async () => {
      ui.expire();
      const shot = taken(await ui.shoot({ view: "datacenter/cluster", expect: members }));
      expect(shot.judgements.filter(({ ok }) => !ok)).toEqual([]);
    });

    it("gives the same pixels twice for the same state", async () => {
      const spec = { view: "datacenter/options" };
      const first = taken(await ui.shoot(spec));
      // What was looked at in between must leave nothing behind: branches of the tree that stayed unfolded.
      taken(await ui.shoot({ view: "node/pve1/search" }));
      const second = taken(await ui.shoot(spec));
      expect(second.png.equals(first.png)).toBe(true);
    });
  });
}

const unmetOf = (result: ShotResult) => (result.status === "unsettled" ? result.unmet.join(" ; ") : "");

function taken(result: ShotResult): Shot {
  if (result.status === "shot") return result.shot;
  throw new Error(`unsettled: ${result.unmet.join(" ; ")}`);
}

function size({ png }: Shot): readonly number[] {
  const { width, height } = PNG.sync.read(png);
  return [width, height];
}

function hasColour(png: Buffer, [red, green, blue]: readonly number[]): boolean {
  const { data } = PNG.sync.read(png);
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] === red && data[at + 1] === green && data[at + 2] === blue) return true;
  }
  return false;
}
