/** A key and what it does there. */
export type KeyWord = readonly [key: string, what: string];

/** Before a step. */
export const KEYS_BEFORE: readonly KeyWord[] = [
  ["Entrée", "exécuter"],
  ["p", "passer"],
  ["m", "modifier"],
  ["a", "aller à"],
  ["j", "jusqu’à"],
  ["f", "jusqu’à la fin"],
  ["l", "liste"],
  ["t", "tout le texte"],
  ["?", "aide"],
  ["q", "quitter"],
];

/** After one that did not go well. */
export const KEYS_AFTER: readonly KeyWord[] = [
  ["r", "réessayer"],
  ["m", "modifier et réessayer"],
  ["p", "passer outre"],
  ["c", "continuer"],
  ["a", "aller à"],
  ["l", "liste"],
  ["?", "aide"],
  ["q", "quitter"],
];

/** While a step runs. */
export const KEYS_RUNNING: readonly KeyWord[] = [
  ["Ctrl-C", "arrêter l’étape"],
  ["p", "pause après elle"],
];

export const KEYS_PAUSING: readonly KeyWord[] = [
  ["Ctrl-C", "arrêter l’étape"],
  ["p", "ne plus s’arrêter après elle"],
];

export const KEYS_STOPPING: readonly KeyWord[] = [["Ctrl-C", "arrêter aussi l’exécution (le nettoyage est fait)"]];

export const KEYS_CONFIRM: readonly KeyWord[] = [
  ["o", "oui"],
  ["n", "non, passer l’étape"],
  ["Ctrl-C", "revenir au choix"],
];

export const HELP = `
  Entrée  exécute l’étape.
  p       la passe ; le motif est demandé, et figure au rapport comme écart.
  m       ouvre son texte dans votre éditeur ($EDITOR), pour cette fois : le runbook
          ne change pas ; le texte envoyé et le motif figurent au rapport comme écart.
  a       va à une autre étape, par son numéro ou son #id, en avant ou en arrière.
  j       exécute jusqu’à une étape, comprise ; un échec arrête avant.
  f       exécute tout le reste ; un échec arrête avant.
  l       liste les étapes et ce qu’elles sont devenues.
  t       montre tout le texte et toute la commande de l’étape.
  q       quitte : le nettoyage est fait, « constat run --resume » reprendra ici.
  Ctrl-L  affiche l’étape de nouveau.

  Après un échec : r réessaie, m modifie puis réessaie, p passe outre (motif demandé),
  c continue sans rien modifier (seuls les contrôles regardent encore).

  Pendant une étape : p demande une pause après elle. Ctrl-C arrête l’étape et rend la
  main ; une seconde fois, l’exécution s’arrête et le nettoyage est fait ; une troisième
  arrête le nettoyage. À une question, Ctrl-C revient au choix ; au choix, il quitte.
`;
