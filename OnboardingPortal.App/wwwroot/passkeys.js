// Asks the browser for a passkey and sends what it gives with the button's form. Loaded by portal.js when a button wants it.
export async function run(button) {
  const form = button.form, problem = form.querySelector('[data-passkey-problem]');
  if (!form.reportValidity()) return;
  problem.hidden = true;
  button.disabled = true;
  try {
    const answer = await fetch(button.dataset.passkeyOptions, { method: 'POST', body: new FormData(form) });
    if (!answer.ok) throw new Error(answer.statusText);
    const options = await answer.json();
    const credential = button.dataset.passkey === 'create'
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    form.querySelector('[data-passkey-credential]').value = JSON.stringify(credential);
    form.submit();
  } catch {
    problem.hidden = false; // cancelled, unknown to the device, or a browser that is too old: the words cover all
    button.disabled = false;
  }
}
