// SPDX-License-Identifier: GPL-3.0-or-later

/** The French catalogue, continued: whole sentences. */
Object.assign(window.gettext.catalogue, {
  "Assisted join: Paste encoded cluster join information and enter password.":
    "Jonction assistée : coller l’information de jonction encodée et saisir le mot de passe.",
  "Cluster join task finished, node certificate may have changed, reload GUI!":
    "La tâche de jonction est terminée, le certificat du nœud a pu changer, rechargez l’interface !",
  "Connection failure. Network error or Proxmox VE services not running?":
    "Échec de connexion. Erreur réseau ou services de Proxmox VE arrêtés ?",
  "Copy the Join Information here and use it on the node you want to add.":
    "Copiez ici l’information de jonction et utilisez‑la sur le nœud à ajouter.",
  "Does not seem like a valid encoded Cluster Information!":
    "Cela ne ressemble pas à une information de jonction valide !",
  "Enterprise repository needs valid subscription": "Le dépôt entreprise demande un abonnement valide",
  "Multiple links are used as failover, lower numbers have higher priority.":
    "Les liens multiples sont utilisés en secours, les plus petits numéros sont prioritaires.",
  "Paste encoded Cluster Information here": "Coller ici l’information de jonction encodée",
  "Production-ready Enterprise repository enabled": "Dépôt entreprise prêt pour la production activé",
  "This view is not simulated by this lab.": "Cette vue n’est pas simulée par ce laboratoire.",
  "You do not have a valid subscription for this server.": "Vous n’avez pas d’abonnement valide pour ce serveur.",
  "You have at least one node without subscription.": "Au moins un nœud n’a pas d’abonnement.",
});
