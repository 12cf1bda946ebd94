/** `npm run -s constat -- ARGS` in a clone. Plain JavaScript, so that a Node that cannot read TypeScript says what to do instead of failing. */
const OLDEST_NODE = 26;

if (Number(process.versions.node.split(".")[0]) < OLDEST_NODE) {
  process.stderr.write(
    `Constat demande Node ${OLDEST_NODE}, et celui-ci est ${process.versions.node} : lancez d’abord « npm run setup », qui l’installe ici.\n`,
  );
  process.exitCode = 3;
} else {
  const { start } = await import("../engine/cli/main.ts");
  await start();
}
