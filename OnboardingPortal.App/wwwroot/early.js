// Until a page is live nobody hears a press: it is made as soon as somebody does.
(() => {
  'use strict';
  const pressable = 'button, input[type=checkbox], input[type=radio]';
  const works = '[data-focus], [data-copy], [data-theme-toggle], [data-passkey]'; // by portal.js, live or not
  const early = new Map(); // what was pressed, in that order, with what a box shows since
  const isBox = element => element.matches('input');

  /** What an element is, in the document of now and in the live one: its kind and words, and which of those alike it is. */
  const alike = mark => [...document.querySelectorAll(pressable)].filter(element => markOf(element) === mark);
  const markOf = element => [element.tagName, element.ariaLabel ?? element.textContent.trim(), element.name, isBox(element) ? element.closest('label')?.textContent : ''].join('|');

  const make = () => {
    for (const [key, checked] of early) {
      const [mark, index] = JSON.parse(key), element = alike(mark)[index];
      if (!element) continue; // comes later, or is gone
      early.delete(key);
      if (checked === undefined || element.checked !== checked) element.click();
    }
  };

  document.addEventListener('click', event => {
    const pressed = event.isTrusted && !('live' in document.documentElement.dataset) && event.target.closest?.(pressable);
    if (!pressed || pressed.matches(works) || pressed.form?.method === 'post') return;
    const mark = markOf(pressed);
    early.set(JSON.stringify([mark, alike(mark).indexOf(pressed)]), isBox(pressed) ? pressed.checked : undefined);
    if (isBox(pressed)) return; // it shows what was chosen
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  document.addEventListener('portallive', () => {
    if (early.size === 0) return;
    const later = new MutationObserver(make);
    later.observe(document.body, { childList: true, subtree: true });
    setTimeout(() => { later.disconnect(); early.clear(); }, 5000);
    make();
  });
})();
