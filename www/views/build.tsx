// Build: the policy that the role of a node needs, from what its sessions use.
import { useContext, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { BUILT } from '../built.js';
import { KEY_PLACEHOLDER, buildNode, type Built, type Partition } from '../engine.js';
import type { ViewProps } from '../frame.js';
import { ConsoleSteps } from '../parts/console-steps.js';
import { Check, Choice, Text } from '../parts/field.js';
import { useFits } from '../parts/fits.js';
import { Result } from '../parts/result.js';
import { StaticPolicies } from '../parts/static-policies.js';
import { StatusContext } from '../parts/status.js';
import { DEFAULT_POLICY_NAME } from '../steps.js';
import { FIELD_OF, isAtFirst, optionsOf, type BuildAction, type BuildForm } from './build.state.js';

type Mistakes = Partial<Record<keyof BuildForm, string>>;

const PARTITIONS: [Partition | '', string][] = [
  ['', 'Automatic'],
  ...Object.entries({
    'aws': 'aws (standard)',
    'aws-cn': 'aws-cn (China)',
    'aws-us-gov': 'aws-us-gov (GovCloud)',
    'aws-eusc': 'aws-eusc (European Sovereign Cloud)',
    'aws-iso': 'aws-iso',
    'aws-iso-b': 'aws-iso-b',
    'aws-iso-e': 'aws-iso-e',
    'aws-iso-f': 'aws-iso-f',
  } satisfies Record<Partition, string>) as [Partition, string][],
];

/** The fields that the engine may refuse. */
const FIELD_NAMES: Partial<Record<keyof BuildForm, string>> = {
  kmsKeyArn: 'KMS key ARN',
  partition: 'Partition',
  region: 'Region',
  accountId: 'Account ID',
  policyName: 'Policy name',
};

/** Those of them without which the result is then made. A wrong key leaves the placeholder, which has its own note. */
const LEFT_OUT: (keyof BuildForm)[] = ['partition', 'region', 'accountId'];

export function Build({ frame, state, dispatch }: ViewProps<'build', BuildAction>) {
  const { form, more } = state;
  const { core, live, answered } = frame;
  const hasFailed = typeof core === 'object';
  const change = (changed: Partial<BuildForm>) => dispatch({ type: 'changed', form: changed });
  const built = useMemo(() => answer(form, core === 'ready'), [form, core]);
  const mistakes = useMemo(() => byField(built), [built]);
  useAnnouncement(built, core === 'ready');
  const failed = built?.failed ?? null;
  useEffect(() => answered(failed), [failed]);

  const answers = useRef<HTMLDivElement>(null);
  const { say } = useContext(StatusContext);
  const addHeartbeat = () => {
    change({ heartbeat: true });
    // The button goes away with its note; the focus moves on to what comes next.
    answers.current?.querySelector<HTMLElement>('.tools button')?.focus();
    say('The agent heartbeat is included now.');
  };

  const column = useFits<HTMLFormElement>();
  return (
    <>
      <p class="lead">Adds what Session Manager needs to a role that already exists.</p>
      {!live && <Unstarted />}
      <div class="columns">
        <form class="needs-script sticky" ref={column} onSubmit={(event) => event.preventDefault()}>
          {hasFailed && <p class="off">These options are switched off, because the checker could not start.</p>}
          <Options form={form} mistakes={mistakes} more={more} isOff={hasFailed} change={change} dispatch={dispatch} />
        </form>
        <div class="answer" ref={answers}>
          {(hasFailed || !live) && <StaticPolicies isShown={hasFailed} />}
          {!hasFailed && (
            <Result
              policy={built?.policy ?? null}
              leftOut={LEFT_OUT.filter((name) => name in mistakes).map((name) => FIELD_NAMES[name]!)}
              core={core}
              target={{ attachTo: 'role', policyName: policyName(form, mistakes) }}
              fileName={policyName(form, mistakes)}
              chosen={chosen(form, mistakes)}
              onAddHeartbeat={addHeartbeat}
            />
          )}
          <ConsoleSteps policyName={policyName(form, mistakes)} />
        </div>
      </div>
    </>
  );
}

interface OptionsProps {
  form: BuildForm;
  mistakes: Mistakes;
  more: boolean;
  isOff: boolean;
  change: (changed: Partial<BuildForm>) => void;
  dispatch: (action: BuildAction) => void;
}

function Options({ form, mistakes, more, isOff, change, dispatch }: OptionsProps) {
  return (
    <fieldset disabled={isOff}>
      <legend>What your sessions use</legend>
      <Check
        name="kms" label="Encrypt session data with a KMS key" checked={form.kms}
        onChange={(kms) => change({ kms })}
        help="Tick it when the Session Manager preferences name a key under KMS encryption."
      >
        {form.kms && (
          <Text
            name="kmsKeyArn" label="KMS key ARN" value={form.kmsKeyArn} mistake={mistakes.kmsKeyArn}
            onInput={(kmsKeyArn) => change({ kmsKeyArn })}
            help={`While it is empty, ${KEY_PLACEHOLDER} stays in the policy. Example: ${BUILT.keyExample}`}
          />
        )}
      </Check>
      <Check
        name="bucket" label="Check encryption of the log bucket" checked={form.bucket}
        onChange={(bucket) => change({ bucket })}
        help="Part of the policy in AWS's guide. It serves session logs in Amazon S3."
      />
      <Check
        name="heartbeat" label="Include the agent heartbeat" checked={form.heartbeat}
        onChange={(heartbeat) => change({ heartbeat })}
        help="Needed unless the role has AmazonSSMManagedInstanceCore. Not sure? Turn it on."
      />
      <details open={more} onToggle={(event) => dispatch({ type: 'unfolded', more: event.currentTarget.open })}>
        <summary>More options</summary>
        <Choice
          name="partition" label="Partition" value={form.partition} choices={PARTITIONS} mistake={mistakes.partition}
          onChange={(partition) => change({ partition })}
          help="Automatic takes it from the Region, else from the key."
        />
        <Text
          name="region" label="Region" value={form.region} mistake={mistakes.region}
          onInput={(region) => change({ region })}
          help="Where the nodes are, such as us-east-1. Optional: a key of another Region is then refused."
        />
        <Text
          name="accountId" label="Account ID" value={form.accountId} mistake={mistakes.accountId}
          onInput={(accountId) => change({ accountId })}
          help="The account of the nodes, twelve digits. Optional: a key of another account then gets a note."
        />
        <Text
          name="policyName" label="Policy name" value={form.policyName} mistake={mistakes.policyName}
          onInput={(policyName) => change({ policyName })}
          help="The name to type in the console. It changes nothing in the policy."
        />
      </details>
    </fieldset>
  );
}

/** Comes into sight by itself, after some seconds, when the script that takes it away never ran. */
function Unstarted() {
  return (
    <p class="unstarted needs-script">
      The script of this page has not started yet. The policy below is right for the options as they stand; to change
      them, reload the page or use another browser.
    </p>
  );
}

/** The engine's answer. Before the engine is there, only the options as they stand at first have one. */
function answer(form: BuildForm, isReady: boolean): Built | null {
  if (isReady) return buildNode(optionsOf(form));
  return isAtFirst(form) ? { policy: BUILT.plain, mistakes: {}, failed: null } : null;
}

function byField(built: Built | null): Mistakes {
  const mistakes: Mistakes = {};
  for (const [path, message] of Object.entries(built?.mistakes ?? {})) {
    mistakes[FIELD_OF[path as keyof typeof FIELD_OF]] = message;
  }
  return mistakes;
}

function policyName(form: BuildForm, mistakes: Mistakes): string {
  return mistakes.policyName === undefined ? form.policyName.trim() : DEFAULT_POLICY_NAME;
}

/** The options in words, for the printed page. */
function chosen(form: BuildForm, mistakes: Mistakes): string[] {
  const value = (name: keyof BuildForm, label: string) => {
    const text = String(form[name]).trim();
    return text !== '' && mistakes[name] === undefined ? [`${label}: ${text}`] : [];
  };
  return [
    ...(form.kms ? ['KMS encryption of session data', ...value('kmsKeyArn', 'KMS key ARN')] : []),
    ...(form.bucket ? ['Check of the encryption of the log bucket'] : []),
    ...(form.heartbeat ? ['Agent heartbeat'] : []),
    ...value('partition', 'Partition'),
    ...value('region', 'Region'),
    ...value('accountId', 'Account ID'),
  ];
}

/** Says that the policy changed, to those who do not see it. Not on the first drawing: nothing changed then. */
function useAnnouncement(built: Built | null, isReady: boolean): void {
  const { sayLater } = useContext(StatusContext);
  const [before, setBefore] = useState<string | null>(null);
  const mistakes = Object.values(built?.mistakes ?? {}).join('\n');
  const policy = built?.policy ?? null;
  const text = policy === null ? null : mistakes + policy.json;
  useEffect(() => {
    if (!isReady || policy === null || text === before) return;
    setBefore(text);
    if (before === null) return;
    // Short: the messages themselves stand at the fields and in the notes.
    const { characters, notes } = policy;
    const hasPlaceholder = notes.some((note) => note.code === 'KEY_NAME_PLACEHOLDER');
    sayLater([
      `Policy changed, ${characters} characters.`,
      ...(hasPlaceholder ? [`It contains the placeholder ${KEY_PLACEHOLDER}.`] : []),
      ...Object.keys(byField(built)).map((name) => `${FIELD_NAMES[name as keyof BuildForm]} cannot be used as it is.`),
    ].join(' '));
  }, [text, isReady]);
}
