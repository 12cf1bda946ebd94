/** The browser door: pictures of web pages, Proxmox's and others. */
export { createBrowserTransport } from "./create-browser-transport.ts";
export { findBrowser } from "./find-browser.ts";
