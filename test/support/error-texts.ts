/** Codes whose words the source makes from several places: what the page says of them. */
export const ERROR_TEXTS: Readonly<Record<string, { readonly cause?: string; readonly remedy?: string }>> = {
  BLOCK_UNKNOWN: { remedy: "Le message propose les noms les plus proches ; « constat plan » les donne tous." },
  BMC_NO_REDFISH: { cause: "Le contrôleur ne répond pas 200 à /redfish/v1/." },
  BROWSER_BLOCK: {
    cause: "Le corps d’un bloc .browser n’est pas admis, une fois ses valeurs posées.",
    remedy: "Corrigez le bloc ou la valeur ; « constat lint » montre la ligne.",
  },
  BROWSER_HTTP: { cause: "La page demandée répond par un code d’erreur HTTP." },
  CHECK_FAILED: { cause: "Un examen de « doctor » s’est arrêté sur une erreur qu’il n’attendait pas." },
  CONSOLE_BLOCK: { cause: "Le corps d’un bloc .console n’est pas admis, une fois ses valeurs posées." },
  DIFF_RULE: {
    cause: "Ce que donnent --ignore ou --compare n’est ni une règle, ni un /motif/, ni un chemin $….",
    remedy: "« constat diff --rules » liste les règles ; mettez un motif entre barres obliques.",
  },
  HTTP_ANSWER_LOST: {
    cause: "Une requête qui modifie a été envoyée, et sa réponse n’est pas arrivée : elle est peut-être faite.",
    remedy: "Elle n’est jamais répétée ; le « verify » de l’étape dit ce qu’il en est, ou regardez sur le nœud.",
  },
  HTTP_TIMEOUT: {
    cause: "Rien n’a répondu à l’adresse de l’API ou du contrôleur dans le délai.",
    remedy:
      "Vérifiez l’adresse et le port dans l’inventaire, la route et le pare-feu ; « constat doctor » compare les nœuds.",
  },
  HTTP_UNREACHABLE: {
    cause: "L’adresse de l’API ou du contrôleur refuse la connexion, ou n’existe pas.",
    remedy: "Vérifiez l’adresse et le port dans l’inventaire, et que le service est démarré.",
  },
  INVENTORY_IMPORT: {
    cause: "L’inventaire Ansible ne se lit pas, ou le fichier à écrire existe déjà.",
    remedy: "Le message dit la ligne et la colonne ; donnez un autre --out pour un fichier qui existe.",
  },
  PVE_TFA_REFUSED: { cause: "Le nœud refuse le code du second facteur." },
  SEAL_KEY: { cause: "La clé de scellement ne se lit pas, ou n’est pas une clé privée Ed25519." },
  SEAL_PAYLOAD: {
    cause: "Un fichier du dossier ne peut pas entrer dans un bag : lien, tube, ou nom que BagIt n’admet pas.",
  },
  SSH_CONFIG_INVALID: { remedy: "Corrigez la ligne nommée de la configuration ssh." },
  SSH_CONFIG_UNSUPPORTED: {
    remedy: "Retirez la directive pour cette machine, ou écrivez-en l’équivalent dans l’inventaire (docs/ssh.md).",
  },
  SSH_TIMEOUT: {
    cause: "La machine n’a pas répondu sur son port ssh dans le délai.",
    remedy:
      "Vérifiez qu’elle est démarrée, son adresse, la route et le pare-feu ; « constat doctor » compare les nœuds.",
  },
  SSH_UNREACHABLE: { cause: "Le port ssh de la machine refuse la connexion, ou son adresse n’existe pas." },
  WATCH_BLOCK: { cause: "Le corps d’un bloc .watch n’est pas admis, une fois ses valeurs posées." },
};
