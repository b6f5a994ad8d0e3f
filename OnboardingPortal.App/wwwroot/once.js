// A form goes out once, however often its button is pressed; after "back" it can go out again. A live page runs this script again when it is drawn anew.
if (!('once' in document.documentElement.dataset)) {
  document.documentElement.dataset.once = '';
  document.addEventListener('submit', event => {
    if (event.target.dataset.sent) event.preventDefault();
    else event.target.dataset.sent = 'yes';
  });
  addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach(form => delete form.dataset.sent));
}
