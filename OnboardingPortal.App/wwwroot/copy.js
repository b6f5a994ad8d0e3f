// Copies what a field holds on a page without a circuit; where the browser does not allow that, the text is marked for the person to copy.
document.addEventListener('click', async event => {
  const button = event.target.closest('[data-copy-field]');
  if (!button) return;
  const field = document.getElementById(button.dataset.copyField);
  field.select();
  if (await window.portal.copy(field.value)) (button.querySelector('.mud-button-label') ?? button).textContent = button.dataset.done;
});
