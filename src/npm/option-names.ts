// Names of options, and of calls, in the engine's sentences, which speak of them as JavaScript has them. Where options are
// called otherwise, by flags on the command line and by fields on the page, each name is found here and told there.

/** An option, and the values that it may have where they are words. */
export interface Option {
  path: readonly string[];
  kind: string;
  words: readonly string[] | null;
}

/** What may be a name in a sentence. */
export interface Name<One extends Option> {
  /** `the ` where it stands before it. */
  article: string;
  word: string;
  /** The options that are meant; none where it is a word like any other, or of something else. */
  meant: readonly One[];
  /** The value that stands behind the name, and goes with it: `true`, `false`, or a word that the option takes. */
  value: string | null;
  /** What stands behind all of it. */
  rest: string;
}

/** A sentence with each name as `called` has it; null leaves it as it is. */
export function withNames<One extends Option>(sentence: string, options: readonly One[], called: (name: Name<One>) => string | null): string {
  let [told, end] = ['', 0];
  for (const { 0: whole, 1: article = '', 2: word = '', 3: behind, index } of sentence.matchAll(NAME)) {
    if (index < end) continue;
    const [before, after] = [sentence.slice(Math.max(0, index - NEAR), index + article.length), sentence.slice(index + whole.length)];
    const known = meantBy(word, options);
    // With an article it tells of something, as in: the Region is in the partition aws.
    const isValue = behind !== undefined && known.length > 0 && (article === '' || /\btake $/.test(sentence.slice(0, index)))
      && known.every(({ kind, words }) => (kind === 'switch' ? /^(?:true|false)$/.test(behind) : words?.includes(behind) === true));
    const isName = isValue || /[A-Z.]/.test(word) || isNamed(before, after);
    const value = isValue ? behind : null;
    const next = index + whole.length + (value === null ? 0 : value.length + 1);
    const text = called({ article, word, meant: isName ? known : [], value, rest: sentence.slice(next) });
    if (text === null) continue;
    told += sentence.slice(end, index) + text;
    end = next;
  }
  return told + sentence.slice(end);
}

/** Code of JavaScript, such as `linux: { commands: "ls" }`, as `called` has its name and its value; null leaves it. */
export function withCode(sentence: string, called: (word: string, value: object) => string | null): string {
  return sentence.replace(/(?<![\w.])(\w+): ([{[](?:[^{}[\]]|\{[^{}]*\})*[\]}])/g, (whole, word: string, code: string) => {
    const value = valueIn(code);
    return (value === null ? null : called(word, value)) ?? whole;
  });
}

/** An object or a list as JavaScript writes it; null for what is none. */
export function valueIn(code: string): object | null {
  try {
    return JSON.parse(code.replace(/([{,]\s*)(\w+)(?=\s*:)/g, '$1"$2"')) as object;
  } catch {
    return null;
  }
}

/** What may be a name, and the word behind it: in no path, key, address or example, and in no quotes. */
const NAME = /(?<![\w.:/"'-]|\{\{ ?)((?:the )?)([a-z]\w*(?:\.[a-z]\w*)*)(?![\w:/"-]|\.\w)(?=(?: ([\w-]+))?)/g;

/** So many characters before a name tell whether it is one. */
const NEAR = 60;

/** The option of that name, or those in groups. */
function meantBy<One extends Option>(word: string, options: readonly One[]): One[] {
  const exact = options.find(({ path }) => path.join('.') === word);
  return exact === undefined ? options.filter(({ path }) => path.join('.').endsWith(`.${word}`)) : [exact];
}

/** Whether a word that may be one of English names an option, by what the engine writes around names. */
const isNamed = (before: string, behind: string): boolean => NAMING.some(([start, end]) => start.test(before) && end.test(behind));
const NAMING: readonly [RegExp, RegExp][] = [
  [/\bGive (?:\w+ (?:and|or) )*$/, /^(?:[.,;]| (?:such as|and|or|to)\b|$)/],
  [/\bdepends on (?:\w+, )*$/, /^[.,]/],
  [/\b(?:[Ll]eave|or) $/, /^ out\b/],
  [/\b[Dd]emand $/, /^[.,;]/],
  [/\bname that in $/, /^(?:\.| instead)/],
  [/\($/, /^\)/],
];
