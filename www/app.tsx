// The frame around the views: what is on every view, which view is shown, and the one status and one alert.
import { Component, type ComponentChildren } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useMemo, useReducer, useRef } from 'preact/hooks';
import { BUILT } from './built.js';
import { startEngine } from './engine.js';
import type { Frame } from './frame.js';
import { hasTexts, readLink } from './link.js';
import { workOffline } from './offline.js';
import { Alert, reportOn } from './parts/alert.js';
import { GateIcon } from './parts/icons.js';
import { Outside } from './parts/outside.js';
import { StatusContext, useStatus } from './parts/status.js';
import { ThemeSelect } from './parts/theme.js';
import { SLICES, START, VIEWS, addressOf, isStart, readAddress, reduce, type Actions, type Address, type States, type View } from './state.js';
import { Build } from './views/build.js';
import { People } from './views/people.js';
import { Related } from './views/related.js';
import { Role } from './views/role.js';
import { Validate } from './views/validate.js';

const LOADED = 'Loaded from a link. Nothing is stored.';

export function App({ start }: { start: { view: View; views: States } }) {
  const [state, dispatch] = useReducer(reduce, START);
  const status = useStatus();
  const crashed = useCallback((reason: unknown) => dispatch({ type: 'crashed', report: reportOn(reason) }), []);

  const read = (address: Address, views: States) => {
    dispatch({ type: 'reads', view: address.view });
    void readLink(views, address).then((read) => {
      dispatch({ type: 'read', views: read });
      status.say(read === null ? '' : LOADED);
    });
  };

  // The first drawing must equal the HTML that was made beforehand; what differs comes right after it.
  useLayoutEffect(() => {
    dispatch({ type: 'started', ...start });
    const address = readAddress(location.hash);
    if (address !== null && hasTexts(address)) read(address, start.views);
    if (address === null && !isStart(location.hash)) dispatch({ type: 'lost' });
  }, []);
  useEffect(() => {
    workOffline((renew) => dispatch({ type: 'new version', renew }));
    void startEngine().then((failure) => dispatch({ type: 'core', core: failure ?? 'ready' }));
    const caught = (event: ErrorEvent | PromiseRejectionEvent) => {
      crashed('reason' in event ? event.reason : event.error);
    };
    addEventListener('error', caught);
    addEventListener('unhandledrejection', caught);
    return () => {
      removeEventListener('error', caught);
      removeEventListener('unhandledrejection', caught);
    };
  }, []);

  const shown = useRef(state);
  shown.current = state;
  useEffect(() => {
    const went = () => {
      const address = readAddress(location.hash);
      if (address === null) return dispatch(isStart(location.hash) ? { type: 'went', view: 'build' } : { type: 'lost' });
      // Within one view only a typed or pasted address brings us here, so its ticks are meant. Between views it is
      // Back or Forward, whose ticks are older than what the form holds.
      const isSameView = address.view === shown.current.view;
      if (hasTexts(address)) read(address, shown.current.views);
      else dispatch(isSameView ? { type: 'followed', address } : { type: 'went', view: address.view });
    };
    addEventListener('hashchange', went);
    return () => removeEventListener('hashchange', went);
  }, []);

  const { view, views, core, link, renew, failed, crash, live } = state;
  const address = addressOf(view, views);
  useEffect(() => {
    const isPlainStart = location.hash === '' && address === addressOf('build', START.views);
    // An address of another view is newer than this drawing: Back came before it, and hashchange will follow.
    const isNewer = (readAddress(location.hash)?.view ?? 'build') !== view;
    // Texts stay in the address until they are read, and no longer.
    if (live && link !== 'reading' && !isPlainStart && !isNewer && location.hash !== address) history.replaceState(null, '', address);
  }, [address, live, link]);

  const title = useRef<HTMLHeadingElement>(null);
  const lastView = useRef<View | null>(null);
  // With the drawing itself: a moment later the focus may be in a field already, and what is typed would be lost.
  useLayoutEffect(() => {
    if (!live) return;
    document.title = `${SLICES[view].title} - Postern`;
    if (lastView.current !== null && lastView.current !== view) title.current?.focus();
    lastView.current = view;
  }, [view, live]);

  const main = useRef<HTMLElement>(null);
  const skip = (event: Event) => {
    event.preventDefault(); // The fragment belongs to the views.
    main.current?.focus();
  };

  const frame: Frame = useMemo(() => ({
    view, core, live, views, answered: (message) => dispatch({ type: 'answered', failed: message }),
  }), [view, core, live, views]);
  const dispatchTo = useMemo(() => ({
    build: (action: Actions['build']) => dispatch({ type: 'in view', view: 'build', action }),
    people: (action: Actions['people']) => dispatch({ type: 'in view', view: 'people', action }),
    related: (action: Actions['related']) => dispatch({ type: 'in view', view: 'related', action }),
    role: (action: Actions['role']) => dispatch({ type: 'in view', view: 'role', action }),
    validate: (action: Actions['validate']) => dispatch({ type: 'in view', view: 'validate', action }),
  }), []);

  return (
    <StatusContext.Provider value={status}>
      <a class="skip" href="#main" onClick={skip}>Skip to main content</a>
      <header>
        <div>
          <a class="brand" href={addressOf('build', views)}><GateIcon />Postern</a>
          <nav aria-label="Main" class="needs-script">
            {VIEWS.map((to) => (
              <a key={to} href={addressOf(to, views)} aria-current={to === view ? 'page' : undefined}>
                {SLICES[to].link}
              </a>
            ))}
          </nav>
          <Privacy />
        </div>
      </header>
      <main id="main" tabIndex={-1} ref={main}>
        <Alert failure={typeof core === 'object' ? core : null} isUnreadable={link === 'unreadable'} failed={failed} crash={crash} />
        <h1 tabIndex={-1} ref={title}>{SLICES[view].title}</h1>
        {renew !== null && (
          <p class="loaded">
            A new version is ready. Changing to it loses what you typed.{' '}
            <button type="button" class="small" onClick={renew}>Reload</button>
          </p>
        )}
        {link === 'read' && <p class="loaded">{LOADED}</p>}
        {link === 'unknown' && <p class="loaded">There is no view at this address. This is the start.</p>}
        <Catch key={view} onCatch={crashed}>
          {view === 'build' && <Build frame={frame} state={views.build} dispatch={dispatchTo.build} />}
          {view === 'people' && <People frame={frame} state={views.people} dispatch={dispatchTo.people} />}
          {view === 'related' && <Related frame={frame} state={views.related} dispatch={dispatchTo.related} />}
          {view === 'role' && <Role frame={frame} state={views.role} dispatch={dispatchTo.role} />}
          {view === 'validate' && <Validate frame={frame} state={views.validate} dispatch={dispatchTo.validate} />}
        </Catch>
      </main>
      <footer>
        <p>AWS data as of {BUILT.catalogDate}, version {BUILT.version}</p>
        <ThemeSelect />
        <p><Outside href="./docs/index.html">Documentation</Outside></p>
        {BUILT.homepage !== null && <p><Outside href={BUILT.homepage}>Source</Outside></p>}
        <p><a href="./licenses.txt" target="_blank" rel="noreferrer">Licences<span class="unseen"> (opens in a new tab)</span></a></p>
        {!(live && location.protocol === 'file:') && <p><a href="./postern.zip" download>Download for offline use</a></p>}
        <p>Not made by AWS</p>
      </footer>
      <div role="status" class="unseen">{status.text}</div>
    </StatusContext.Provider>
  );
}

function Privacy() {
  return (
    <div class="privacy">
      <details>
        <summary><span>Nothing you type leaves this browser.</span> <span class="link">How to check</span></summary>
        <ul>
          <li>
            The page carries a Content Security Policy with <code>connect-src 'none'</code>: the browser refuses every
            fetch, beacon and socket that its scripts try to open. Scripts and styles may come from the page's own
            address only. After the start it loads its own editor, once, when a view needs it, and a service worker keeps
            the page's files, so that it works without a network.
          </li>
          <li>
            Such a policy does not cover everything: it lets a page lead to another address, open a window or use
            WebRTC. This page does nothing of that but for the links that you see, which carry nothing that you typed;
            its source is short and shows it.
          </li>
          <li>Turn off your network now. The page goes on working.</li>
          <li>Open the network tab of the developer tools and type: no request appears.</li>
          <li>Only the theme is stored, in this browser. The address holds ticks, never text.</li>
          <li>Browser extensions can read any page, this one as well. A private window runs without most of them.</li>
        </ul>
      </details>
    </div>
  );
}

/** Keeps a mistake in one view from emptying the whole page. */
class Catch extends Component<{ onCatch: (reason: unknown) => void; children: ComponentChildren }, { broken: boolean }> {
  override state = { broken: false };

  override componentDidCatch(reason: unknown) {
    this.setState({ broken: true });
    this.props.onCatch(reason);
  }

  render() {
    return this.state.broken ? <p>This view has stopped. Reload the page to use it again.</p> : this.props.children;
  }
}
