// The commands that print what Check a role reads.
import { useState } from 'preact/hooks';
import { Command } from '../parts/command.js';
import { Tabs } from '../parts/tabs.js';
import { COMMANDS, READS } from './role-commands.js';

export function Commands() {
  const [shell, choose] = useState<(typeof COMMANDS)[number]['id']>('bash');
  const command = COMMANDS.find(({ id }) => id === shell)!;
  return (
    <>
      <Tabs name="Shell" id="shell" tabs={COMMANDS} chosen={shell} onChoose={choose}>
        <Command id="get-command" text={command.text} />
      </Tabs>
      <h3>What this command reads</h3>
      <ul class="dots">{READS.map((line) => <li key={line}>{line}</li>)}</ul>
    </>
  );
}
