// What a browser alone can do: clipboard, theme, focus, what was typed and not sent, the way to passkeys.
(() => {
  'use strict';
  const isDark = () => {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  };
  const user = document.documentElement.dataset.signedIn ?? ''; // whoever signs in next with this tab has drafts of their own
  const draft = name => `portal.${user}.${name}`, typed = name => `portal.${user}.${name}.typed`;
  const unkept = new Set(); // fields whose text is kept nowhere
  const typedIn = name => JSON.parse(sessionStorage.getItem(typed(name)) ?? '{}');

  window.portal = {
    /** Puts text on the clipboard; false when the browser refuses. */
    async copy(text) {
      try { await navigator.clipboard.writeText(text); return true; } catch { return false; }
    },
    /** The browser's theme until somebody chooses. */
    switchTheme() {
      const theme = isDark() ? 'light' : 'dark';
      document.documentElement.dataset.theme = theme;
      document.cookie = `portal.theme=${theme}; path=/; max-age=31536000; samesite=lax${location.protocol === 'https:' ? '; secure' : ''}`;
    },
    chooseLanguage(language) {
      const form = document.getElementById('language');
      form.action = `/language/${language}`;
      form.requestSubmit();
    },
    signOut() { document.getElementById('session').requestSubmit(); },
    timeZone() { return window.portalZone(); },
    /** A form's fields, and what was typed into one that was not left yet; as bytes, which go to the server piece by piece however many they are. */
    recall(name) {
      const kept = { model: sessionStorage.getItem(draft(name)), typed: typedIn(name) };
      return new TextEncoder().encode(JSON.stringify(kept));
    },
    keep(name, model) {
      const known = JSON.parse(model), left = Object.entries(typedIn(name)).filter(([field, text]) => String(known[field] ?? '') !== text);
      sessionStorage.setItem(draft(name), model);
      sessionStorage.setItem(typed(name), JSON.stringify(Object.fromEntries(left)));
    },
    forget(name) {
      sessionStorage.removeItem(draft(name));
      sessionStorage.removeItem(typed(name));
    },
    /** Whether something typed would be lost with the page's circuit. */
    holdsUnkept() { return document.querySelector('.mud-dialog') !== null || [...unkept].some(field => field.isConnected && field.value); },
    /** The text of a field as bytes, which go to the server piece by piece however many they are. */
    textOf(id) { return new TextEncoder().encode(document.getElementById(id).value); },
    /** Without the browser's question: what was typed is kept. */
    loadAgain() {
      addEventListener('beforeunload', event => event.stopImmediatePropagation(), true);
      location.reload();
    },
    focus(id) { document.getElementById(id)?.focus(); },
    /** The first field of a form that something is wrong with. */
    focusProblem(form) { document.getElementById(form)?.querySelector('[aria-invalid="true"], .mud-input-error input, .mud-input-error [tabindex]')?.focus(); },
    /** Back to what opened something that is closed, unless the focus is elsewhere by now. */
    returnFocus(id) {
      const lost = !document.activeElement || document.activeElement === document.body || !document.activeElement.isConnected;
      if (lost || document.activeElement.closest('.mud-popover, .mud-dialog')) document.getElementById(id)?.focus();
    },
    select(element) { element.focus(); element.select(); },
  };

  document.addEventListener('click', event => {
    const row = event.target.closest?.('[data-row]');
    if (row) row.dispatchEvent(new CustomEvent('rowaction', { bubbles: true, detail: { kind: row.dataset.row, id: row.closest('[data-id]').dataset.id, platform: row.dataset.platform ?? '', on: row.checked === true } }));
    const way = event.target.closest?.('[data-focus]'), part = way && document.getElementById(way.dataset.focus);
    if (part) { event.preventDefault(); part.focus(); } // a link to a part of the open page: Blazor would only scroll there
    if (event.target.closest?.('[data-theme-toggle]')) window.portal.switchTheme();
    const passkey = event.target.closest?.('[data-passkey]');
    if (passkey) import('/account.js').then(module => module.usePasskey(passkey));
    event.target.closest?.('form button[type=submit]')?.focus();
    const copy = event.target.closest?.('[data-copy]');
    if (copy) window.portal.copy(copy.dataset.copy).then(done => { if (done) copy.dataset.copied = ''; });
  }, true);
  // A live page's address changes while its document stays.
  document.addEventListener('submit', ({ target }) => { if (target.id === 'language') target.elements.to.value = location.pathname + location.search; });
  // A field is left when the press on the button is over: an error that goes away meanwhile would take the button from under the pointer.
  document.addEventListener('mousedown', event => { if (event.target.closest?.('form button[type=submit]')) event.preventDefault(); });
  document.addEventListener('input', ({ target }) => {
    if (target.type !== 'search' && (target.form || target.type !== 'checkbox') && !target.closest('[data-draft]')) unkept.add(target);
  });
  document.addEventListener('input', event => {
    const name = event.target.form?.dataset.draft, field = event.target.name;
    if (!name || !field || ['checkbox', 'radio', 'file', 'password'].includes(event.target.type)) return;
    sessionStorage.setItem(typed(name), JSON.stringify({ ...typedIn(name), [field]: event.target.value }));
  });
  document.addEventListener('keydown', event => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      const command = document.querySelector('[data-command]');
      if (command) { event.preventDefault(); command.click(); }
    }
  });
  window.Blazor?.registerCustomEventType('rowaction', { createEventArgs: event => event.detail });
})();
