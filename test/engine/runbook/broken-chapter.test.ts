import { describe, expect, test } from "vitest";
import { chapter3, lint } from "./read.ts";

interface Break {
  readonly rule: string;
  /** What is replaced in the real chapter, once. */
  readonly from: string;
  readonly to: string;
  /** The text at which the message must stand: its first occurrence after `after`. */
  readonly at: string;
  readonly after?: string;
  /** A piece of what the author reads. */
  readonly says: RegExp;
}

const BREAKS: readonly Break[] = [
  {
    rule: "unknown-key",
    from: "{#versions .check on=@noeuds timeout=30s",
    to: "{#versions .check on=@noeuds timout=30s",
    at: "timout",
    says: /timeout/,
  },
  {
    rule: "duplicate-id",
    from: "{#lien-pve3 ",
    to: "{#lien-pve2 ",
    at: "#lien-pve2",
    after: "{#lien-pve2 .check on=pve2",
    says: /ligne \d+/,
  },
  {
    rule: "unknown-node",
    from: "{#statut-corosync .check on=pve1",
    to: "{#statut-corosync .check on=pve4",
    at: "pve4",
    says: /pve1/,
  },
  {
    rule: "unfilled-capture",
    from: 'capture="statut Corosync" ',
    to: "",
    at: "[ Capture : statut Corosync ]",
    says: /statut Corosync/,
  },
  {
    rule: "unbalanced-fence",
    from: "corosync-cfgtool -s\n```\n",
    to: "corosync-cfgtool -s\n",
    at: "```bash {#statut-corosync",
    says: /avant la ligne \d+/,
  },
  {
    rule: "cyclic-needs",
    from: "verify=#cluster-cree needs=#un-seul-cluster",
    to: "verify=#cluster-cree needs=#informations-jonction",
    at: "#informations-jonction",
    says: /#creer-cluster → #informations-jonction → #creer-cluster/,
  },
  {
    rule: "bad-yaml",
    from: '#| until: { every: 2s, within: "{{delai_quorum}}" }',
    to: '#| until: { every: 2s, within: "{{delai_quorum}} }',
    at: "\n",
    after: '"{{delai_quorum}} }',
    says: /guillemet/,
  },
  {
    rule: "secret-in-clear",
    from: 'pvecm create "$cluster_nom"',
    to: 'PVE_PASSWORD=Exemple-1234 pvecm create "$cluster_nom"',
    at: "PVE_PASSWORD",
    says: /inventaire/,
  },
  {
    rule: "unreachable-unless",
    from: 'capture="création du cluster Proxmox sur pve1" unless=#cluster-existe}',
    to: 'capture="création du cluster Proxmox sur pve1" unless=#creer-cluster}',
    at: "#creer-cluster}",
    says: /\.check/,
  },
  {
    rule: "capture-never-chosen",
    from: "{#quorum-partout .check on=@noeuds",
    to: '{#quorum-partout .check on=pve1 capture="statut Corosync"',
    at: 'capture="statut Corosync"',
    after: "{#quorum-partout",
    says: /#statut-corosync/,
  },
];

describe("the real chapter 3", () => {
  test("parses and lints without a message", () => {
    expect(lint(chapter3(), "03-cluster-corosync.md")).toEqual([]);
  });

  test.each(BREAKS)(
    "broken once, gives the one message $rule where the mistake stands",
    ({ from, to, at, after, ...wanted }) => {
      const chapter = chapter3();
      expect(chapter.split(from).length).toBeGreaterThan(1);
      const broken = chapter.replace(from, () => to);
      const messages = lint(broken, "03-cluster-corosync.md");
      const offset = broken.indexOf(at, after === undefined ? 0 : broken.indexOf(after) + after.length);
      const before = broken.slice(0, offset).split("\n");
      expect(messages.map(({ rule, at: place }) => [rule, place])).toEqual([
        [wanted.rule, `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`],
      ]);
      const [message] = messages;
      expect(message?.severity).toBe("error");
      expect(`${message?.reason} ${message?.remedy}`).toMatch(wanted.says);
      expect(message?.reason.length).toBeGreaterThan(10);
      expect(message?.remedy?.length).toBeGreaterThan(10);
    },
  );
});
