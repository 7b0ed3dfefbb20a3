// All that sessions need, as files for one tool.
import { useEffect, useState } from 'preact/hooks';
import { controlAt } from '../controls.js';
import { core, type NodeOptions, type PosternFailure, type Setup, type SetupFormat, type SetupOptions } from '../engine.js';
import { Code } from '../parts/code.js';
import { CopyButton } from '../parts/copy.js';
import { Download } from '../parts/download.js';
import { goTo } from '../parts/go-to.js';
import { NoteIcon, StopIcon } from '../parts/icons.js';
import type { GivenSetup } from './contract.js';
import { exportSetup, refused } from './engine.js';
import { PREFERENCES_THERE, THERE, setupFields } from './setup-fields.js';

const FORMATS: readonly [SetupFormat, string][] = [
  ['terraform', 'Terraform'], ['cloudformation', 'CloudFormation'], ['cdk-typescript', 'CDK (TypeScript)'],
];

export function SetUp({ options }: { options: GivenSetup }) {
  const [format, setFormat] = useState<SetupFormat>('terraform');
  const [hasPeople, setPeople] = useState(false);
  const [hasEndpoints, setEndpoints] = useState(false);
  const [hasPlaces, setPlaces] = useState(false);
  const [hasPreferences, setPreferences] = useState(false);
  const { operator, roleName, forms } = options;
  const taken = takenFrom(options.node);
  const node = { ...taken, ...options.node };
  // What is missing of it, the engine says.
  const asked = {
    format, node, endpoints: hasEndpoints, bucketExists: hasPlaces, logGroupExists: hasPlaces,
    ...hasPreferences && format === 'terraform' ? { preferences: { exists: true } } : {}, ...hasPeople ? { operator } : {}, ...roleName === '' ? {} : { roleName },
  } as SetupOptions;
  const answer = useSetup(asked);
  return (
    <>
      <p class="help">
        The role and its instance profile, the policy above with the agent heartbeat, and what it names: a key, a bucket, a log
        group, the preferences of the Region. It needs the Region and the account of the nodes.
      </p>
      <p class="variant">
        <label for="setup-format">Tool</label>{' '}
        <select id="setup-format" value={format} autocomplete="off" onChange={(event) => setFormat(event.currentTarget.value as SetupFormat)}>
          {FORMATS.map(([id, label]) => <option key={id} value={id}>{label}</option>)}
        </select>
      </p>
      <Tick id="setup-people" label="With the policy for people, as it stands in People" is={hasPeople} set={setPeople} />
      <Tick id="setup-endpoints" label="With VPC endpoints, for nodes without a way to the internet" is={hasEndpoints} set={setEndpoints} />
      <Tick id="setup-places" label={THERE} is={hasPlaces} set={setPlaces} />
      {format === 'terraform' && <Tick id="setup-preferences" label={PREFERENCES_THERE} is={hasPreferences} set={setPreferences} />}
      {Object.keys(taken).length > 0 && <p class="help">Taken from an ARN above, where nothing is given: {Object.values(taken).join(', ')}.</p>}
      {answer instanceof Error && <Refused failure={answer} forms={forms} />}
      {answer !== null && !(answer instanceof Error) && (
        <>
          {answer.notes.map(({ code, message }) => <div class="note" key={code + message}><NoteIcon /><p>{core().inFields(message, setupFields(forms))}</p></div>)}
          {answer.files.map(({ name, text }, i) => (
            <section key={name} aria-labelledby={`setup-file-${i}`}>
              <h3 id={`setup-file-${i}`}>{name}</h3>
              <div class="tools">
                <CopyButton name={`Copy ${name}`} text={text} shownIn={`setup-text-${i}`} done={`${name} copied.`} />
                <Download name={name} text={text} />
              </div>
              <Code id={`setup-text-${i}`} name={`${name} output`} text={text} />
            </section>
          ))}
        </>
      )}
    </>
  );
}

function Tick({ id, label, is, set }: { id: string; label: string; is: boolean; set: (is: boolean) => void }) {
  return (
    <label class="row" for={id}>
      <input type="checkbox" id={id} checked={is} autocomplete="off" onChange={(event) => set(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}

/** Null before the first answer. */
function useSetup(asked: SetupOptions): Setup | PosternFailure | null {
  const [answer, setAnswer] = useState<Setup | PosternFailure | null>(null);
  useEffect(() => {
    let isOver = false;
    // Files of other options must not be copied meanwhile.
    setAnswer(null);
    const settle = (next: Setup | PosternFailure) => isOver || setAnswer(next);
    exportSetup(asked).catch(refused).then(settle);
    return () => { isOver = true; };
  }, [JSON.stringify(asked)]);
  return answer;
}

/** The Region and the account of the first ARN that has both, unless they are given. */
function takenFrom(node: NodeOptions): Pick<NodeOptions, 'region' | 'accountId'> {
  const [, region, accountId] = /"arn:[\w-]+:\w+:([a-z]+(?:-[a-z]+)+-\d):(\d{12}):/.exec(JSON.stringify(node)) ?? [];
  return region === undefined || accountId === undefined ? {}
    : { ...node.region === undefined ? { region } : {}, ...node.accountId === undefined ? { accountId } : {} };
}

/** The engine's words, and the field that they are about. */
function Refused({ failure: { path, message }, forms }: { failure: PosternFailure; forms: GivenSetup['forms'] }) {
  const [, form, option = ''] = /^options\.(node|operator)\.(.+)$/.exec(path ?? '') ?? [];
  const field = form === undefined ? null : controlAt(forms[form as 'node' | 'operator'], option);
  const isAtField = field !== null && message.startsWith(`${path!} `);
  return (
    <p class="mistake">
      <StopIcon />
      <span>
        {field !== null && `${field.label}, ${form === 'node' ? 'in the form above' : 'in People'}${isAtField ? ', ' : ': '}`}
        {core().inFields(isAtField ? message.slice(path!.length + 1) : message, setupFields(forms))}{' '}
        {field !== null && (form === 'node'
          ? <button type="button" class="small" onClick={() => goTo(field.path)}>Go to {field.label}</button>
          : <a href="#/people">Go to People</a>)}
      </span>
    </p>
  );
}
