// SPDX-License-Identifier: GPL-3.0-or-later

// Settings of ExtJS itself for the whole page; animations off, they only delay the moment a page has settled.
Ext.enableFx = false;
Ext.ariaWarn = Ext.emptyFn;
Ext.Ajax.setDisableCaching(false);
Ext.Ajax.setTimeout(60000);
if (Proxmox.CSRFPreventionToken) {
  Ext.Ajax.setDefaultHeaders({ CSRFPreventionToken: Proxmox.CSRFPreventionToken });
}
