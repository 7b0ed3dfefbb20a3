// JUnit's XML, as CI systems read it: a suite for each policy, a case for each finding. What does not make the check fail
// is a case that passes, what was not checked one that is skipped.
import { fails } from '../check/settings.js';
import { unseenAs } from '../terminal.js';
import { guessOf, textOf, titleOf, type Report, type Setting } from './report.js';

export function junit({ failOn }: Setting): Report {
  return {
    begin: () => '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="postern">\n',
    file: (result) => {
      const skipped = result.notChecked.map(({ policy, message }) => {
        const title = titleOf(result.path, policy);
        return suite(title, 0, 0, [`    <testcase name="read" classname="${attribute(title)}"><skipped message="${attribute(message)}"/></testcase>\n`], 1);
      });
      return skipped.join('') + result.policies.map(({ name, type, findings }) => {
        const title = titleOf(result.path, name);
        const cases = findings.map(({ finding, places }) => {
          const { line, column } = places[0]!.start;
          const head = `    <testcase name="${attribute(`${finding.issueCode} at ${line}:${column}`)}" classname="${attribute(title)}"`;
          const about = attribute(textOf(finding));
          if (!fails(finding.findingType, failOn)) return `${head}/>\n`;
          return `${head}><failure type="${finding.findingType}" message="${about}">${attribute(`${result.path}:${line}:${column}`)}</failure></testcase>\n`;
        });
        const failed = findings.filter(({ finding }) => fails(finding.findingType, failOn)).length;
        return suite(title, failed, 0, cases.length > 0 ? cases : [`    <testcase name="no findings" classname="${attribute(title)}"/>\n`], 0, guessOf(type));
      }).join('');
    },
    // Files that are not there are problems too, and were never checked.
    end: ({ problems }) => `${problems.map(({ path, message }) => suite(path, 0, 1, [
      `    <testcase name="read" classname="${attribute(path)}"><error message="${attribute(message)}"/></testcase>\n`])).join('')}</testsuites>\n`,
  };
}

const suite = (name: string, failures: number, errors: number, cases: string[], skipped = 0, guess: string | null = null): string =>
  `  <testsuite name="${attribute(name)}" tests="${cases.length}" failures="${failures}" errors="${errors}"${skipped > 0 ? ` skipped="${skipped}"` : ''}>\n${guess === null ? '' : `    <properties><property name="checkedAs" value="${attribute(guess)}"/></properties>\n`}${cases.join('')}  </testsuite>\n`;

// XML 1.0 has no way to write most control characters and half surrogate pairs; the others that nobody sees have numbers.
const attribute = (text: string): string => unseenAs(
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Cs}]/gu, '\ufffd').replace(/[<>&"']/g, numbered), numbered,
);
const numbered = (character: string): string => `&#${character.codePointAt(0)};`;
