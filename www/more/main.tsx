// more.js: what the page does on demand. It draws with a library of its own into places that the page leaves to it.
import { render } from 'preact';
import type { Beside } from '../ask.js';
import { core } from '../engine.js';
import { StatusContext } from '../parts/status.js';
import { Access } from './access.js';
import { Commands } from './commands.js';
import type { MoreScript } from './contract.js';
import { begin, diagnoseRole, explainError } from './engine.js';
import { Explained } from './explained.js';
import { SetUp } from './set-up.js';
import { Shorter } from './shorter.js';

globalThis.posternMore = (ask: Beside): MoreScript => {
  begin(ask);
  return {
    explainError: async (message) => (await explainError(message).catch(core().refusedInFields)).map(core().explanationInFields),
    diagnoseRole: async (input) => core().diagnosisInFields(await diagnoseRole(input).catch(core().refusedInFields)),
    showCommands(place, status) {
      render(<StatusContext.Provider value={status}><Commands /></StatusContext.Provider>, place);
    },
    showError(place, error) {
      render(<Explained {...error} />, place);
    },
    showAccess(place, before, after, isOther) {
      render(<Access before={before} after={after} isOther={isOther} />, place);
    },
    showShorter(place, text, status) {
      render(<StatusContext.Provider value={status}><Shorter text={text} /></StatusContext.Provider>, place);
    },
    showSetup(place, options, status) {
      render(<StatusContext.Provider value={status}><SetUp options={options} /></StatusContext.Provider>, place);
    },
  };
};
