// One process for all of them, so that the package is packed, installed and opened in a browser once.
import './contents.mjs';
import './node.mjs';
import './hostile.mjs';
import './traps.mjs';
import './fuzz.mjs';
import './licenses.mjs';
import './check.mjs';
import './build.mjs';
import './evaluate.mjs';
import './access.mjs';
import './diagnose.mjs';
import './start.mjs';
import './readme.mjs';
import './types.mjs';
import './bundles.mjs';
import './browser.mjs';
