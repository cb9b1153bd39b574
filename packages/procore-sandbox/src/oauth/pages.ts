import type { Client, User } from '../model/types.js';
import { html, page } from '../pages/html.js';

export interface ConsentRequest {
  client: Client;
  redirectUri: string;
  state: string;
}

const hidden = (name: string, value: string) => html`<input type="hidden" name="${name}" value="${value}" />`;

/** Lets the person choose a user and allow or deny. */
export function consentPage(request: ConsentRequest, users: readonly User[]): string {
  const choices = users.map(
    (user, index) =>
      html`<label class="choice">
        <input type="radio" name="login" value="${user.login}" ${index === 0 ? html`checked` : ''} />
        <span>${user.name}<span>${user.login}</span></span>
      </label>`,
  );
  return page(
    'Sign in to Procore (sandbox)',
    html`<h1>Sign in to Procore</h1>
      <p>Sandbox. “${request.client.name}” asks to act as you. Choose who you are.</p>
      <form class="card" method="post" action="/oauth/authorize">
        ${hidden('client_id', request.client.id)} ${hidden('redirect_uri', request.redirectUri)}
        ${hidden('state', request.state)} ${hidden('response_type', 'code')}
        <fieldset>${choices}</fieldset>
        <button class="main" name="decision" value="allow">Allow</button>
        <button name="decision" value="deny">Deny</button>
      </form>`,
    true,
  );
}

/** Shows the code to copy, for clients without a redirect address. */
export function codePage(code: string): string {
  return page(
    'Authorization code',
    html`<h1>Authorization code</h1>
      <p>Copy this code into the application within ten minutes.</p>
      <section><code id="code">${code}</code></section>`,
    true,
  );
}

export function refusalPage(text: string): string {
  return page(
    'Sign-in failed',
    html`<h1>Sign-in failed</h1>
      <p>${text}</p>`,
    true,
  );
}
