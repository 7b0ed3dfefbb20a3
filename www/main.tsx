// Brings the HTML that was made beforehand to life, and watches over mistakes in the page's own code.
import { hydrate } from 'preact';
import { App } from './app.js';
import { applyTheme, storedTheme } from './parts/theme.js';
import { AT_FIRST, readAddress, type BuildForm } from './state.js';

const root = document.getElementById('app');
if (root === null) throw new Error('index.html has no element #app.');

applyTheme(storedTheme());
const address = readAddress(location.hash);
const form = { ...enteredBefore(root), ...(location.hash.includes('?') ? address?.ticks : undefined) };
hydrate(<App start={{ view: address?.view ?? 'build', form }} />, root);

/** What was ticked or typed into the form before this script ran. Drawing the form would overwrite it. */
function enteredBefore(page: HTMLElement): Partial<BuildForm> {
  const entered: Record<string, string | boolean> = {};
  for (const field of page.querySelectorAll<HTMLInputElement | HTMLSelectElement>('form [name]')) {
    if (!Object.hasOwn(AT_FIRST, field.name)) continue;
    entered[field.name] = field.type === 'checkbox' ? (field as HTMLInputElement).checked : field.value;
  }
  return entered as Partial<BuildForm>;
}
