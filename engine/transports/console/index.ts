export { createConsoleTransport } from "./create-console-transport.ts";
