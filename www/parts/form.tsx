// Draws a form from its table of controls.
import { BUILT } from '../built.js';
import { controlsOf, isShown, valueOf, type Control, type Entered, type Form, type Group, type Row, type Value } from '../controls.js';
import { Check, Choice, Radios, Text, Ticks } from './field.js';
import { Rows } from './rows.js';

interface Props {
  form: Form;
  entered: Entered;
  mistakes: Readonly<Record<string, string>>;
  more: boolean;
  isOff: boolean;
  change: (entered: Entered) => void;
  unfold: (more: boolean) => void;
}

const YES_OR_NO = [['', 'Automatic'], ['yes', 'Yes'], ['no', 'No']] as const;

export function Fields({ form, entered, mistakes, more, isOff, change, unfold }: Props) {
  const draw = (group: Group) => (
    <fieldset disabled={isOff} key={group.legend}>
      <legend>{group.legend}</legend>
      {group.controls.filter(({ under }) => under === undefined || !isIn(group, under)).map(drawControl)}
    </fieldset>
  );
  const drawControl = (control: Control) => isShown(form, control, entered) && (
    <Field
      key={control.path} control={control} value={valueOf(control, entered)} mistake={mistakes[control.path]}
      set={(value) => change({ [control.path]: value })}
    >
      {controlsOf(form).filter(({ under }) => under === control.path)
        .filter((inner) => isSameGroup(form, control, inner)).map(drawControl)}
    </Field>
  );
  const further = form.groups.filter((group) => group.more);
  return (
    <>
      {form.groups.filter((group) => !group.more).map(draw)}
      {further.length > 0 && (
        <details open={more} onToggle={(event) => unfold(event.currentTarget.open)}>
          <summary>More options</summary>
          {further.map((group) => group.controls.some((control) => isShown(form, control, entered)) && draw(group))}
        </details>
      )}
    </>
  );
}

const isIn = (group: Group, path: string) => group.controls.some((control) => control.path === path);

function isSameGroup(form: Form, a: Control, b: Control): boolean {
  return form.groups.some((group) => group.controls.includes(a) && group.controls.includes(b));
}

interface FieldProps {
  control: Control;
  value: Value;
  mistake: string | undefined;
  set: (value: Value) => void;
  children: preact.ComponentChildren;
}

function Field({ control, value, mistake, set, children }: FieldProps) {
  const common = {
    name: control.path, label: control.label, mistake,
    help: control.help?.replace('{key}', BUILT.keyExample).replace('{role}', BUILT.roleExample),
  };
  switch (control.kind) {
    case 'tick': case 'object':
      return <Check {...common} checked={value === true} onChange={set}>{children}</Check>;
    case 'text': case 'number': case 'list': return <Text {...common} value={value as string} onInput={set} />;
    case 'lines': case 'area': return <Text {...common} lines={3} value={value as string} onInput={set} />;
    case 'choice': return <Choice {...common} choices={control.choices} value={value as string} onChange={set} />;
    case 'yes or no': return <Choice {...common} choices={YES_OR_NO} value={value as string} onChange={set} />;
    case 'radio': return <Radios {...common} choices={control.choices} value={value as string} onChange={set} />;
    case 'ticks':
      return <Ticks {...common} choices={control.choices} value={value as readonly string[]} onChange={set} />;
    case 'yes, no or parameter': return <OrParameter {...common} value={value as string} set={set} />;
    case 'tags': case 'parameters':
      return <Rows {...common} kind={control.kind} rows={value as readonly Row[]} onChange={set} />;
  }
}

interface OrParameterProps {
  name: string;
  label: string;
  help: string | undefined;
  mistake: string | undefined;
  value: string;
  set: (value: string) => void;
}

const PARAMETER = '{{ NAME }}';

/** Yes, no, or the name of a parameter. */
function OrParameter({ value, set, mistake, ...common }: OrParameterProps) {
  const isParameter = value !== '' && value !== 'yes' && value !== 'no';
  return (
    <>
      <Choice
        {...common} value={isParameter ? PARAMETER : value} mistake={isParameter ? undefined : mistake}
        choices={[...YES_OR_NO, [PARAMETER, 'By a parameter']]} onChange={set}
      />
      {isParameter && (
        <Text
          name={`${common.name}-parameter`} label={`${common.label}: parameter`} value={value} mistake={mistake}
          help="The parameter in braces, such as {{ encrypted }}." onInput={(text) => set(text || PARAMETER)}
        />
      )}
    </>
  );
}
