// Validate: a policy, what IAM Access Analyzer would say of it, and fixes.
import { useCallback, useContext, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { core, type Finding, type Fix, type Location } from '../engine.js';
import type { ViewProps } from '../frame.js';
import { inNumbers } from '../parts/finding-types.js';
import { SHORTEN } from '../parts/finding.js';
import { Findings, focusNextFix } from '../parts/findings.js';
import { useFits } from '../parts/fits.js';
import { fixLabel, isAppliedAtOnce } from '../parts/fixes.js';
import { JumpTo } from '../parts/go-to.js';
import { inEnglish } from '../parts/in-english.js';
import { Folded } from '../parts/on-demand.js';
import { PolicyText, type TextHandle } from '../parts/policy-text.js';
import { PolicyTools } from '../parts/policy-tools.js';
import { CopyLink } from '../parts/share.js';
import { StatusContext } from '../parts/status.js';
import { useChecked } from './validate.check.js';
import { Compare } from './validate.compare.js';
import { Empty, Notes, Words } from './validate.notes.js';
import type { ValidateAction } from './validate.state.js';
import { PolicyType } from './validate.type.js';

export function Validate({ frame, state, dispatch }: ViewProps<'validate', ValidateAction>) {
  const { text, tab, replaced } = state;
  const checked = useChecked(state, frame);
  const { findings, isCurrent } = checked;
  const isOff = typeof frame.core === 'object';
  const { say } = useContext(StatusContext);
  const sayWithFindings = useSpoken(findings, isCurrent);

  const field = useRef<TextHandle>(null);
  const [[line, column], setCaret] = useState([1, 1]);
  const move = useCallback((line: number, column: number) => setCaret([line, column]), []);
  const refuse = useCallback((characters: number) => dispatch({ type: 'refused', characters }), []);
  const replace = useCallback((text: string, undo: string) => dispatch({ type: 'replaced', text, undo }), []);
  const go = (location: Location) => field.current?.goTo(location.span.start.offset);
  const fix = (fixes: Fix[], at: number) => {
    // Places in an older text mean something else in this one; the answer on it is a moment away.
    if (!isCurrent) return say('The text has changed. The findings follow in a moment.');
    sayWithFindings(fixes.length === 1 ? 'Fix applied.' : `${fixes.length} fixes applied.`, at);
    replace(core().applyFixes(checked.text, fixes), fixes.length === 1 ? 'Undo fix' : 'Undo fixes');
  };
  const latest = useRef(fix);
  latest.current = fix;
  const undo = replaced === null ? null : {
    name: replaced.undo,
    onUndo() {
      sayWithFindings('Undone.', 0);
      dispatch({ type: 'undone' });
    },
  };

  const marks = useMemo(() => {
    if (text.trim() === '') return [];
    return !isCurrent ? null : (findings ?? []).slice(0, MOST_MARKS).map((finding, i) => toMark(finding, (fix) => latest.current([fix], i)));
  }, [findings, isCurrent, text.trim() === '']);
  const [left, beside] = [useFits<HTMLDivElement>(), useFits<HTMLDivElement>()];
  return (
    <>
      <p class="lead">Finds what IAM Access Analyzer finds in a policy, here, and offers fixes.</p>
      <PolicyType state={state} checked={checked} isOff={isOff} dispatch={dispatch} />
      <PolicyTools text={text} isReady={frame.core === 'ready'} isOff={isOff} onReplace={replace} onRefuse={refuse}>
        <CopyLink frame={frame} holds="text" />
      </PolicyTools>
      <div class="columns halves validate">
        <div class="sticky" ref={left}>
          <PolicyText
            id="policy-json" name="Policy JSON" text={text} marks={marks} handle={field} describedBy="policy-place"
            onChange={(text, isWhole) => dispatch({ type: 'typed', text, isWhole })} onMove={move} onRefuse={refuse}
          />
          <p class="place" id="policy-place">
            <span>Line {line}, column {column}</span>
            <span>{inEnglish(text.length)} characters</span>
            <span>The text is only in this page. A reload loses it.</span>
          </p>
          {findings !== null && <JumpTo id="findings">Go to the findings ({findings.length})</JumpTo>}
        </div>
        <div class="sticky" ref={beside}>
          <Findings
            findings={findings} text={checked.text} isCurrent={isCurrent} tab={tab} undo={undo} onGo={go} onFix={fix}
            onTab={(tab) => dispatch({ type: 'chosen', changed: { tab } })}
            notes={<Notes state={state} checked={checked} core={frame.core} onReplace={replace} />}
          >
            <Empty state={state} checked={checked} core={frame.core} />
          </Findings>
          <Words checked={checked} />
        </div>
      </div>
      <Folded id="shorten" summary={SHORTEN} of={[text]} draw={(more, place, status) => more.showShorter(place, text, status)} />
      <Compare state={state} dispatch={dispatch} />
    </>
  );
}

/** More marks than these make the editor slow, and nobody looks at them. */
const MOST_MARKS = 500;

const toMark = (finding: Finding, apply: (fix: Fix) => void) => {
  const { findingType, findingDetails, help, locations, fixes } = finding;
  const { path, span: { start, end } } = locations[0]!;
  // A finding about the whole policy is shown where it begins.
  return {
    from: start.offset, to: path.length === 0 ? start.offset + 1 : end.offset, type: findingType,
    message: help === null ? findingDetails : `${findingDetails}\n${help}`,
    actions: fixes.filter((fix) => isAppliedAtOnce(finding, fix)).map((fix) => ({ name: fixLabel(fix), apply: () => apply(fix) })),
  };
};

/**
 * Says what was found, once typing rests. When the page itself has changed the text, it says what was done besides, and
 * the focus goes on to the next fix.
 */
function useSpoken(findings: Finding[] | null, isCurrent: boolean) {
  const { say, sayLater } = useContext(StatusContext);
  const done = useRef<{ words: string; at: number } | null>(null);
  const last = useRef<string | null>(null);
  useEffect(() => {
    if (!isCurrent) return;
    const found = findings === null ? 'This is no policy by itself.' : inNumbers(findings);
    if (done.current !== null && findings !== null) {
      const { words, at } = done.current;
      done.current = null;
      say(`${words} ${findings.length === 1 ? '1 finding' : `${findings.length} findings`} left.`);
      focusNextFix(at);
    } else if (found !== last.current) sayLater(found);
    last.current = found;
  }, [findings, isCurrent]);
  /** `at`: the place in the list of the finding that was mended. */
  return (words: string, at: number) => {
    done.current = { words, at };
  };
}
