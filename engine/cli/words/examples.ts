/** What stands below the help of a command: remarks, and lines that can be typed as they are. A test parses each. */
export interface CommandExamples {
  readonly fr?: string;
  readonly en?: string;
  readonly lines: readonly string[];
}

/** By the words of the command; the program's own under the empty text. */
export const EXAMPLES: Readonly<Record<string, CommandExamples>> = {
  "": {
    fr: "Commencer : docs/tutoriel.md. Un code d’erreur : docs/erreurs.md. Une panne : docs/depannage.md.",
    en: "To begin: docs/tutoriel.md. An error code: docs/erreurs.md. Trouble: docs/depannage.md (all in French).",
    lines: ["constat init mon-projet", "constat run --help"],
  },
  init: {
    fr: "Rien de ce qui existe n’est remplacé.",
    en: "Nothing that exists is replaced.",
    lines: ["constat init mon-projet"],
  },
  import: {
    fr: "Rien de ce qui existe n’est remplacé ; aucun secret n’est recopié. Une page entière : docs/importer.md.",
    en: "Nothing that exists is replaced; no secret is copied. A whole page: docs/importer.md.",
    lines: ["constat import rapport.txt --out runbooks"],
  },
  fmt: {
    fr: "Seules les lignes d’ouverture concernées changent ; le reste du fichier est laissé octet pour octet.",
    en: "Only the opening lines in question change; the rest of the file is left byte for byte.",
    lines: ["constat fmt --diff", "constat fmt runbooks/03-cluster.md"],
  },
  schema: {
    fr: "Une page entière : docs/editeur.md.",
    en: "A whole page: docs/editeur.md.",
    lines: ["constat schema", "constat schema rapport > runbooks/rapport.schema.json"],
  },
  list: { lines: ["constat list", "constat list output --json"] },
  completion: {
    lines: ["source <(constat completion bash)", "constat completion fish > ~/.config/fish/completions/constat.fish"],
  },
  run: {
    fr: "Sur un terminal, chaque étape attend une touche (? donne l’aide) ; une page entière : docs/pas-a-pas.md.\nCodes de sortie : 0 tout est passé, 1 une étape a échoué, 2 faute d’auteur, 3 environnement, 4 rapport incomplet, 130 interrompu.",
    en: "On a terminal each step waits for a key (? gives help); a whole page: docs/pas-a-pas.md.\nExit codes: 0 everything passed, 1 a step failed, 2 author's mistake, 3 environment, 4 incomplete report, 130 interrupted.",
    lines: [
      "constat run runbooks --inventory site.yaml",
      "constat run runbooks --chapter 4",
      "constat run --only statut-corosync --no-report",
      "constat run --yes --reporter github --reporter junit=ci/constat.xml",
      "constat run --from creer-cluster --until quorum",
      "constat run --resume",
      "constat run --reuse 2026-11-20T08-00-00Z",
    ],
  },
  plan: {
    fr: "Rien n’est touché : aucune connexion n’est ouverte.",
    en: "Nothing is touched: no connection is opened.",
    lines: ["constat plan", "constat plan runbooks/04-ceph.md -i site.yaml", "constat plan --graph --chapter 3"],
  },
  lint: {
    fr: "Sur une forge et dans l’éditeur : docs/editeur.md.",
    en: "On a forge and in the editor: docs/editeur.md.",
    lines: ["constat lint", "constat lint runbooks --watch", "constat lint runbooks --sarif > lint.sarif"],
  },
  report: {
    lines: [
      "constat report latest",
      "constat report 2026-11-20T08-00-00Z --out relecture",
      "constat report latest --format markdown --out wiki",
    ],
  },
  seal: {
    lines: [
      "constat seal latest --tsa https://horodatage.example/tsr",
      "constat seal latest --certificate equipe.p12 --zip",
      "constat seal latest --stamp",
    ],
  },
  audit: {
    fr: "Code 1 à la moindre constatation. Sans --signer, la clé est inconnue : docs/verifier-sans-constat.md.\nAvec les machines (--live), une page entière : docs/audit-en-direct.md.",
    en: "Code 1 for any finding. Without --signer the key is unknown: docs/verifier-sans-constat.md.\nWith the machines (--live), a whole page: docs/audit-en-direct.md.",
    lines: [
      "constat audit latest",
      "constat audit 2026-11-20T08-00-00Z.zip --signer equipe.pub --json",
      "constat audit --live latest --inventory runbooks/inventory/site.yaml",
      "constat audit --live latest -i site.yaml --node pve2 --tolerance 0,5 --sarif derive.sarif",
    ],
  },
  capture: { lines: ["constat capture list latest --empty"] },
  "capture add": {
    fr: "L’image est gardée sans ses métadonnées ; le rapport et l’audit disent qui la donne, d’où elle vient et ce qui est attesté.\nUne figure que l’exécution a prise elle-même n’est jamais remplacée. Une page entière : docs/captures-ajoutees.md.",
    en: "The picture is kept without its metadata; report and audit tell who gives it, where it comes from and what is attested.\nA figure that the run took itself is never replaced. A whole page: docs/captures-ajoutees.md.",
    lines: [
      'constat capture add "baie et câblage" photo.jpg --origin "photographiée sur place le 12 mars"',
      'constat capture add 12 ecran.png --origin "console du serveur" --run 2026-11-20T08-00-00Z',
      'constat capture add photos --origin "dossier de recette de mars" --yes',
    ],
  },
  "capture list": { lines: ["constat capture list latest --empty"] },
  export: {
    fr: "Une page entière : docs/exports.md.",
    en: "A whole page: docs/exports.md.",
    lines: ["constat export latest --format junit", "constat export latest --format junit,sarif --out exports"],
  },
  diff: {
    fr: "Codes de sortie : 0 sans différence, 1 avec, 2 commande fautive, 3 environnement.\nUne page entière : docs/diff.md.",
    en: "Exit codes: 0 without a difference, 1 with one, 2 misuse, 3 environment.\nA whole page: docs/diff.md.",
    lines: [
      "constat diff 2026-11-20T08-00-00Z latest",
      "constat diff avant-mise-a-jour latest --ignore identifiants --tolerance 0,05",
      "constat diff A B --ignore '/session=\\w+/' --ignore '$.data[*].digest' --json",
    ],
  },
  explain: { lines: ["constat explain statut-corosync", "constat explain statut-corosync -i site.yaml"] },
  doctor: { lines: ["constat doctor", "constat doctor -i site.yaml --node pve1 --json"] },
  inventory: { lines: ["constat inventory import hosts.ini"] },
  "inventory import": { lines: ["constat inventory import hosts.ini --out runbooks/inventory/site.yaml"] },
  "inventory schema": { lines: ["constat inventory schema > inventory.schema.json"] },
};
