// Starts Blazor, and says and does what is to be said and done while a live page has no connection to the server or sleeps.
(() => {
  'use strict';
  const sleepAfter = 5 * 60_000, pauses = [0, 500, 1000, 2000, 3000];
  const page = document.documentElement, [bar, told] = ['connection', 'components-reconnect-modal'].map(id => document.getElementById(id));
  const words = bar.querySelector('[role=status]'), again = bar.querySelector('button');
  const changed = new Set(); // fields left while there was no connection
  const within = (seconds, answer) => Promise.race([answer, new Promise((_, refuse) => setTimeout(refuse, seconds * 1000))]); // a server may die
  let state, pausing, trying, soon, asleep, canPause, isOpening, isThere, failures = 0;

  const say = next => {
    clearTimeout(soon);
    state = next;
    bar.toggleAttribute('data-state', next !== undefined);
    words.textContent = next ? bar.dataset[next] : '';
    again.hidden = next !== 'failed';
  };

  // Whether the portal is there. Where the user was signed out elsewhere, the page loads again, which leads to the sign-in.
  const ask = async () => {
    const answer = await fetch('/account/session', { cache: 'no-store' });
    if (answer.status === 401 && 'signedIn' in page.dataset) portal.loadAgain();
  };

  // Goes on with the page's circuit, else with a new one that has the state of the old one, else by loading the page again.
  const goOn = async () => {
    if (trying) return;
    [trying, isThere] = [true, false];
    clearTimeout(soon);
    try {
      await pausing;
      isThere = await ask().then(() => true);
      if (!pausing && await within(15, Blazor.reconnect())) return onChanged.hide();
      if (!await within(15, Blazor.resumeCircuit())) portal.loadAgain();
    } catch {
      if (++failures > 2 && isThere) portal.loadAgain(); // the server has nothing left to go on with
      if (state !== 'restarting' || failures > 40) say('failed');
      soon = setTimeout(goOn, 3000);
    } finally {
      trying = false;
    }
  };

  const pause = next => {
    if (state || !canPause) return;
    say(next);
    pausing = within(10, Blazor.pauseCircuit()).catch(() => false);
  };

  const onChanged = {
    show() {
      if (state) return;
      say('lost');
      canPause = false; // a circuit that is reconnected counts as paused for Blazor 10: it does not pause again
    },
    retrying({ secondsToNextAttempt }) { if (secondsToNextAttempt === 0) ask().catch(() => { }); }, // offline: the bar says so
    failed() { say('failed'); soon = setTimeout(goOn, 10_000); },
    rejected() { portal.loadAgain(); }, // the server forgot the page; what was typed is kept in the browser
    hide() {
      if (isOpening) return; // nobody hears a press until the new circuit has drawn the page
      say();
      [pausing, failures] = [undefined, 0];
      for (const field of [...changed].filter(f => f.isConnected)) {
        for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
      }
      changed.clear();
    },
  };
  told.addEventListener('components-reconnect-state-changed', event => onChanged[event.detail.state]?.(event.detail));

  // What is left without a connection reaches nobody, so it is told again.
  document.addEventListener('change', event => { if (state && event.isTrusted) changed.add(event.target); }, true);
  const onCircuitClosed = () => { isOpening = true; delete page.dataset.live; }; // before a new one takes the page over
  window.portalIsShown = () => { // a circuit has drawn the page
    page.dataset.live = '';
    [canPause, isOpening] = [true, false];
    changed.clear(); // new fields, filled from the draft
    onChanged.hide();
    document.dispatchEvent(new Event('portallive'));
  };

  // A tab that nobody sees gives its circuit back after some minutes, unless something typed would be lost.
  const sleep = () => { if (document.hidden && !portal.holdsUnkept()) pause('asleep'); };
  document.addEventListener('visibilitychange', () => {
    clearTimeout(asleep);
    if (document.hidden) asleep = setTimeout(sleep, sleepAfter);
    else if (pausing || state === 'failed') goOn();
  });
  /** Called by a server that stops: the page goes on with the next one. False when it cannot: then it loads again. */
  window.portalRestarts = () => {
    setTimeout(() => { pause('restarting'); if (pausing) soon = setTimeout(goOn, 1000); });
    return canPause;
  };
  again.addEventListener('click', goOn);
  addEventListener('online', () => { if (state === 'failed') goOn(); });
  addEventListener('pageshow', event => { if (event.persisted) portal.loadAgain(); }); // from memory, without its circuit

  const retryIntervalMilliseconds = attempt => pauses[attempt] ?? 5000;
  Blazor.start({ ssr: { disableDomPreservation: true }, circuit: { circuitHandlers: [{ onCircuitClosed }], reconnectionOptions: { maxRetries: 30, retryIntervalMilliseconds } } });
})();
