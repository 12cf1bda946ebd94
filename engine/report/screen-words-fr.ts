/** Words of the HTML face alone. */
export const screenWords = {
  permalink: "Lien vers",
  reduced: "réduite",
  reducedOriginal: "l’empreinte est celle de l’original",
  semicolon: " ; ",
  skip: "Aller au rapport",
  tools: "Outils de lecture",
  search: "Rechercher",
  allOf: "tous",
  nature: "Nature",
  clear: "Effacer",
  previousHit: "Occurrence précédente",
  nextHit: "Occurrence suivante",
  close: "Fermer",
  verifyHere: "Vérifier",
  verifyPage:
    "Les empreintes SHA-256 des figures et des sorties de cette page sont calculées par votre navigateur et comparées à celles du manifeste qu’elle contient.",
  verifyPageButton: "Contrôler cette page",
  verifyFolder:
    "Pour contrôler toutes les pièces et la chaîne du journal, donnez le dossier data/ de l’exécution. Il est lu par votre navigateur ; rien n’est envoyé.",
  verifyFolderButton: "Dossier data/",
  rewritten: "Texte remanié après l’exécution",
  rewrittenNotice: "Épreuve de travail : ces textes ne sont pas ceux qui ont été exécutés",
} as const;
