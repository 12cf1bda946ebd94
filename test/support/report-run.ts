import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Judgement } from "../../engine/model/expectation.ts";
import type { Outcome } from "../../engine/model/outcome.ts";
import { bandsPng } from "./bands-png.ts";
import { passed } from "./run-folder.ts";
import type { RunFolderSpec, StepSpec } from "./run-folder-spec.ts";

const TEXTS = join(import.meta.dirname, "..", "fixtures", "runs", "sample");
const NODES = ["pve1", "pve2", "pve3"] as const;
const E = "\u001b[";

/** Two chapters with everything that a report must show: colours, a long output, a failure, what was skipped, an unfilled placeholder. */
export async function sampleRun(root: string): Promise<RunFolderSpec> {
  const text = (file: string) => readFile(join(TEXTS, file), "utf8");
  return {
    root,
    runbooks: [
      { file: "01-reseau.md", chapter: 1, title: "1. Préparation du réseau", text: await text("01-reseau.md") },
      {
        file: "02-cluster.md",
        chapter: 2,
        title: "2. Création du cluster et contrôle du quorum",
        text: await text("02-cluster.md"),
      },
    ],
    steps: [...networkSteps(), ...clusterSteps()],
    placeholders: [
      placeholder("1-table-de-routage-de-pve1", "table de routage de pve1", 1, "routage"),
      placeholder("1-vue-d-ensemble-de-l-onglet-reseau", "vue d'ensemble de l'onglet \"Réseau\"", 1, "vue-reseau"),
      placeholder("2-fenetre-de-creation-du-cluster", "fenêtre de création du cluster", 2, "fenetre"),
      placeholder("2-statut-corosync", "statut Corosync", 2, "statut"),
      placeholder("2-etat-du-cluster-dans-l-interface", "état du cluster dans l'interface", 2, "etat-web"),
    ],
  };
}

function placeholder(id: string, caption: string, chapter: number, chosen: string) {
  return { id, caption, chapter, candidates: [chosen], chosen };
}

function networkSteps(): readonly StepSpec[] {
  const seen: Judgement = {
    ok: true,
    expected: "une ligne comme « *corosync-9.9.9* »",
    obtained: "Selecting corosync-9.9.9 (700)",
  };
  return [
    {
      id: "versions",
      targets: NODES,
      homogeneous: true,
      tries: NODES.map((target) => ({
        target,
        sent: "pveversion",
        output: [["stdout", "pve-manager/9.2.11/0d7b2a8ee1e5b8f7 (running kernel: 6.17.4-2-pve)\n"]],
      })),
    },
    {
      id: "adresses",
      targets: NODES,
      homogeneous: false,
      tries: NODES.map((target, index) => ({
        target,
        sent: "ip -4 -o addr show",
        output: [["stdout", addresses(31 + index)]],
      })),
    },
    {
      id: "routage",
      fills: "1-table-de-routage-de-pve1",
      tries: [
        {
          sent: "ip route",
          output: [
            ["stdout", `${E}1;32mdefault${E}0m via 10.202.4.1 dev vmbr0 proto kernel onlink\n`],
            ["stderr", `${E}33mattention${E}0m : une route par défaut\n`],
            ["stdout", "10.202.4.0/24 dev vmbr0 scope link src 10.202.4.31\n"],
          ],
        },
      ],
    },
    {
      id: "paquets",
      role: "action",
      tries: [
        {
          sent: "apt-get install -y proxmox-ve",
          outcome: passed(seen),
          redactions: { root_password: 2 },
          output: [["stdout", longInstall()]],
        },
      ],
    },
    {
      id: "vue-reseau",
      kind: "browser",
      fills: "1-vue-d-ensemble-de-l-onglet-reseau",
      tries: [
        {
          sent: "view: node/pve1/network",
          answer: "",
          outcome: passed({
            ok: true,
            expected: "une ligne avec iface = vmbr0",
            obtained: "vmbr0 · Linux Bridge · 10.202.4.31/24",
          }),
          picture: { png: bandsPng(3200, 1800), alternative: "Onglet Réseau du nœud pve1 : un pont vmbr0." },
        },
      ],
    },
  ];
}

function clusterSteps(): readonly StepSpec[] {
  const skipped = (reason: string): Outcome => ({ status: "skipped", because: "satisfied", reason });
  const state =
    '{"data":[{"id":"cluster","name":"pve-cluster","nodes":3,"quorate":1,"type":"cluster","version":3},{"id":"node/pve1","ip":"10.202.4.31","level":"","local":1,"name":"pve1","nodeid":1,"online":1,"type":"node"}]}';
  const broken: readonly Judgement[] = [
    { ok: true, expected: "API /cluster/status : quorate = 1", obtained: "1" },
    { ok: false, expected: "3 lignes avec type = node, online = 1", obtained: "2 lignes" },
  ];
  return [
    {
      id: "cluster-cree",
      chapter: 2,
      tries: [
        { sent: "pvesh get /cluster/status --output-format json", output: [["stdout", `${state.slice(8, -1)}\n`]] },
      ],
    },
    {
      id: "creer-cluster",
      chapter: 2,
      role: "action",
      tries: [{ purpose: "guard", onBehalfOf: "creer-cluster", sent: "pvesh get /cluster/status" }],
      outcome: skipped("déjà satisfait : #cluster-cree passe"),
    },
    {
      id: "fenetre",
      chapter: 2,
      kind: "browser",
      fills: "2-fenetre-de-creation-du-cluster",
      outcome: skipped("déjà satisfait : #cluster-cree passe"),
    },
    {
      id: "statut",
      chapter: 2,
      fills: "2-statut-corosync",
      tries: [
        {
          sent: "pvecm status",
          outcome: { status: "failed", reason: "pas encore de quorum", judgements: [] },
          answer: "exit 1",
          output: [["stderr", "Cannot initialize CMAP service\n"]],
        },
        {
          sent: "pvecm status",
          outcome: passed({ ok: true, expected: "une ligne /Quorate:\\s+Yes/", obtained: "Quorate:          Yes" }),
          output: [["stdout", STATUS]],
        },
      ],
    },
    {
      id: "etat-api",
      chapter: 2,
      kind: "http",
      tries: [{ sent: "GET /cluster/status", answer: "HTTP 200 OK", response: state }],
    },
    {
      id: "etat-web",
      chapter: 2,
      kind: "browser",
      fills: "2-etat-du-cluster-dans-l-interface",
      tries: [
        {
          sent: "view: datacenter/summary",
          answer: "",
          outcome: {
            status: "failed",
            reason: "3 lignes attendues avec type = node, online = 1 ; 2 vues",
            judgements: broken,
          },
          picture: { png: bandsPng(1400, 900, 3), alternative: "Résumé du centre de données : deux nœuds en ligne." },
        },
      ],
    },
    {
      id: "panne",
      chapter: 2,
      targets: ["pve3"],
      outcome: { status: "blocked", by: "etat-web", reason: "attend #etat-web, qui a échoué" },
    },
  ];
}

function addresses(last: number): string {
  return `1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever preferred_lft forever\n4: vmbr0    inet 10.202.4.${last}/24 scope global vmbr0\\       valid_lft forever preferred_lft forever\n`;
}

/** More lines than print shows, a progress bar that redraws itself, and a line that a check speaks of in the hidden part. */
function longInstall(): string {
  const lines = Array.from({ length: 1300 }, (_, index) =>
    index === 699 ? "Selecting corosync-9.9.9 (700)" : `Unpacking package-${index + 1} (1.${index}) ...`,
  );
  const bar = Array.from(
    { length: 10 },
    (_, index) => `\rProgress: [${String(index * 10 + 10).padStart(3)}%] ${"#".repeat(index)}`,
  ).join("");
  return `${lines.join("\n")}\n${bar}\n${E}32mDone.${E}0m\n`;
}

const STATUS = `Cluster information
-------------------
Name:             pve-cluster
Config Version:   3
Transport:        knet
Secure auth:      on

Quorum information
------------------
Date:             Sun Nov 22 10:06:31 2026
Quorum provider:  corosync_votequorum
Nodes:            3
Node ID:          0x00000001
Ring ID:          1.d
Quorate:          Yes

Membership information
----------------------
    Nodeid      Votes Name
0x00000001          1 10.202.4.31 (local)
0x00000002          1 10.202.4.32
0x00000003          1 10.202.4.33
`;
