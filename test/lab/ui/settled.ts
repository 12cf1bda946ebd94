import type { Page } from "puppeteer-core";

/**
 * What keeps a page from being settled, as a list; empty when nothing does. The conditions are those that the engine's driver waits for
 * on real nodes: data loaded at least once in every visible component, the wanted resource and card, no mask, no animation, fonts.
 */
const unmet = `((wanted) => {
  const missing = [];
  const soft = [];
  const miss = (condition, text) => { if (!condition) missing.push(text); };
  const visible = (query) => Ext.ComponentQuery.query(query).filter((component) => component.isVisible(true));
  miss(Ext.isReady, "ExtJS is not ready");
  miss(visible("window[$className=PVE.window.LoginWindow]").length === 0, "the login window shows");
  miss(PVE.data.ResourceStore.isLoaded(), "resources are not loaded");
  miss(Boolean(PVE.VersionInfo), "the version is unknown");
  const tree = Ext.ComponentQuery.query("pveResourceTree")[0];
  const content = Ext.getCmp("content");
  // The first look may come before the workspace is there.
  if (!tree || !content) return { missing: ["the workspace is not rendered"], soft };
  const selected = tree.getSelection()[0];
  miss(selected && selected.data.id === wanted.rid, "selected is " + (selected && selected.data.id));
  miss(content.items.length === 1, "panels in the content: " + content.items.length);
  const panel = content.items.first();
  const card = panel && panel.getLayout().getActiveItem && panel.getLayout().getActiveItem();
  miss(card && card.rendered && card.itemId === wanted.tab, "the card is " + (card && card.itemId));
  const scope = card ? [card, ...card.query("component")] : [];
  for (const component of scope.filter((one) => one.isVisible(true))) {
    for (const name of ["store", "rstore", "statusStore"]) {
      const store = component[name];
      const remote = store && store.getProxy && store.getProxy() && store.getProxy().isRemote;
      if (!remote || store.isLoaded()) continue;
      (store.isLoading() ? missing : soft).push(component.xtype + " waits for " + store.getProxy().getUrl());
    }
  }
  for (const mask of document.querySelectorAll(".x-mask")) {
    if (mask.offsetParent !== null && !mask.closest(".x-tool")) missing.push("a mask covers the page");
  }
  miss(Ext.fx.Manager.items.getCount() === 0, "something moves");
  miss(document.fonts.status === "loaded" && document.fonts.check("14px FontAwesome"), "fonts are not loaded");
  return { missing, soft };
})`;

const QUIET_MS = 300;
/** A store that was asked once and refused (a node without a cluster) never counts as loaded. */
const SOFT_MS = 1_500;

/** Waits until the page shows resource `rid` with card `tab`, settled for 300 ms; fails with what was missing. */
export async function settled(page: Page, rid: string, tab: string, patience = 40_000): Promise<void> {
  const end = Date.now() + patience;
  let quietSince = 0;
  let state: { readonly missing: string[]; readonly soft: string[] } = { missing: ["nothing seen yet"], soft: [] };
  while (Date.now() < end) {
    state = JSON.parse(String(await page.evaluate(`JSON.stringify(${unmet}(${JSON.stringify({ rid, tab })}))`)));
    if (state.missing.length > 0) quietSince = 0;
    else if (quietSince === 0) quietSince = Date.now();
    else if (Date.now() - quietSince >= (state.soft.length > 0 ? SOFT_MS : QUIET_MS)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Not settled on ${rid}, ${tab}: ${JSON.stringify(state)}`);
}
