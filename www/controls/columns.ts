// The columns of lists of rows: tags, and the parameters of a session document.
import type { Choices } from '../controls.js';

export interface Column {
  id: string;
  label: string;
  choices?: Choices;
  lines?: number;
  help?: string;
}

const TAG: readonly Column[] = [{ id: 'key', label: 'key' }, { id: 'value', label: 'value' }];

export const PARAMETER: readonly Column[] = [
  { id: 'name', label: 'name', help: 'Letters, digits and underscores, such as logpath.' },
  { id: 'type', label: 'type', choices: [['', 'String'], ['StringList', 'StringList'], ['Boolean', 'Boolean']] },
  { id: 'allowedPattern', label: 'pattern', help: 'A regular expression (RE2) that a value must match, such as ^[a-z0-9-]{1,32}$.' },
  { id: 'default', label: 'default', lines: 2, help: 'Empty: a value must be given. For StringList one a line.' },
  { id: 'allowedValues', label: 'allowed values', lines: 2, help: 'One a line. Empty: any.' },
  { id: 'minChars', label: 'fewest characters' },
  { id: 'maxChars', label: 'most characters' },
  { id: 'description', label: 'description' },
];

export const COLUMNS = { tags: TAG, parameters: PARAMETER };
