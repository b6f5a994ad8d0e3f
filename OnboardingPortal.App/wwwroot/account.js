// What only an HTTP answer can do for a live page: it renews the session's cookie. And passkeys, which the browser makes.

/** Posts fields with the token of the page's own form; the answer's JSON and status, of which 0 means that nothing came back. */
export async function post(address, fields) {
  const body = new FormData(document.getElementById('session'));
  for (const [name, value] of Object.entries(fields)) body.set(name, value ?? '');
  try {
    const answer = await fetch(address, { method: 'POST', body });
    if (answer.redirected) location.reload(); // signed out elsewhere: the server knows where to go
    return answer.ok && !answer.redirected ? { ...await answer.json(), status: answer.status } : { status: answer.redirected ? 401 : answer.status };
  } catch {
    return { status: 0 };
  }
}

/** Presses a passkey's button for a live page, whose user has shown by now that it is them. */
export function pressPasskey(id) {
  usePasskey(document.getElementById(id)); // nobody waits: the browser may ask for minutes
}

/** Asks the browser for a passkey and hands it to the button's form: to a live page as a change of its hidden field, to another by sending it. */
export async function usePasskey(button) {
  const form = button.form, problem = form.querySelector('[data-passkey-problem]'), field = form.querySelector('[data-passkey-credential]');
  const give = credential => {
    field.value = credential;
    if (button.dataset.passkey !== 'get') field.dispatchEvent(new Event('change', { bubbles: true }));
    else if (credential) form.submit();
    else problem.hidden = false;
  };
  if (form.querySelector('[data-passkey-name]')?.value.trim() === '') return give(''); // it is asked for a name first
  if (problem) problem.hidden = true;
  button.disabled = true;
  try {
    const token = form.elements.__RequestVerificationToken ? form : document.getElementById('session');
    const answer = await fetch(button.dataset.passkeyOptions, { method: 'POST', body: new FormData(token) });
    if (!answer.ok) throw new Error(answer.statusText);
    const options = await answer.json();
    give(JSON.stringify(button.dataset.passkey === 'create'
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })));
  } catch {
    give(''); // cancelled, unknown to the device, or a browser that is too old: the words cover all
  } finally {
    button.disabled = false;
  }
}
