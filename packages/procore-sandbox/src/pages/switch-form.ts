import type { World } from '../model/world.js';
import { switches, type Switch, type SwitchName } from '../switches.js';
import { html, type Html } from './html.js';

const chosen = (world: World, name: SwitchName) => world.options.behaviour[name];

/** The value of every switch by its name. */
export const chosenSwitches = (world: World) =>
  Object.fromEntries(switches.map(({ name }) => [name, chosen(world, name)]));

/** A choice for every switch, with what is chosen now. */
export function switchForm(world: World): Html {
  const choice = ({ name, values, text }: Switch) =>
    html`<tr>
      <td>${name}</td>
      <td>
        <select name="${name}" aria-label="${name}">
          ${values.map((value) => html`<option ${value === chosen(world, name) ? html`selected` : ''}>${String(value)}</option>`)}
        </select>
      </td>
      <td>${text}</td>
    </tr>`;
  return html`<form class="card" method="post" action="/sandbox/switches">
    <table>
      ${switches.map(choice)}
    </table>
    <button class="main">Set</button>
  </form>`;
}
