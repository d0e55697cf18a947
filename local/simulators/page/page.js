import { FRAMES, NORMAL, PRICES, QUESTIONS, STATES, TRUTH } from './actions.js';

const REFRESH_MS = 1_000;
const SHOWN_MAX = 30;

const element = (id) => document.getElementById(id);
const made = (name, text = '', className = '') => {
  const one = document.createElement(name);
  one.textContent = text;
  if (className) one.className = className;
  return one;
};

let overview = { truth: [], venues: [] };
/** Cells by what they show, made once, so that nothing that somebody reads or has focused goes away. */
const cells = new Map();
const show = (key, text) => {
  const cell = cells.get(key);
  if (cell && cell.textContent !== text) cell.textContent = text;
  return cell;
};

function fields() {
  const number = (id) => Number(element(id).value);
  const venue = element('venue').value;
  return {
    venue,
    venueTitle: overview.venues.find((each) => each.venue === venue)?.title ?? venue,
    asset: element('asset').value,
    percent: number('percent'),
    seconds: number('seconds'),
    skew: number('skew'),
    times: number('times'),
    tick: element('tick').value,
    trueAsset: element('true-asset').value,
    price: element('price').value,
    depeg: number('depeg'),
    factor: number('factor'),
    question: element('question').value,
    truth: overview.truth,
  };
}

function say(text, isRefused = false) {
  element('said').textContent = text;
  element('said').classList.toggle('refused', isRefused);
}

async function send({ path, body }) {
  const response = await fetch(`/simulator/control/${path}`, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) throw new Error((await response.json()).error);
}

/** Does it, says so, and offers to take it back where that can be done. */
async function press(action) {
  try {
    await send(action);
  } catch (error) {
    say(`Refused: ${error.message}`, true);
    return;
  }
  say(`Done. ${action.words}.`);
  const entry = made('li', `${new Date().toLocaleTimeString()} ${action.words}`);
  if (action.undo) {
    const undo = made('button', 'Undo');
    undo.type = 'button';
    undo.setAttribute('aria-label', `Undo: ${action.words}`);
    undo.addEventListener('click', async () => {
      try {
        await send(action.undo);
        say(`Undone. ${action.words}.`);
        undo.replaceWith(made('span', ' — undone', 'quiet'));
      } catch (error) {
        say(`Refused: ${error.message}`, true);
      }
      await refresh();
    });
    entry.append(undo);
  }
  element('log').prepend(entry);
  while (element('log').children.length > SHOWN_MAX) element('log').lastElementChild.remove();
  await refresh();
}

const buttons = [];
function addButtons(id, actions) {
  for (const action of actions) {
    const button = made('button', '', action.isMain ? 'main' : '');
    button.type = 'button';
    button.addEventListener('click', () => press(action.make(fields())));
    element(id).append(button);
    buttons.push({ action, button });
  }
}

/** Buttons say what they would do with what stands in the fields. */
function nameButtons() {
  const now = fields();
  const venue = overview.venues.find((each) => each.venue === now.venue);
  for (const { action, button } of buttons) {
    const label = typeof action.label === 'function' ? action.label(now) : action.label;
    if (button.textContent !== label) button.textContent = label;
    const hasNoFault = action.fault !== undefined && venue?.faults.includes(action.fault) === false;
    const hasNoState = action.needsCancelOnly === true && venue?.canCancelOnly === false;
    button.disabled = hasNoFault || hasNoState || (action.needsAsset === true && now.asset === '');
  }
  element('factor-value').textContent = `${now.factor}`;
}

function fillSelect(id, options) {
  const select = element(id);
  const before = select.options.length > 0 ? select.value : undefined;
  select.replaceChildren(...options.map(({ value, text }) => new Option(text, value)));
  if (options.some(({ value }) => value === before)) select.value = before;
}

function fillAssets() {
  const venue = overview.venues.find((each) => each.venue === element('venue').value);
  const options = (venue?.markets ?? []).map(({ asset, name }) => ({ value: asset, text: name }));
  fillSelect('asset', [...options, { value: '', text: 'All markets' }]);
}

function row(body, prefix, name) {
  const line = made('tr');
  const head = made('th', name);
  head.scope = 'row';
  line.append(head);
  for (const column of ['bid', 'ask', 'state']) {
    const cell = made('td');
    cells.set(`${prefix} ${column}`, cell);
    line.append(cell);
  }
  body.append(line);
}

function buildVenue({ venue, title, markets }) {
  const card = made('div', '', 'card');
  const head = made('div');
  head.append(made('h3', title));
  const state = made('span', '', 'state');
  cells.set(`${venue} state`, state);
  head.append(state);
  const followers = made('p', '', 'quiet');
  cells.set(`${venue} connections`, followers);
  const table = made('table');
  table.append(made('caption', `Best prices at ${title}`));
  const line = made('tr');
  for (const name of ['Market', 'Bid', 'Ask', 'State']) {
    const cell = made('th', name);
    cell.scope = 'col';
    line.append(cell);
  }
  const top = made('thead');
  top.append(line);
  const body = made('tbody');
  for (const { asset, name } of markets) row(body, `${venue} ${asset}`, name);
  table.append(top, body);
  const scroll = made('div', '', 'table');
  scroll.append(table);
  card.append(head, followers, scroll);
  element('venues').append(card);
}

function build() {
  for (const venue of overview.venues) buildVenue(venue);
  for (const { asset } of overview.truth) row(element('truth'), `truth ${asset}`, asset);
  fillSelect(
    'venue',
    overview.venues.map(({ venue, title }) => ({ value: venue, text: title })),
  );
  fillSelect(
    'true-asset',
    overview.truth.map(({ asset }) => ({ value: asset, text: asset })),
  );
  const questions = overview.truth.filter(({ kind }) => kind === 'outcome');
  fillSelect(
    'question',
    questions.map(({ asset }) => ({ value: asset, text: asset })),
  );
  fillAssets();
}

function update() {
  for (const { venue, words, connections, markets } of overview.venues) {
    const isWrong = words.length > 0 || markets.some((market) => market.words.length > 0);
    const state = words.length > 0 ? words.join(', ') : isWrong ? 'mad' : 'ok';
    show(`${venue} state`, state).classList.toggle('wrong', isWrong);
    show(`${venue} connections`, connections === 1 ? 'one connection' : `${connections} connections`);
    for (const { asset, bid, ask, status, words: wrong } of markets) {
      const key = `${venue} ${asset}`;
      show(`${key} bid`, bid ?? '–');
      show(`${key} ask`, ask ?? '–');
      show(`${key} state`, wrong.length > 0 ? wrong.join(', ') : status).classList.toggle('wrong', wrong.length > 0);
      cells.get(`${key} state`).classList.add('state');
    }
  }
  for (const { asset, bid, ask, status, winner } of overview.truth) {
    show(`truth ${asset} bid`, bid ?? '–');
    show(`truth ${asset} ask`, ask ?? '–');
    show(`truth ${asset} state`, winner ? `${status}: ${winner}` : status);
  }
}

let isLost = false;
async function refresh() {
  try {
    const response = await fetch('/simulator/control/venues');
    if (!response.ok) throw new Error(`${response.status}`);
    overview = await response.json();
  } catch {
    if (!isLost) say('The simulator does not answer. What is shown is old.', true);
    isLost = true;
    return;
  }
  if (isLost) say('The simulator answers again.');
  isLost = false;
  if (cells.size === 0) build();
  update();
  nameButtons();
}

addButtons('price-buttons', PRICES);
addButtons('frame-buttons', FRAMES);
addButtons('state-buttons', STATES);
addButtons('truth-buttons', TRUTH);
addButtons('question-buttons', QUESTIONS);
element('normal').addEventListener('click', () => press(NORMAL));
element('venue').addEventListener('change', fillAssets);
document.addEventListener('input', nameButtons);

/** One question after the other, however slow the answers are. */
async function live() {
  await refresh();
  setTimeout(live, REFRESH_MS);
}
live();
