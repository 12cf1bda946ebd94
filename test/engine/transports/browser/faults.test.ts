import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { threeNodes } from "../../../lab/ui/fixture-api.ts";
import { type SecureFixture, startSecureFixture } from "./secure-fixture.ts";
import { type Certificate, selfSigned } from "./self-signed.ts";
import { type TestTransport, transportTo } from "./transport-to.ts";

const VIEW = { view: "datacenter/cluster", expect: [{ row: { name: "pve1" } }] };

/** Set to a folder, keeps the pictures for a person to look at. */
async function keep(name: string, png: Buffer | undefined): Promise<void> {
  const folder = process.env["CONSTAT_KEEP_SHOTS"];
  if (folder !== undefined && png !== undefined) await writeFile(join(folder, `${name.replaceAll("/", "-")}.png`), png);
}

describe("createBrowserTransport() on a page that goes wrong", () => {
  let certificate: Certificate;
  let fixture: SecureFixture;
  let door: TestTransport;
  beforeAll(async () => {
    certificate = await selfSigned("10.202.4.31");
  });
  beforeEach(async () => {
    fixture = await startSecureFixture(certificate, threeNodes());
    door = transportTo(fixture.port, certificate.fingerprint, { ticket: fixture.ticket });
  });
  afterEach(async () => {
    await door.transport.close();
    await fixture.close();
  });

  it("loads it again after an error of its scripts", async () => {
    fixture.faults.scripts.push("setTimeout(() => { throw new Error('Mapping.Audit') })");
    expect(await door.shoot(VIEW)).toMatchObject({ status: "shot", shot: { judgements: [{ ok: true }] } });
  });

  it("says who is slow when its step's time is over", async () => {
    fixture.faults.scripts.push("while (true) {}");
    await expect(door.shoot(VIEW, AbortSignal.timeout(4_000))).rejects.toMatchObject({
      code: "BROWSER_TOO_SLOW",
      message: expect.stringContaining("l’API de pve1 ; il manquait encore une partie de datacenter/cluster"),
    });
  });

  it("says which error of its scripts came twice", async () => {
    const script = "setTimeout(() => { throw new Error('Mapping.Audit') })";
    fixture.faults.scripts.push(script, script);
    const result = await door.shoot(VIEW);
    expect(result).toMatchObject({ status: "unsettled", unmet: [expect.stringContaining("Mapping.Audit")] });
    expect(result.shot?.png.length).toBeGreaterThan(10_000);
  });

  it("repeats the text of an error box, with a picture of it", async () => {
    door.within(8_000);
    const box = "Ext.Msg.alert('Erreur', 'Plus de place sur le disque')";
    // As soon as there is a workspace to stand in front of: on a busy machine a fixed delay may be over before or after it.
    fixture.faults.scripts.push(
      `const show = () => (window.Ext?.getCmp?.("content") ? ${box} : setTimeout(show, 20)); show();`,
    );
    const result = await door.shoot(VIEW);
    expect(result.status === "unsettled" ? result.unmet.join() : "").toContain("Plus de place sur le disque");
    expect(result.shot?.evidence.text).toContain("Plus de place sur le disque");
  });

  it("agrees to the text that stands before the login window, and shows the window", async () => {
    // The lab writes it into its page as Base64, and opens the window of the real pages with it.
    fixture.faults.consent = Buffer.from("Usage réservé\naux administrateurs").toString("base64");
    const login = "window[$className=PVE.window.LoginWindow]";
    fixture.faults.scripts.push(
      `const look = () => { const ask = window.Ext?.ComponentQuery?.query.bind(Ext.ComponentQuery); if (ask?.("pmxConsentModal{isVisible(true)}").length) ask("${login}")[0].setTitle("Texte vu"); else setTimeout(look, 20); }; look();`,
    );
    const result = await door.shoot({ view: "login" });
    expect(result.status === "shot" ? result.shot.evidence.text : result.unmet.join()).not.toContain("Usage réservé");
    expect(result.shot?.evidence.text).toContain("Texte vu");
  });

  it.each(["9", "8.4"] as const)(
    "repeats what the page says of a right that is missing, in dialect %s",
    async (dialect) => {
      Object.assign(fixture.state, threeNodes(dialect));
      door.within(4_000);
      fixture.faults.denied.add("/cluster/config/nodes").add("/storage");
      for (const view of ["datacenter/cluster", "datacenter/storage"]) {
        const result = await door.shoot({ view, expect: [{ row: { name: "pve1" } }] });
        expect(result.status === "unsettled" ? result.unmet.join() : view).toContain(
          "Permission check failed (/, Sys.Audit)",
        );
        expect(result.shot?.evidence.text).toContain("Permission check failed");
        await keep(`denied ${dialect} ${view}`, result.shot?.png);
      }
    },
  );

  it("waits for what the page asks beside its tables, one answer after the other", async () => {
    fixture.faults.late.set("/nodes/pve1/subscription", 3_000).set("/nodes/pve1/apt/repositories", 3_000);
    const result = await door.shoot({ view: "node/pve1/summary", scale: 1 });
    expect(result.status === "unsettled" ? result.unmet : []).toEqual([]);
    expect(result.shot?.evidence.text).toContain("Le dépôt entreprise demande un abonnement valide");
    await keep("repositories", result.shot?.png);
  });

  it("says that a page loads itself anew again and again, with a picture of what it shows meanwhile", async () => {
    door.within(6_000);
    const again = "setTimeout(() => location.reload(), 500)";
    fixture.faults.scripts.push(...Array.from({ length: 100 }, () => again));
    const result = await door.shoot(VIEW);
    expect(result).toMatchObject({ status: "unsettled", unmet: [expect.stringContaining("se recharge")] });
    expect(result.shot?.evidence.text).toContain("Centre de données");
    await keep("restless", result.shot?.png);
    // The node is well again: the same session goes on.
    fixture.faults.scripts.length = 0;
    door.within(20_000);
    expect(await door.shoot(VIEW)).toMatchObject({ status: "shot" });
  });

  it("says that the node refuses a session that it has just given, with a picture of what it shows", async () => {
    const stale = transportTo(fixture.port, certificate.fingerprint, { ticket: () => "PVE:root@pam:FORGED" });
    try {
      const result = await stale.shoot(VIEW);
      expect(result.status === "unsettled" ? result.unmet.join() : "").toContain("malgré une session neuve");
      expect(result.shot?.evidence.text).toContain("Mot de passe");
      expect(stale.logins()).toBe(2);
      await keep("refused", result.shot?.png);
    } finally {
      await stale.transport.close();
    }
  });

  it("says what covers a page whose data never come", async () => {
    door.within(4_000);
    fixture.faults.failing.set("/cluster/config/nodes", 1_000);
    const result = await door.shoot(VIEW);
    expect(result.status === "unsettled" ? result.unmet.join() : "").toMatch(/voile couvre la page|jamais chargées/);
    expect(result.shot?.evidence.text).toContain("Centre de données");
    await keep("never loaded", result.shot?.png);
  });

  it.each([
    ["of a version that is not known", "10.0.1", /10\.0\.1.*7, 8, 9/],
    ["of something that is no version", "", /n’est pas connue/],
  ])("refuses the pages %s", async (_what, version, message) => {
    fixture.faults.version = version;
    await expect(door.shoot(VIEW)).rejects.toMatchObject({
      code: "PVE_VERSION_UNKNOWN",
      message: expect.stringMatching(message),
    });
  });

  it("refuses a view of a node that has no access to Proxmox", async () => {
    const { pve: _, ...bare } = door.node;
    const { browserSpecSchema } = await import("../../../../engine/model/browser-spec.ts");
    const request = { spec: browserSpecSchema.parse(VIEW), signal: AbortSignal.timeout(10_000) };
    await expect(door.transport.shoot(bare, request)).rejects.toMatchObject({ code: "PVE_NO_ACCESS", scope: "author" });
  });
});
