/** The floors of the house: imports go strictly down, never sideways, no cycles; type imports count. */
const floors = [
  ["base"],
  ["model"],
  ["runbook", "inventory", "plan", "expect", "compare", "settings"],
  ["transports", "evidence"],
  ["kinds"],
  ["run", "report", "audit", "seal", "diff", "export", "reporters", "doctor", "import", "live"],
  ["cli"],
];
const room = (names) => `^engine/(?:${names.join("|")})/`;

const forbidden = [{ name: "no-cycles", severity: "error", from: {}, to: { circular: true } }];

floors.forEach((rooms, floor) => {
  const above = floors.slice(floor + 1).flat();
  for (const name of rooms) {
    const strangers = [...rooms.filter((other) => other !== name), ...above];
    if (strangers.length === 0) continue;
    forbidden.push({
      name: `${name}-looks-down`,
      severity: "error",
      from: { path: room([name]) },
      to: { path: room(strangers) },
    });
  }
});

forbidden.push(
  {
    name: "kinds-are-strangers",
    comment: "One kind never imports another; only index.ts lists them.",
    severity: "error",
    from: { path: "^engine/kinds/([^/]+)\\.ts$", pathNot: "^engine/kinds/index\\.ts$" },
    to: { path: "^engine/kinds/(?!kind\\.ts)[^/]+\\.ts$" },
  },
  {
    name: "kinds-see-ports-only",
    severity: "error",
    from: { path: "^engine/kinds/" },
    to: { path: "^engine/(?:transports/(?!port\\.ts)|evidence/)" },
  },
  {
    name: "ports-meet-implementations-in-compose",
    comment: "Only cli/compose.ts joins ports and implementations.",
    severity: "error",
    from: {
      path: "^engine/(?:run|report|audit|seal|diff|export|reporters|doctor|live|cli)/",
      pathNot: "^engine/cli/compose\\.ts$",
    },
    to: { path: "^engine/transports/(?!port\\.ts)" },
  },
  {
    name: "pure-rooms",
    comment: "What comes before the run touches neither disk, process, network nor browser.",
    severity: "error",
    from: {
      path: room(["base", "model", "runbook", "inventory", "plan", "expect", "compare", "settings", "kinds", "import"]),
    },
    to: {
      path: "^(?:node:)?(?:fs|child_process|net|tls|http|https|dgram|dns|cluster|worker_threads)(?:/|$)|node_modules/(?:execa|ssh2|undici|puppeteer-core|ws)/",
    },
  },
  {
    name: "engine-and-lab-are-strangers",
    severity: "error",
    from: { path: "^(engine|lab)/" },
    to: { path: "^(?:engine|lab)/", pathNot: "^$1/" },
  },
  {
    name: "product-never-imports-tests",
    severity: "error",
    from: { path: "^(?:engine|lab)/" },
    to: { path: "^(?:test|scripts|bench)/" },
  },
);

module.exports = {
  forbidden,
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^lab/ui/(?:app|vendor)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "types", "default"] },
  },
};
