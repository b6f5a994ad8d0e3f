// What a live page does when its circuit ended by an error, or when it gets none.
(() => {
  'use strict';
  const names = ['connection', 'blazor-error-ui', 'loaded-again', 'no-room'];
  const [bar, failure, again, noRoom] = names.map(id => document.getElementById(id));

  // The page is loaded again by itself, but not over and over.
  new MutationObserver(async () => {
    if (failure.style.display !== 'block') return;
    if (bar.hasAttribute('data-state')) {
      failure.style.display = ''; // a try to connect broke off: there will be others
      return;
    }

    if (Date.now() - sessionStorage.getItem('portal.failed') < 60_000) return;
    try {
      await fetch('/account/session', { cache: 'no-store' });
      sessionStorage.setItem('portal.failed', Date.now());
      sessionStorage.setItem('portal.again', '');
      if (document.querySelector('body font')) sessionStorage.setItem('portal.untranslated', ''); // it may have been that
      portal.loadAgain();
    } catch { } // offline: the failure stays, with its link
  }).observe(failure, { attributes: true, attributeFilter: ['style'] });
  if (sessionStorage.getItem('portal.untranslated') !== null) document.documentElement.translate = false;
  again.hidden = sessionStorage.getItem('portal.again') === null;
  sessionStorage.removeItem('portal.again');
  again.querySelector('button').addEventListener('click', () => { again.hidden = true; });

  // Too many pages are open: the server opens no live part for this one, and says so to a script only.
  new PerformanceObserver(list => {
    if (list.getEntries().some(entry => entry.name.includes('/_blazor') && [429, 503].includes(entry.responseStatus))) noRoom.hidden = false;
  }).observe({ type: 'resource', buffered: true });
  setTimeout(() => {
    if (!('live' in document.documentElement.dataset) && noRoom.hidden) failure.style.display = 'block';
  }, 30_000);
})();
