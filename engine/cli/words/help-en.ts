/** The help's sentences in English, by the French ones that stand in the commands: a test holds that none is missing. */
export const HELP_EN: Readonly<Record<string, string>> = {
  "Exécuter un runbook, prouver ce qui a été fait, en faire le rapport.":
    "Execute a runbook, prove what was done, make the report of it.",
  "affiche la version": "print the version",
  "affiche cette aide": "print this help",
  "affiche l’aide d’une commande": "print the help of a command",
  "langue du terminal : fr ou en (défaut : celle du système)":
    "language of the terminal: fr or en (default: the system's)",
  "exécute les runbooks sur les nœuds, garde les preuves et rend le rapport":
    "execute the runbooks on their nodes, keep the evidence and render the report",
  "runbooks ou dossiers": "runbooks or folders",
  "où créer le dossier d’exécution": "where to create the run folder",
  "nom du dossier d’exécution (défaut : la date)": "name of the run folder (default: the date)",
  "reprend d’une exécution antérieure les figures d’un état qui n’est plus visible":
    "take over, from an earlier run, figures of a state that cannot be seen any more",
  "répond oui aux demandes de confirmation": "answer yes to every confirmation",
  "ne rend pas le rapport à la fin": "do not render the report at the end",
  "ne scelle pas le dossier à la fin": "do not seal the folder at the end",
  "ce qui s’affiche, ligne si rien n’est dit ; <vue>=<fichier>, ou junit= et markdown=, l’écrit (répétable)":
    "what is shown, ligne (lines) when nothing is said; <view>=<file>, also junit= and markdown=, writes it (repeatable)",
  "ce qui s’affiche, sinon ligne": "what is shown, else ligne (lines)",
  "étape par étape, avec vous (défaut : sur un terminal, sans --yes ni --reporter)":
    "step by step, with you (default: on a terminal, without --yes or --reporter)",
  "d’une traite, même sur un terminal": "in one go, also on a terminal",
  "reprend une exécution interrompue (défaut : la plus récente) et prouve ce qui était fait":
    "go on with an interrupted run (default: the newest) and prove what was done",
  "à partir de cette étape": "from this step on",
  "jusqu’à cette étape, comprise": "up to this step, included",
  "dit tout ce qui serait exécuté, sans rien toucher": "tell everything that would be executed, and touch nothing",
  "en JSON": "as JSON",
  "en graphe (Mermaid), à coller dans un wiki": "as a graph (Mermaid), to paste into a wiki",
  "signale les fautes des auteurs, avec ligne et colonne": "report the authors' mistakes, with line and column",
  "inventaire (défaut : tous ceux de inventory/)": "inventory (default: all of inventory/)",
  "ne dit rien quand tout va bien": "say nothing when all is well",
  "ce qui est écrit": "what is written",
  "en JSON, comme --format json": "as JSON, like --format json",
  "en SARIF 2.1.0, comme --format sarif": "as SARIF 2.1.0, like --format sarif",
  "recommence à chaque changement, jusqu’à Ctrl-C": "again after each change, until Ctrl-C",
  "rend le rapport PDF et HTML d’une exécution, sans aucun nœud":
    "render a run's report, PDF and HTML, with no node in reach",
  "dossier d’exécution, ou son nom dans output/": "run folder, or its name in output/",
  "autre dossier que celui de l’exécution, qui reste tel qu’il est scellé":
    "another folder than the run's own, which stays as it is sealed",
  "une seule forme, avec --out (défaut : PDF et HTML)": "one form alone, with --out (default: PDF and HTML)",
  "gabarits du projet, qui remplacent ceux de Constat fichier par fichier":
    "templates of the project, which replace Constat's file by file",
  "prose et rapport.yaml tels qu’ils sont maintenant, avec --out": "prose and rapport.yaml as they are now, with --out",
  "au-delà, la page HTML garde ses images à côté d’elle (défaut : 40)":
    "beyond, the HTML page keeps its pictures beside it (default: 40)",
  "recommence à chaque changement des gabarits ou de la prose, jusqu’à Ctrl-C":
    "again after each change of templates or prose, until Ctrl-C",
  "scelle une exécution : empreintes, signature, horodatage ; de nouveau si elle a changé":
    "seal a run: digests, signature, time stamp; again when it has changed",
  "fait seulement horodater le scellement qui est là": "only have the present seal time-stamped",
  "écrit aussi le tout en un fichier (défaut : à côté du dossier)":
    "also write all of it as one file (default: beside the folder)",
  "dit si les preuves sont entières, intactes, scellées et complètes":
    "tell whether the evidence is whole, unmodified, sealed and complete",
  "dossier d’exécution, ou son archive .zip": "run folder, or its .zip archive",
  "empreinte ou fichier d’une clé qui peut avoir scellé (répétable)":
    "fingerprint or file of a key that may have sealed (repeatable)",
  "certificats des autorités d’horodatage reconnues (PEM)":
    "certificates of the time stamping authorities to believe (PEM)",
  "ne rend pas le rapport de nouveau pour le comparer": "do not render the report again to compare it",
  "gabarits du projet avec lesquels le rapport a été rendu":
    "templates of the project that the report was rendered with",
  "redemande aux machines les seuls contrôles de l’exécution, et dit ce qui a dérivé":
    "ask the machines the run's checks alone again, and tell what has drifted",
  "avec --live : inventaire (défaut : celui du laboratoire démarré)":
    "with --live: inventory (default: that of the lab that was started)",
  "avec --live : seulement ce contrôle (répétable)": "with --live: this check alone (repeatable)",
  "avec --live : seulement ce nœud (répétable)": "with --live: this node alone (repeatable)",
  "avec --live : exécute aussi ce dont rien ne prouve qu’il ne fait que lire":
    "with --live: also execute what nothing proves to read only",
  "avec --live : continue sur d’autres machines que celles des preuves":
    "with --live: go on with other machines than those of the evidence",
  "avec --live : compte aussi ce qu’une action de l’exécution a pu changer elle-même":
    "with --live: also count what an action of the run may have changed itself",
  "avec --live : comme pour diff (répétable)": "with --live: as for diff (repeatable)",
  "avec --live : part des pixels d’une image qui peut différer (défaut : 0,1)":
    "with --live: share of a picture's pixels that may differ (default: 0.1)",
  "avec --live : écart de couleur d’un pixel, de 0 à 1": "with --live: difference of a pixel's colour, from 0 to 1",
  "avec --live : y écrit les constatations au format SARIF": "with --live: write the findings there as SARIF",
  "avec --live : n’écrit pas la page des différences": "with --live: do not write the page of differences",
  "avec --live : où garder l’audit (défaut : output/audits)":
    "with --live: where to keep the audit (default: output/audits)",
  "ajoute à une exécution des images qui existent déjà": "add pictures that exist already to a run",
  "ajoute une image, ou un dossier d’images nommées d’après leur légende ou leur numéro":
    "add a picture, or a folder of pictures named by their captions or numbers",
  "légende, numéro de la capture, ou dossier d’images": "caption, number of the capture, or folder of pictures",
  "image PNG ou JPEG, sauf pour un dossier": "PNG or JPEG picture, unless a folder is given",
  "d’où viennent les images : dit dans le rapport, et par l’audit":
    "where the pictures come from: told in the report, and by the audit",
  "seulement ce chapitre": "this chapter only",
  "remplace une image déjà donnée par une personne ; l’ancienne reste parmi les pièces":
    "replace a picture that a person gave before; the old one stays among the evidence",
  "atteste d’avance, sans question": "attest beforehand, without a question",
  "ne refait pas le rapport": "do not render the report again",
  "nomme et numérote les captures d’une exécution, et dit ce qui remplit chacune":
    "name and number the captures of a run, and tell what fills each",
  "seulement celles que rien ne remplit": "only those that nothing fills",
  "écrit une exécution dans le format d’autres outils (CI, conformité, archives)":
    "write a run in the format of other tools (CI, compliance, archives)",
  "junit, ctrf, hdf, oscal, ro-crate, markdown, sarif (répétable, ou séparés par des virgules)":
    "junit, ctrf, hdf, oscal, ro-crate, markdown, sarif (repeatable, or separated by commas)",
  "fichier, ou dossier pour plusieurs formats (défaut : sortie standard)":
    "file, or folder for several formats (default: standard output)",
  "dit en quoi deux exécutions diffèrent : étapes, sorties, données, images":
    "tell in what two runs differ: steps, outputs, data, pictures",
  "l’autre": "the other one",
  "page à écrire": "page to write",
  "diff-….html à côté de la nouvelle": "diff-….html beside the newer one",
  "n’écrit pas de page": "write no page",
  "en JSON (et de page seulement avec --html <fichier>)": "as JSON (and a page only with --html <file>)",
  "laisse aussi de côté une règle, un /motif/ ou un chemin $… (répétable)":
    "leave aside a rule, a /pattern/ or a path $… too (repeatable)",
  "compare aussi ce que cette règle laisse de côté, ou « toutes » (répétable)":
    "compare also what this rule leaves aside, or “toutes” (all) (repeatable)",
  "part des pixels d’une image qui peut différer": "share of a picture's pixels that may differ",
  "écart de couleur d’un pixel, de 0 à 1": "difference of colour of a pixel, from 0 to 1",
  "liste les règles et s’arrête": "list the rules and stop",
  "dit d’où vient chaque réglage d’un bloc": "tell where each setting of a block comes from",
  "identifiant du bloc": "id of the block",
  "dit aussi par où cet inventaire et la configuration ssh mènent aux nœuds":
    "tell too by which way this inventory and the ssh configuration lead to the nodes",
  "dit ce qu’une exécution rencontrerait : machines, droits, horloges, place, navigateur ; ne modifie rien":
    "tell what a run would meet: machines, rights, clocks, space, browser; changes nothing",
  "inventaire (défaut : celui du laboratoire démarré, sinon cette machine seule)":
    "inventory (default: that of the started lab, else this machine alone)",
  "seulement ce nœud (répétable)": "this node only (repeatable)",
  "reprend un inventaire Ansible, ou en donne le schéma": "take over an Ansible inventory, or give the schema of ours",
  "écrit un inventaire à partir d’un inventaire Ansible (INI ou YAML) ; ce qui n’est pas repris est dit":
    "write an inventory from an Ansible one (INI or YAML); what is not taken over is told",
  "inventaire Ansible": "Ansible inventory",
  "format du fichier (défaut : d’après lui)": "format of the file (default: by itself)",
  "où l’écrire (défaut : sortie standard)": "where to write it (default: standard output)",
  "écrit le schéma JSON des inventaires, pour les éditeurs": "write the JSON Schema of inventories, for editors",
  "démarre un cluster simulé pour s’exercer": "start a simulated cluster to rehearse on",
  "arguments du laboratoire": "arguments of the lab",
  "crée un projet : un runbook qui s’exécute, un inventaire, les réglages du rapport":
    "create a project: a runbook that runs, an inventory, the report's settings",
  "où le créer": "where to create it",
  "fait d’un rapport déjà écrit, avec ses emplacements de capture, des runbooks à compléter":
    "make runbooks to complete from a report that is written already, with its placeholders",
  "rapport.txt ou rapport.md": "rapport.txt or rapport.md",
  "où écrire les runbooks": "where to write the runbooks",
  "dit en JSON ce qui a été fait": "tell as JSON what was done",
  "met les annotations d’autres outils (runme, pandoc, Quarto) sous la forme de Constat":
    "put other tools' annotations (runme, pandoc, Quarto) into the form of Constat",
  "n’écrit rien ; code 1 s’il y avait à écrire": "write nothing; code 1 when there was something to write",
  "n’écrit rien ; montre ce qui changerait": "write nothing; show what would change",
  "écrit un schéma JSON pour les éditeurs ; sans nom, les nomme tous":
    "write a JSON Schema for editors; without a name, name them all",
  "inventory, rapport, en-tete, reglages, browser, console ou watch":
    "inventory, rapport, en-tete, reglages, browser, console or watch",
  "liste les exécutions : date, portée, bilan, figures, taille": "list the runs: date, scope, result, figures, size",
  "dossier des exécutions": "folder of the runs",
  "écrit le script de complétion d’un shell": "write the completion script of a shell",
  "bash, zsh ou fish": "bash, zsh or fish",
  "inventaire (défaut : celui du laboratoire démarré)": "inventory (default: that of the started lab)",
  "seulement ce chapitre (répétable)": "this chapter only (repeatable)",
  "seulement cette étape (répétable)": "this step only (repeatable)",
  "seulement les étapes qui portent ce mot (répétable)": "only steps that bear this word (repeatable)",
  "images nommées d’après leur légende, pour ce qui serait demandé à une personne":
    "pictures named by their captions, for what a person would be asked",
  "clé Ed25519 qui scelle (défaut : la vôtre, créée au premier usage)":
    "Ed25519 key that seals (default: yours, made on first use)",
  "autorité d’horodatage (défaut : « horodatage » de rapport.yaml)":
    "time stamping authority (default: “horodatage” of rapport.yaml)",
  "certificat qui signe le PDF (PKCS#12 ou PEM ; phrase : CONSTAT_CERTIFICATE_PHRASE)":
    "certificate that signs the PDF (PKCS#12 or PEM; pass phrase: CONSTAT_CERTIFICATE_PHRASE)",
  "clé de ce certificat, s’il est en PEM": "key of that certificate, where it is PEM",
};

/** The words between angles and brackets of a usage line. */
export const PLACEHOLDERS_EN: Readonly<Record<string, string>> = {
  ...{ fichier: "file", dossier: "folder", execution: "run", numero: "number", nom: "name", mot: "word", cle: "key" },
  ...{ adresse: "address", texte: "text", quoi: "what", regle: "rule", pourcent: "percent", ecart: "gap" },
  ...{ chemin: "path", chemins: "paths", vue: "view", langue: "language", commande: "command", rapport: "report" },
  ...{ ancienne: "older", nouvelle: "newer", image: "picture", format: "format", id: "id", shell: "shell" },
  ...{ arguments: "arguments", options: "options", command: "command" },
};
