// SPDX-License-Identifier: GPL-3.0-or-later

/** French texts of the pages about volumes. */
Object.assign(window.gettext.catalogue, {
  "Metadata Size": "Taille des métadonnées",
  "Metadata Usage": "Utilisation des métadonnées",
  "Metadata Used": "Métadonnées utilisées",
  "No {0} selected": "Aucun {0} sélectionné",
});
