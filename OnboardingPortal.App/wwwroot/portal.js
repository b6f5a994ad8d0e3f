// Small helpers of all pages: times in the reader's zone, theme, reconnecting, clipboard, dialogs and menus. No dependency.
(() => {
  'use strict';
  const language = () => document.documentElement.lang || 'en';

  // The zone of the reader's profile, else the browser's, which is also for one that this browser does not know.
  const zone = () => {
    const timeZone = document.documentElement.dataset.timeZone;
    try {
      return timeZone && new Intl.DateTimeFormat('en', { timeZone }) ? timeZone : undefined;
    } catch {
      return undefined;
    }
  };
  const format = (date, options) => new Intl.DateTimeFormat(language(), { timeZone: zone(), ...options }).format(date);

  // Times: "9 min ago" within a week, a date after it, everything in the title.
  const units = [['day', 86400], ['hour', 3600], ['minute', 60]];
  const relative = (date, seconds) => {
    const words = new Intl.RelativeTimeFormat(language(), { numeric: 'auto', style: 'short' });
    for (const [unit, length] of units) {
      if (Math.abs(seconds) >= length) return words.format(Math.trunc(seconds / length), unit);
    }
    return words.format(0, 'second');
  };
  const day = (date, now) => {
    const start = d => {
      const [year, month, dayOfMonth] = new Intl.DateTimeFormat('en-CA', { timeZone: zone(), year: 'numeric', month: '2-digit', day: '2-digit' }).format(d).split('-');
      return new Date(Date.UTC(year, month - 1, dayOfMonth));
    };
    const days = Math.round((start(date) - start(now)) / 86400000);
    if (Math.abs(days) < 7) return new Intl.RelativeTimeFormat(language(), { numeric: 'auto' }).format(days, 'day');
    const year = start(date).getUTCFullYear() === start(now).getUTCFullYear() ? undefined : 'numeric';
    return format(date, { day: 'numeric', month: 'short', year });
  };
  const wordsFor = (time, date, now) => {
    const seconds = (date - now) / 1000;
    switch (time.dataset.time) {
      case 'full': return format(date, { dateStyle: 'long', timeStyle: 'short' });
      case 'long-date': return format(date, { dateStyle: 'long' });
      case 'clock': return format(date, { timeStyle: 'short' });
      case 'date': return day(date, now);
      default: return Math.abs(seconds) < 604800 ? relative(date, seconds) : day(date, now);
    }
  };
  const showTime = time => {
    const date = new Date(time.dateTime), now = new Date();
    if (Number.isNaN(date.getTime())) return;
    const words = wordsFor(time, date, now);
    if (!time.firstChild) time.append(words);
    else if (time.firstChild.nodeValue !== words) time.firstChild.nodeValue = words; // the node stays: Blazor may update it
    const title = format(date, { dateStyle: 'full', timeStyle: 'short' });
    if (time.title !== title) time.title = title;
  };
  const showTimes = root => root.querySelectorAll('time[datetime]').forEach(showTime);

  // Theme: the browser's until somebody chooses.
  const isDark = () => {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  };
  const toggleTheme = () => {
    const theme = isDark() ? 'light' : 'dark';
    document.documentElement.dataset.theme = theme;
    document.cookie = `portal.theme=${theme}; path=/; max-age=31536000; samesite=lax${location.protocol === 'https:' ? '; secure' : ''}`;
  };

  // Reconnecting: Blazor says how it goes by classes on its element.
  const watchConnection = element => {
    let waiting, asking;
    // A page whose user was signed out elsewhere has nothing to wait for: it loads again, which leads to the sign-in page.
    const leaveIfSignedOut = async () => {
      if (asking || !('signedIn' in document.documentElement.dataset)) return;
      asking = true;
      try {
        if ((await fetch('/account/session', { cache: 'no-store' })).status === 401) location.reload();
      } catch {
        return; // offline: that is what the bar says
      } finally {
        asking = false;
      }
    };
    new MutationObserver(() => {
      if (element.classList.contains('components-reconnect-show')) leaveIfSignedOut();
      if (element.classList.contains('components-reconnect-rejected')) location.reload(); // the server forgot us; the page's state is saved
      clearTimeout(waiting);
      if (element.classList.contains('components-reconnect-failed')) waiting = setTimeout(retry, 5000);
    }).observe(element, { attributes: true, attributeFilter: ['class'] });
    const retry = async () => {
      try {
        if (!await window.Blazor.reconnect()) location.reload();
      } catch {
        waiting = setTimeout(retry, 5000); // still offline
      }
    };
  };

  // Too many pages are open: the server opens no live part for this one, and says so to a script only.
  const watchForRoom = element => new PerformanceObserver(list => {
    if (list.getEntries().some(entry => entry.name.includes('/_blazor') && entry.responseStatus === 503)) element.hidden = false;
  }).observe({ type: 'resource', buffered: true });

  // Dialogs and menus: the element that opened one gets the focus back.
  let opener = null;
  const placeMenu = menu => {
    const box = opener?.getBoundingClientRect() ?? new DOMRect();
    const below = box.bottom + menu.offsetHeight + 8 < innerHeight;
    menu.style.top = `${Math.max(8, below ? box.bottom + 4 : box.top - menu.offsetHeight - 4)}px`;
    menu.style.left = `${Math.max(8, Math.min(box.right - menu.offsetWidth, innerWidth - menu.offsetWidth - 8))}px`;
  };
  const moveInMenu = event => {
    const menu = event.target.closest?.('[role="menu"]');
    if (!menu || !['ArrowDown', 'ArrowUp', 'Home', 'End', 'Tab'].includes(event.key)) return;
    if (event.key === 'Tab') { menu.hidePopover?.(); return; }
    const items = [...menu.querySelectorAll('[role="menuitem"]')], at = items.indexOf(document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
    items[next % items.length].focus();
    event.preventDefault();
  };

  window.portal = {
    /** Puts text on the clipboard; false when the browser refuses. */
    async copy(text) {
      try { await navigator.clipboard.writeText(text); return true; } catch { return false; }
    },
    openDialog(dialog) { if (!dialog.open) dialog.showModal(); },
    openMenu(menu) {
      menu.addEventListener('toggle', event => {
        if (event.newState === 'closed') menu.dispatchEvent(new CustomEvent('menuclose', { bubbles: true }));
      });
      menu.showPopover();
      placeMenu(menu);
      menu.querySelector('[role="menuitem"]')?.focus();
    },
    returnFocus() { if (opener?.isConnected && (!document.activeElement || document.activeElement === document.body)) opener.focus(); },
    timeZone() { return zone() ?? Intl.DateTimeFormat().resolvedOptions().timeZone; },
    /** What was typed into a field with data-keep and not sent yet; null when nothing was. */
    recall(name) { return sessionStorage.getItem(`portal.${name}`); },
    forget(name) { sessionStorage.removeItem(`portal.${name}`); },
    /** The text of a field as bytes, which go to the server piece by piece however many they are. */
    textOf(id) { return new TextEncoder().encode(document.getElementById(id).value); },
    replaceAddress(address) { history.replaceState(history.state, '', address); },
    focus(id) { document.getElementById(id)?.focus(); },
    select(element) { element.focus(); element.select(); },
  };

  document.addEventListener('click', event => {
    const trigger = event.target.closest?.('[aria-haspopup]');
    if (trigger) opener = trigger;
    const row = event.target.closest?.('[data-row]');
    if (row) row.dispatchEvent(new CustomEvent('rowaction', { bubbles: true, detail: { kind: row.dataset.row, id: row.dataset.id, platform: row.dataset.platform ?? '' } }));
    if (event.target.closest?.('[data-theme-toggle]')) toggleTheme();
    const passkey = event.target.closest?.('[data-passkey]');
    if (passkey) import('/passkeys.js').then(module => module.run(passkey));
    const copy = event.target.closest?.('[data-copy]');
    if (copy) window.portal.copy(copy.dataset.copy).then(done => { if (done) copy.dataset.copied = ''; });
  }, true);
  document.addEventListener('keydown', moveInMenu);
  // On a narrow screen there may be more tabs than room: the one that is open is never out of sight.
  const showTab = () => document.querySelector('.tabs [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  document.addEventListener('input', event => {
    const name = event.target.dataset?.keep;
    if (name) sessionStorage.setItem(`portal.${name}`, event.target.value);
  });
  new MutationObserver(changes => {
    for (const change of changes) {
      if (change.type === 'attributes') showTime(change.target);
      for (const node of change.addedNodes) {
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        if (node.matches('time[datetime]')) showTime(node);
        else showTimes(node);
      }
    }
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ['datetime'] });
  setInterval(() => showTimes(document), 30000);
  showTimes(document);
  showTab();
  window.Blazor?.addEventListener?.('enhancedload', showTab);
  window.Blazor?.registerCustomEventType('rowaction', { createEventArgs: event => event.detail });
  window.Blazor?.registerCustomEventType('menuclose', { createEventArgs: () => ({}) });
  const connection = document.getElementById('components-reconnect-modal');
  if (connection) watchConnection(connection);
  const noRoom = document.getElementById('no-room');
  if (noRoom) watchForRoom(noRoom);
})();
