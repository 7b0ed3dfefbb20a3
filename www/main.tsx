// Brings the HTML that was made beforehand to life, and watches over mistakes in the page's own code.
import { hydrate } from 'preact';
import { App } from './app.js';
import { controlsOf, type Entered, type Value } from './controls.js';
import { NODE } from './controls/node.js';
import { hasTexts } from './link.js';
import { applyTheme, storedTheme } from './parts/theme.js';
import { START, follow, readAddress, type States } from './state.js';

const root = document.getElementById('app');
if (root === null) throw new Error('index.html has no element #app.');

applyTheme(storedTheme());
const address = readAddress(location.hash);
const entered: States = { ...START.views, build: { ...START.views.build, entered: enteredBefore(root) } };
const isOfTicks = address !== null && !hasTexts(address) && location.hash.includes('?');
const views = isOfTicks ? follow(entered, address) : entered;
hydrate(<App start={{ view: address?.view ?? 'build', views }} />, root);

/** What was ticked or typed into the form before this script ran. Drawing the form would overwrite it. */
function enteredBefore(page: HTMLElement): Entered {
  const entered: Record<string, Value> = {};
  for (const { path, kind } of controlsOf(NODE)) {
    const fields = [...page.querySelectorAll<HTMLInputElement>(`form [name="${path}"]`)];
    if (fields.length === 0) continue;
    const chosen = fields.filter(({ checked }) => checked).map(({ value }) => value);
    if (kind === 'tick' || kind === 'object') entered[path] = fields[0]!.checked;
    else if (kind === 'ticks') entered[path] = chosen;
    else entered[path] = kind === 'radio' ? chosen[0] ?? '' : fields[0]!.value;
  }
  return entered;
}
