// SPDX-License-Identifier: GPL-3.0-or-later

/** The parts of the French catalogue below `app/locale/`, in the order in which the page loads them. */
export const localeFiles: readonly string[] = [
  "fr",
  "fr-sentences",
  "fr-guests",
  "fr-create",
  "fr-ceph",
  "fr-ha",
  "fr-sdn",
  "fr-storage",
];
