import { describe, expect, it } from "vitest";
import { auditRun } from "../../../engine/audit/index.ts";
import { execute } from "../../support/executed-run.ts";

const FINGERPRINT = Array.from({ length: 32 }, () => "CD").join(":");

describe("a certificate taken at first contact", () => {
  it("is journalled before the attempt that met it ends, and noted by the audit", async () => {
    const untold = [{ node: "pve1", fingerprint: FINGERPRINT }];
    const ran = await execute("```bash {#a .check on=pve1}\ntrue\n```", { firstContacts: () => untold.splice(0) });
    const types = ran.events.map(({ type }) => type);
    expect(types.indexOf("certificate-taken")).toBe(types.indexOf("attempt-finished") - 1);
    const noted = (await auditRun(ran.folder)).findings.filter(({ rule }) => rule === "first-contact");
    expect(noted).toEqual([expect.objectContaining({ severity: "note", subject: "pve1" })]);
    expect(noted[0]?.text).toContain(FINGERPRINT);
  });
});
