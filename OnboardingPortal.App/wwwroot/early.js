// Until a page is live nobody hears a press, and what is drawn anew while the pointer is down is not pressed: both are made up for.
(() => {
  'use strict';
  const pressable = 'button, a[href], input[type=checkbox], input[type=radio]';
  const works = 'a, [data-focus], [data-copy], [data-theme-toggle], [data-passkey]'; // by the browser or portal.js, live or not
  const early = []; // what was pressed, with what a box shows since
  let held;         // what the pointer is down on
  const isBox = element => element.matches('input');
  const isLive = () => 'live' in document.documentElement.dataset;

  // An element's kind and words, and which of those alike it is: so it is found again in the page that is drawn anew.
  const wordsOf = element => [element.tagName, element.ariaLabel ?? element.textContent.trim(), element.name, isBox(element) ? element.closest('label')?.textContent : ''].join('|');
  const alike = words => [...document.querySelectorAll(pressable)].filter(element => wordsOf(element) === words);
  const place = element => { const words = wordsOf(element); return { element, words, at: alike(words).indexOf(element) }; };
  const found = ({ words, at }) => alike(words)[at];

  const makeUp = () => {
    for (const press of [...early]) {
      const element = found(press);
      if (!element) continue; // comes later, or is gone
      early.splice(early.indexOf(press), 1);
      if (press.checked === undefined || element.checked !== press.checked) element.click();
    }
  };

  document.addEventListener('click', event => {
    const pressed = event.isTrusted && !isLive() && event.target.closest?.(pressable);
    if (!pressed || pressed.matches(works) || pressed.form?.method === 'post') return;
    const again = early.findIndex(press => press.element === pressed);
    if (again >= 0) early.splice(again, 1);
    early.push({ ...place(pressed), checked: isBox(pressed) ? pressed.checked : undefined });
    if (isBox(pressed)) return; // it shows what was chosen
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  document.addEventListener('portallive', () => {
    if (early.length === 0) return;
    const later = new MutationObserver(makeUp);
    later.observe(document.body, { childList: true, subtree: true });
    setTimeout(() => { later.disconnect(); early.length = 0; }, 5000);
    makeUp();
  });

  document.addEventListener('pointerdown', event => {
    const element = event.target.closest?.(pressable);
    held = element && place(element);
  }, true);
  document.addEventListener('pointerup', event => {
    const anew = held && !held.element.isConnected ? found(held) : undefined;
    if (anew?.contains(event.target)) anew.click();
    held = undefined;
  }, true);
})();
