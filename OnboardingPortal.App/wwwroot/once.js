// A form goes out once, however often its button is pressed; after "back" it can go out again.
document.addEventListener('submit', event => {
  if (event.target.dataset.sent) event.preventDefault();
  else event.target.dataset.sent = 'yes';
});
addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach(form => delete form.dataset.sent));
