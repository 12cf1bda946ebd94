import { startFilters } from "./filters.js";
import { startLens } from "./lens.js";
import { byId } from "./page.js";
import { startFolds, startScrollers, startTheme } from "./reading.js";
import { startTerminals } from "./terminals.js";
import { startVerify } from "./verify.js";

byId("outils").hidden = false;
startTheme();
startTerminals();
startLens();
startFolds();
startScrollers();
startVerify();
startFilters();
