// SPDX-License-Identifier: GPL-3.0-or-later

/** The French catalogue, continued: high availability. */
Object.assign(window.gettext.catalogue, {
  Affinity: "Affinité",
  "Are you sure you want to remove entry {0}": "Voulez-vous vraiment supprimer l’entrée {0} ?",
  "Arm HA": "Activer la haute disponibilité",
  "Auto-Rebalance": "Rééquilibrage automatique",
  "Automatic Rebalance": "Rééquilibrage automatique",
  "CRS Settings": "Paramètres CRS",
  Confirm: "Confirmer",
  Container: "Conteneur",
  "Disarm HA": "Désarmer la haute disponibilité",
  Failback: "Retour en arrière",
  Freeze: "Geler",
  Group: "Groupe",
  "HA Node Affinity Rule": "Règle d’affinité avec des nœuds",
  "HA Node Affinity Rules": "Règles d’affinité avec des nœuds",
  "HA Resource Affinity Rule": "Règle d’affinité entre ressources",
  "HA Resource Affinity Rules": "Règles d’affinité entre ressources",
  "HA Resources": "Ressources HA",
  Ignore: "Ignorer",
  "Max. Relocate": "Nombre max. de déménagements",
  "Max. Restart": "Nombre maximum de redémarrages",
  "Request State": "État de la demande",
  Resource: "Ressource",
  State: "État",
  Strict: "Strict",
});
