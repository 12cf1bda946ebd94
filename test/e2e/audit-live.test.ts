import { describe, expect, test } from "vitest";
import { chapterRun } from "../support/chapter-run.ts";
import { breakUntilMended, nodeDown } from "../support/lab-faults.ts";

describe("audit --live of chapter 3 on its lab", () => {
  const chapter = chapterRun({ chapters: [3], dialect: "9" });

  test("finds all of it still true, then a node without power, by requirement", async () => {
    const { project, first } = chapter;
    expect(first.code, first.stderr).toBe(0);
    const audit = (...args: readonly string[]) => project.constat("audit", "--live", "latest", ...args);
    // The lab's machines have no mount namespaces to give.
    const closed = await audit("--only", "statut-corosync");
    expect(closed.stdout).toMatch(/check-unenclosed[\s\S]*Rien n’a été contrôlé/);
    const whole = await audit("--trust-checks");
    expect(whole.code, whole.stdout).toBe(0);
    expect(whole.stdout).toMatch(/Toujours vrai[\s\S]*SANS ENCLOS sur pve1, pve2, pve3\. CONTRÔLES CRUS SUR PAROLE/);

    await breakUntilMended(nodeDown("pve3"), project.lab);
    const checks = ["statut-corosync", "etat-api", "versions"].flatMap((id) => ["--only", id]);
    const broken = await audit("--trust-checks", "--json", ...checks);
    const { findings, requirements } = JSON.parse(broken.stdout);
    const rules = findings.map(({ rule, subject }: { rule: string; subject: string }) => `${rule} ${subject}`);
    expect(rules).toContain("check-unanswered #versions");
    expect(rules).toContain("drift-failed #statut-corosync");
    expect(requirements.find(({ id }: { id: string }) => id === "CLU-06").state).toBe("drift");
    expect(broken.code).toBe(1);
  }, 600_000);
});
