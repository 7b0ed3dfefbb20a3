// A change to a policy that a person looks at before it is made.
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { Access } from './on-demand.js';
import { Diff } from './diff.js';
import { WarnIcon } from './icons.js';
import { sentences } from './sentences.js';

interface Props {
  id: string;
  before: string;
  after: string;
  onApply: () => void;
  onCancel: () => void;
}

export function Change({ id, before, after, onApply, onCancel }: Props) {
  const [gone, come] = useMemo(() => {
    const [old, next] = [sentences(before), sentences(after)];
    return [old.filter((one) => !next.includes(one)), next.filter((one) => !old.includes(one))];
  }, [before, after]);
  const view = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => view.current?.focus(), []);
  const escaped = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onCancel();
  };
  return (
    <div class="change" role="group" aria-labelledby={`${id}-what`} tabIndex={-1} ref={view} onKeyDown={escaped}>
      <p id={`${id}-what`}><WarnIcon /><strong>This may change what the policy allows. Nothing is changed yet.</strong></p>
      <Sentences lead="The policy says then:" lines={come} />
      <Sentences lead="It says no longer:" lines={gone} />
      <Diff name="Change" before={before} after={after} />
      <Access before={before} after={after} />
      <p class="actions">
        <button type="button" class="primary" onClick={onApply}>Apply this change</button>
        <button type="button" onClick={onCancel}>Cancel</button>
      </p>
    </div>
  );
}

function Sentences({ lead, lines }: { lead: string; lines: string[] }) {
  if (lines.length === 0) return null;
  return <div><p>{lead}</p><ul>{lines.map((line) => <li key={line}>{line}</li>)}</ul></div>;
}
