// Brings the HTML that was made beforehand to life, and watches over mistakes in the page's own code.
import { hydrate } from 'preact';
import { App } from './app.js';
import { applyTheme, storedTheme } from './parts/theme.js';
import { START, follow, readAddress, type States } from './state.js';
import { AT_FIRST, type BuildForm } from './views/build.state.js';

const root = document.getElementById('app');
if (root === null) throw new Error('index.html has no element #app.');

applyTheme(storedTheme());
const address = readAddress(location.hash);
const { build } = START.views;
const entered: States = { ...START.views, build: { ...build, form: { ...build.form, ...enteredBefore(root) } } };
const views = address !== null && location.hash.includes('?') ? follow(entered, address) : entered;
hydrate(<App start={{ view: address?.view ?? 'build', views }} />, root);

/** What was ticked or typed into the form before this script ran. Drawing the form would overwrite it. */
function enteredBefore(page: HTMLElement): Partial<BuildForm> {
  const entered: Record<string, string | boolean> = {};
  for (const field of page.querySelectorAll<HTMLInputElement | HTMLSelectElement>('form [name]')) {
    if (!Object.hasOwn(AT_FIRST, field.name)) continue;
    entered[field.name] = field.type === 'checkbox' ? (field as HTMLInputElement).checked : field.value;
  }
  return entered as Partial<BuildForm>;
}
