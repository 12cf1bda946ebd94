// SPDX-License-Identifier: GPL-3.0-or-later

/** The French catalogue, continued: the pages of a new virtual machine, and the text to be agreed to before a login. */
Object.assign(window.gettext.catalogue, {
  "Add to HA": "Ajouter à la HA",
  Consent: "Consentement",
  Cores: "Cœurs",
  Discard: "Abandonner",
  "Disk size": "Taille du disque",
  "Do not use any media": "N’utiliser aucun média",
  General: "Général",
  "Graphic card": "Carte graphique",
  "Guest OS": "Système invité",
  "ISO image": "Image ISO",
  Key: "Clé",
  "No cache": "Aucun cache",
  "No network device": "Aucune carte réseau",
  OS: "Système d’exploitation",
  "Qemu Agent": "Agent QEMU",
  "Resource Pool": "Pool de ressources",
  "SSD emulation": "Émulation SSD",
  Sockets: "Supports de processeur",
  "Standard VGA": "VGA standard",
  "Start after created": "Démarrer après la création",
  "Total cores": "Total de cœurs",
  "Use CD/DVD disc image file (iso)": "Utiliser une image de disque CD/DVD (ISO)",
  "Use physical CD/DVD Drive": "Utiliser le lecteur CD/DVD physique",
});
