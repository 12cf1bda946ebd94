export { sweepForSecrets } from "./sweep-for-secrets.ts";
