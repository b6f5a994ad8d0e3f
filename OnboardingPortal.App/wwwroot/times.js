// Times in the words and the zone of the reader, whom only the browser knows.
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
  const said = new WeakMap();
  const showTime = time => {
    const date = new Date(time.dateTime), now = new Date();
    if (Number.isNaN(date.getTime())) return;
    const words = wordsFor(time, date, now);
    const text = time.firstChild, isTranslated = text?.nodeValue === '' && time.lastChild !== text && said.get(time) === words;
    if (!text) time.append(words);
    else if (text.nodeValue !== words && !isTranslated) text.nodeValue = words; // the node stays: Blazor may update it
    said.set(time, words);
    const title = format(date, { dateStyle: 'full', timeStyle: 'short' });
    if (time.title !== title) time.title = title;
  };
  const showTimes = root => root.querySelectorAll('time[datetime]').forEach(showTime);

  window.portalZone = () => zone() ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
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
})();
