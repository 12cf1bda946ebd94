/** The browser door: pictures of web pages, Proxmox's and others. */
export { type BrowserTransportOptions, createBrowserTransport } from "./create-browser-transport.ts";
export { type BrowserPlaces, findBrowser } from "./find-browser.ts";
