// Offers what was typed in one form to another that asks for the same thing.
import { useContext } from 'preact/hooks';
import { NODE } from '../controls/node.js';
import { OPERATOR } from '../controls/operator.js';
import { controlsOf, isShown, valueOf, type Control, type Entered, type Form } from '../controls.js';
import type { States } from '../state.js';
import { formOf } from '../views/related.state.js';
import { StatusContext } from './status.js';
import { unread } from './unread.js';

interface Props {
  views: States;
  form: Form;
  entered: Entered;
  change: (entered: Entered) => void;
}

interface Offer {
  control: Control;
  text: string;
  from: string;
}

export function Offers({ views, form, entered, change }: Props) {
  const { say } = useContext(StatusContext);
  const offers = offersFor(views, form, entered);
  if (offers.length === 0) return null;
  const take = ({ control, text }: Offer) => {
    change({ [control.path]: text });
    say(`${control.label} filled in.`);
    // The button goes away; the focus moves on to the field that it filled.
    document.getElementById(control.path)?.focus();
  };
  return (
    <div class="offers" role="group" aria-label="Values that you have given already">
      {offers.map((offer) => (
        <button type="button" class="small" key={`${offer.control.path} ${offer.text}`} onClick={() => take(offer)}>
          Use the {offer.control.carries} <span ref={unread}>{offer.text}</span> from {offer.from}
        </button>
      ))}
    </div>
  );
}

/** A value of each kind that the form asks for, from every other form that has one, where the form does not have it. */
function offersFor(views: States, form: Form, entered: Entered): Offer[] {
  const sources: [from: string, form: Form, entered: Entered][] = [
    ['Build', NODE, views.build.entered],
    ['People', OPERATOR, views.people.entered],
    ...Object.entries(views.related.forms).map(([kind, other]): [string, Form, Entered] => (
      ['another document', formOf(kind as keyof typeof views.related.forms), other]
    )),
  ];
  const found: Offer[] = [];
  for (const control of controlsOf(form)) {
    if (control.carries === undefined || !isShown(form, control, entered)) continue;
    for (const [from, other, theirs] of sources) {
      if (other === form) continue;
      for (const source of controlsOf(other)) {
        if (source.carries !== control.carries || !isShown(other, source, theirs)) continue;
        const text = String(valueOf(source, theirs)).trim();
        const isKnown = text === String(valueOf(control, entered)).trim()
          || found.some((one) => one.control === control && one.text === text);
        if (text !== '' && !isKnown) found.push({ control, text, from });
      }
    }
  }
  return found;
}
