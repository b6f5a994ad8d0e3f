// A browser that translates the page takes texts out and puts elements called font in their place. Blazor does not know: it would go on to
// write texts that nobody sees, and fail when it removes one. So each text comes back, empty, before its translation; when Blazor writes
// it anew, the translation goes, and the browser translates again.
(() => {
  'use strict';
  const translated = new WeakMap(); // of a text that is replaced: by which element, and what it said
  const texts = new WeakMap(); // of such an element: the text
  const isText = node => node.nodeType === Node.TEXT_NODE;

  const keep = (text, font) => {
    translated.set(text, { font, said: text.data });
    texts.set(font, text);
    text.data = '';
    font.before(text);
  };
  const forget = text => {
    const { font } = translated.get(text);
    translated.delete(text);
    texts.delete(font);
    font.remove();
  };

  // What came where a node went, in whichever order the browser did it.
  const cameFor = (change, later) => {
    const isSamePlace = later && ['target', 'previousSibling', 'nextSibling'].every(place => later[place] === change[place]);
    return [...change.addedNodes, change.previousSibling, change.nextSibling, ...isSamePlace ? later.addedNodes : []];
  };
  const onRemoved = (node, change, later) => {
    if (texts.has(node) && !node.isConnected) { // the browser shows the original again
      const text = texts.get(node), { said } = translated.get(text);
      forget(text);
      cameFor(change, later).find(n => n && isText(n) && n !== text && n.data === said)?.remove();
      text.data = said;
    } else if (translated.has(node)) {
      const { font } = translated.get(node);
      if (!node.isConnected) forget(node);
      else if (font.isConnected && node.nextSibling !== font) node.after(font); // moved
    } else if (isText(node) && !node.isConnected) {
      const font = cameFor(change, later).find(n => n?.nodeName === 'FONT' && n.isConnected && !texts.has(n));
      if (font) keep(node, font);
    }
  };
  const onWritten = text => {
    forget(text);
    const [parent, next] = [text.parentNode, text.nextSibling];
    if (!parent) return;
    text.remove(); // and back: a new text is what the browser looks for
    parent.insertBefore(text, next);
  };

  new MutationObserver(changes => {
    changes.forEach((change, i) => {
      if (change.type === 'childList') for (const node of change.removedNodes) onRemoved(node, change, changes[i + 1]);
      else if (translated.has(change.target)) onWritten(change.target);
    });
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
})();
