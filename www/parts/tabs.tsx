// Tabs with one panel: arrows, Home and End choose, and only the chosen tab is a stop of the Tab key.
import type { ComponentChildren, TargetedKeyboardEvent } from 'preact';

export interface Tab<Id extends string> {
  id: Id;
  /** The text of the tab and its accessible name. */
  label: string;
}

interface Props<Id extends string> {
  /** What the tabs choose: the accessible name of the list. Ids in the document are made from `id`. */
  name: string;
  id: string;
  tabs: readonly Tab<Id>[];
  chosen: Id;
  onChoose: (id: Id) => void;
  /** Whether the panel is a stop of the Tab key itself: where nothing in it is. */
  isStop?: boolean;
  /** The content of the chosen tab's panel. */
  children: ComponentChildren;
}

export function Tabs<Id extends string>({ name, id, tabs, chosen, onChoose, isStop = false, children }: Props<Id>) {
  const press = (event: TargetedKeyboardEvent<HTMLDivElement>) => {
    const at = tabs.findIndex((tab) => tab.id === chosen);
    const to = destination(event.key, at, tabs.length);
    if (to === null || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onChoose(tabs[to]!.id);
    event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')[to]?.focus();
  };
  return (
    <div class="tabs">
      <div role="tablist" aria-label={name} onKeyDown={press}>
        {tabs.map((tab) => (
          <button
            key={tab.id} type="button" role="tab" id={`${id}-${tab.id}`} aria-controls={`${id}-panel`}
            aria-selected={tab.id === chosen} tabIndex={tab.id === chosen ? 0 : -1} onClick={() => onChoose(tab.id)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${chosen}`} tabIndex={isStop ? 0 : undefined}>
        {children}
      </div>
    </div>
  );
}

function destination(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight': return (at + 1) % count;
    case 'ArrowLeft': return (at + count - 1) % count;
    case 'Home': return 0;
    case 'End': return count - 1;
    default: return null;
  }
}
