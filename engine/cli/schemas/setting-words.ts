import type { BlockSettings } from "../../model/block-settings.ts";
import type { ReportSettings } from "../../model/report-settings.ts";

/** What each key of a block means, in a sentence an editor shows; the compiler asks for every key. */
export const SETTING_WORDS: Readonly<Record<keyof BlockSettings, string>> = {
  on: "Où le bloc s’exécute : un nœud, une liste, un groupe (@noeuds) ou local.",
  capture: "La légende de l’emplacement que ce bloc remplit ; seul, le prochain emplacement libre au-dessous.",
  unless: "Contrôles (#id) dont un seul qui passe dispense de l’étape.",
  verify: "Contrôles (#id) qui doivent passer après l’étape.",
  needs: "Étapes (#id) qui doivent avoir abouti avant celle-ci.",
  expect:
    "Ce que la sortie doit tenir : texte, motif avec *, /expression régulière/, { not: … } ou { json: { path: … } }.",
  status: "http : les statuts attendus ; sans cette clé, tous les 2xx.",
  each: "http : la valeur dont chaque ligne donne lieu à un envoi.",
  exit: "Codes de sortie attendus ; 0 sans cette clé.",
  until: "Recommencer jusqu’à ce que cela passe : { every: 5s, within: 2m }.",
  timeout: "Temps au plus d’une tentative, par exemple 30s ou 2m.",
  retry: "Nouvelles tentatives après un échec : un nombre, ou { times: 3, every: 10s }.",
  save: "Valeurs tirées de la sortie : nom: expression dont le premier groupe est la valeur, ou nom: { json: chemin }.",
  session: "bash : les blocs d’une même session sur un même nœud partagent un shell.",
  pty: "bash : avec un terminal.",
  answers: "bash : réponses aux questions, { prompt: …, answer: … } ou { prompt: …, secret: nom }.",
  confirm: "Demander avant l’étape ; un texte est la question.",
  cleanup: "Passe à la fin de l’exécution, quoi qu’il arrive.",
  renews: "L’étape renouvelle un certificat : celui du nœud (tls) ou de son contrôleur (bmc).",
  unreachable: "fails : une machine qui ne répond pas fait échouer ce contrôle au lieu d’arrêter l’exécution.",
  when: "Seulement où le site l’offre (bmc@pve1), ne l’offre pas (!bmc@pve1) ou le dit (nom=valeur).",
  exigence: "Les exigences que cette étape prouve.",
  tags: "Mots par lesquels --tag choisit les étapes.",
  mask: "Expressions régulières de ce qui est couvert avant d’être gardé.",
  show: "Ce que le rapport montre du bloc.",
  fold: "Replier la sortie dans le rapport ; un nombre est celui des lignes laissées visibles.",
  figure: "Texte de la figure dans le rapport.",
  background: "L’étape continue pendant les suivantes.",
  during: "L’action (#id) que ce contrôle accompagne.",
  stops: "Étapes en arrière-plan (#id) qui s’arrêtent avant celle-ci.",
  path: ".file : chemin entier du fichier.",
  mode: ".file : droits en octal, par exemple 0644.",
  owner: ".file : propriétaire, root ou root:www-data.",
  asks: ".manual : ce que la personne donne, picture, note ou les deux.",
};

/** The same for `rapport.yaml`. */
export const REPORT_WORDS: Readonly<Record<keyof ReportSettings, string>> = {
  titre: "Titre du rapport, sur la couverture.",
  "sous-titre": "Ligne sous le titre.",
  reference: "Référence du document, par exemple CST-PVE-001.",
  version: "Version du document.",
  confidentialite: "Mention de diffusion, sur chaque page.",
  langue: "Langue des parties que Constat écrit : fr ou en.",
  auteurs: "Les auteurs, un par ligne.",
  client: "Pour qui le rapport est fait.",
  logo: "Image de la couverture.",
  couleur: "Couleur des titres.",
  chapitres: "Les chapitres que le rapport doit tenir, dans l’ordre ; sans cette clé, tous ceux du dossier.",
  horodatage: "L’adresse de l’autorité d’horodatage (RFC 3161) qui date les scellements.",
  exigences: "Les exigences à couvrir, de l’identifiant à l’intitulé.",
  derogations: "Les dérogations acceptées : une liste, ou le nom du fichier qui la tient.",
  cartouche:
    "Qui rédige, vérifie et approuve le document ; sans cette clé, les auteurs l’ont rédigé et le reste est à signer.",
  diffusion: "Les destinataires, un par ligne.",
  versions: "Les versions du document : version, date, auteur, objet, et l’empreinte du rapport remplacé.",
};
