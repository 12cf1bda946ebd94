import type { ExtComponent, ExtStore, PageElement } from "./ext-types.ts";
import type { PageWindow, Unmet, Want } from "./page-types.ts";

declare const window: PageWindow;

/** Runs inside the page: names what keeps it from being the picture that was asked. Must not refer to anything outside itself. */
export function installSettle(): void {
  const library = window.__constat;

  const frame = (want: Exclude<Want, { type: "page" | "login" }>): readonly string[] => {
    const { Ext, PVE } = window;
    if (Ext === undefined || !Ext.isReady) return ["ExtJS n’est pas prêt"];
    if (library.query(want.loginWindow).length > 0) return ["la fenêtre de connexion est affichée"];
    const tree = library.query("pveResourceTree")[0];
    const content = Ext.getCmp("content");
    if (tree === undefined || content === undefined) return ["l’espace de travail n’est pas affiché"];
    const missing: string[] = [];
    if ((PVE?.data?.ResourceStore?.loadCount ?? 0) <= want.loads)
      missing.push("la liste des ressources n’est pas chargée");
    if (PVE?.VersionInfo === undefined) missing.push("la version de Proxmox VE n’est pas connue de la page");
    const selection = tree.getSelection?.();
    const selected = Array.isArray(selection) ? String(selection[0]?.data["id"] ?? "") : "";
    if (selected !== want.rid) {
      missing.push(`la ressource choisie est « ${selected} » au lieu de « ${want.rid} »`);
    }
    const panels = content.items?.getCount() ?? 0;
    if (panels !== 1) missing.push(`la zone de contenu porte ${panels} panneaux au lieu d’un`);
    const card = library.root({ ...want, type: "view" });
    if (card?.rendered !== true) missing.push("aucun onglet n’est affiché");
    else if (card.itemId !== want.tab)
      missing.push(`l’onglet affiché est « ${card.itemId} » au lieu de « ${want.tab} »`);
    return missing;
  };

  const remote = (store: ExtStore | undefined): store is ExtStore => {
    const proxy = store?.isStore === true ? store.getProxy?.() : undefined;
    const Server = window.Ext?.data.proxy.Server;
    return proxy !== undefined && Server !== undefined && proxy instanceof Server;
  };

  const stores = (root: ExtComponent): Unmet => {
    const hard = new Set<string>();
    const soft = new Set<string>();
    for (const component of library.inside(root)) {
      for (const store of [component.store, component.rstore, component.statusStore]) {
        if (!remote(store) || store.isLoaded?.() === true) continue;
        const name = `${component.xtype}${store.storeId === undefined ? "" : ` (${store.storeId})`}`;
        // A first load under way is waited for; a store that nobody asked to load never becomes loaded.
        if (store.isLoading?.() === true) hard.add(`données en cours de chargement : ${name}`);
        else soft.add(`données jamais chargées : ${name}`);
      }
    }
    return { hard: [...hard], soft: [...soft] };
  };

  /** How long an answer may be waited for that no store and no mask tells of. */
  const PATIENCE_MS = 10_000;
  let asked = { want: "", since: new Map<string, number>(), answered: new Set<string>() };

  /** Questions that the page asks beside its stores, until the first answer to each: lines without a mask wait for them. */
  const answers = (want: Want): readonly string[] => {
    const whole = JSON.stringify(want);
    if (whole !== asked.want) asked = { want: whole, since: new Map(), answered: new Set() };
    const now = window.performance.now();
    const open = Object.values(window.Ext?.Ajax?.requests ?? {}).flatMap(({ options, requestOptions }) =>
      requestOptions?.method === "GET" && options?.operation === undefined
        ? [(requestOptions.url ?? "").replace(/^.*\/api2\/\w+|\?.*$/g, "")]
        : [],
    );
    for (const url of asked.since.keys()) if (!open.includes(url)) asked.answered.add(url);
    for (const url of open) if (!asked.since.has(url)) asked.since.set(url, now);
    return [...new Set(open)]
      .filter((url) => !asked.answered.has(url) && now - (asked.since.get(url) ?? now) < PATIENCE_MS)
      .map((url) => `réponse de l’API attendue : ${url}`);
  };

  const masks = (want: Want): readonly string[] => {
    const modal = window.Ext?.WindowManager.mask?.dom;
    const content = window.Ext?.getCmp("content")?.el?.dom;
    const south = library.query("pveStatusPanel")[0]?.el?.dom;
    const counts = (mask: PageElement): boolean => {
      if (mask === modal || mask.closest(".x-tool") !== null) return false;
      if (!mask.checkVisibility({ visibilityProperty: true })) return false;
      if (south?.contains(mask) === true) return false;
      // Where Ceph is missing, a small window stands over a page that stays masked as long as it is open.
      if (content?.contains(mask) === true && library.query("pveCephInstallWindow").length > 0) return false;
      return !(want.type === "dialog" && content?.contains(mask) === true);
    };
    return [...window.document.querySelectorAll(".x-mask")].filter(counts).map((mask) => {
      const [message] = mask.parentElement?.querySelectorAll(".x-mask-msg") ?? [];
      const text = library.textOf(mask) || library.textOf(message);
      return text === "" ? "un voile de chargement couvre la page" : `un voile couvre la page : « ${text} »`;
    });
  };

  const still = (): readonly string[] => {
    const { Ext, document } = window;
    const missing: string[] = [];
    if ((Ext?.fx.Manager.items.getCount() ?? 0) > 0) missing.push("une animation est en cours");
    if ((Ext?.draw?.Animator?.animations.length ?? 0) > 0) missing.push("un graphique s’anime");
    if (document.fonts.status !== "loaded" || !document.fonts.check("12px FontAwesome")) {
      missing.push("les polices ne sont pas chargées");
    }
    return missing;
  };

  library.unmet = (want) => {
    const messages = library.messages().map((text) => `la page affiche un message : « ${text} »`);
    if (want.type === "page") {
      const ready = window.document.readyState === "complete" ? [] : ["la page n’est pas chargée"];
      return { hard: [...ready, ...still()], soft: [] };
    }
    const framing = want.type === "login" ? [] : frame(want);
    if (framing.length > 0) return { hard: [...framing, ...messages], soft: [] };
    const root = library.root(want);
    if (root === undefined) {
      const open = library.windows();
      const seen = open.length === 0 ? "aucune fenêtre ouverte" : `fenêtres ouvertes : ${open.join(", ")}`;
      const wanted = want.type === "view" ? "un onglet" : want.window;
      return { hard: [`${wanted} n’est pas affiché (${seen})`, ...messages], soft: [] };
    }
    const data = stores(root);
    return { hard: [...messages, ...data.hard, ...answers(want), ...masks(want), ...still()], soft: data.soft };
  };
}
