// The few pictures, as elements. Each only repeats what a word beside it says.
import type { ComponentChildren } from 'preact';

function Icon({ name, children }: { name: string; children: ComponentChildren }) {
  // The name has a prefix, or a rule for another element of this name, such as a note, would give it a border.
  return <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">{children}</svg>;
}

export const GateIcon = () => (
  <Icon name="gate"><path d="M5 21V11a7 7 0 0 1 14 0v10M12 4v17M5 13h14M3 21h18" /></Icon>
);
export const StopIcon = () => (
  <Icon name="stop"><path d="M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 8v5M12 16v.5" /></Icon>
);
export const WarnIcon = () => <Icon name="warn"><path d="M12 4 2.5 20h19zM12 10v4.5M12 17v.5" /></Icon>;
export const NoteIcon = () => (
  <Icon name="note"><circle cx="12" cy="12" r="9" /><path d="M12 11v5.5M12 7.5V8" /></Icon>
);
export const TickIcon = () => <Icon name="tick"><path d="m4 12.5 5.5 5.5L20 7" /></Icon>;
export const OutsideIcon = () => <Icon name="outside"><path d="M9 5H5v14h14v-4M13 4h7v7M20 4l-9 9" /></Icon>;
export const ShieldIcon = () => <Icon name="shield"><path d="M12 3 4 6v6c0 4.5 3.5 7.5 8 9 4.5-1.5 8-4.5 8-9V6zM12 8v5M12 16v.5" /></Icon>;
export const BulbIcon = () => (
  <Icon name="bulb"><path d="M9 17h6M10 21h4M9 17c0-2-3-3.5-3-7a6 6 0 0 1 12 0c0 3.5-3 5-3 7" /></Icon>
);
export const CrossIcon = () => <Icon name="cross"><path d="m6 6 12 12M18 6 6 18" /></Icon>;
export const QuestionIcon = () => (
  <Icon name="question"><path d="M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1.2-1.5 2.300M12 18v.5" /></Icon>
);
export const OkIcon = () => <Icon name="ok"><circle cx="12" cy="12" r="9" /><path d="m8 12.5 3 3 5-6.5" /></Icon>;
