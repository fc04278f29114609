// The console. Texts come from anywhere: they reach the page as text nodes alone, never as markup.
'use strict';

const MOST_ROWS = 60;
const byId = id => document.getElementById(id);

/** Returns an element with text or children in it. */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Returns the text with its entities marked. Offsets count UTF-16 units, as JavaScript does. */
function marked(text, entities) {
  const line = element('p', {class: 'text', dir: 'auto'});
  let from = 0;
  for (const entity of entities || []) {
    if (entity.start < from || entity.end > text.length) continue;
    const percent = (100 * entity.score).toFixed(0) + ' %';
    line.append(text.slice(from, entity.start));
    line.append(element('mark', {'data-type': entity.type, title: entity.type + ' ' + percent},
      text.slice(entity.start, entity.end), element('small', {}, entity.type)));
    from = entity.end;
  }
  line.append(text.slice(from));
  return line;
}

/** Returns the probability of each sentiment, as bars and numbers. */
function scores(sentiment) {
  const list = element('dl', {class: 'scores'});
  for (const [label, probability] of Object.entries(sentiment.scores)) {
    const best = label === sentiment.label ? 'best' : '';
    const fill = element('span', {class: 'fill', 'data-label': label});
    fill.style.width = (100 * probability).toFixed(1) + '%';
    list.append(
      element('dt', {class: best}, label),
      element('dd', {'aria-hidden': 'true'}, element('span', {class: 'track'}, fill)),
      element('dd', {class: 'value ' + best}, (100 * probability).toFixed(1) + ' %'));
  }
  return list;
}

function rejected(rejection) {
  return element('p', {class: 'problem'}, 'refused, ' + rejection.reason + ': ' + rejection.detail);
}

function show(result) {
  const parts = [];
  if (result.rejected) {
    parts.push(rejected(result.rejected));
  } else {
    parts.push(marked(result.text, result.entities));
    if (result.sentiment) parts.push(scores(result.sentiment));
    const models = Object.values(result.models || {}).join(', ');
    parts.push(element('p', {class: 'note'},
      `${result.tokens} tokens${result.truncated ? ', only the first were read' : ''}; ${models}`));
  }
  byId('result').replaceChildren(...parts);
}

async function label(event) {
  event.preventDefault();
  const button = byId('form').querySelector('button');
  button.disabled = true;
  try {
    const answer = await fetch('/api/label', {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body: JSON.stringify({text: byId('text').value}),
    });
    if (!answer.ok) throw new Error(await answer.text());
    show(await answer.json());
  } catch (problem) {
    byId('result').replaceChildren(element('p', {class: 'problem'}, 'no answer: ' + problem.message));
  } finally {
    button.disabled = false;
  }
}

function row(result) {
  const refused = Boolean(result.rejected);
  const sentiment = result.sentiment;
  const name = refused ? 'refused' : sentiment ? sentiment.label : 'labelled';
  const badge = element('span', {class: 'badge', 'data-label': name},
    sentiment ? `${name} ${(100 * sentiment.score).toFixed(0)} %` : name);
  const place = 'topic' in result ? `${result.topic}, partition ${result.partition}, offset ${result.offset}: ` : '';
  const body = refused ? element('p', {class: 'text'}, place + result.rejected.reason + '. ' + result.rejected.detail)
    : 'text' in result ? marked(result.text, result.entities)
      : element('p', {class: 'text'}, place + 'a result that this console cannot read');
  return element('li', {'data-refused': String(refused)}, badge, body);
}

let paused = false;
function watch() {
  const list = byId('live');
  const state = byId('live-state');
  const source = new EventSource('/api/events');
  source.onmessage = message => {
    if (paused) return;
    const result = JSON.parse(message.data);
    if (byId('refused-only').checked && !result.rejected) return;
    list.prepend(row(result));
    while (list.children.length > MOST_ROWS) list.lastChild.remove();
    state.textContent = 'As committed; when there are many, a sample of them.';
  };
  source.onopen = () => { list.replaceChildren(); state.textContent = 'Waiting for results…'; };
  source.onerror = () => {
    state.textContent = 'Connection lost; trying again…';
    // A browser tries again by itself, but not after an answer such as 503: all places taken, or a proxy alone.
    if (source.readyState === EventSource.CLOSED) setTimeout(watch, 5000);
  };
}

async function health() {
  const line = byId('health');
  try {
    const answer = await fetch('/health/ready');
    const body = await answer.json();
    const failing = body.checks.filter(check => !check.ok).map(check => `${check.name}: ${check.detail}`);
    line.dataset.up = String(answer.ok);
    byId('health-text').textContent = answer.ok ? 'ready' : 'not ready: ' + failing.join('; ');
  } catch (gone) {
    line.dataset.up = 'false';
    byId('health-text').textContent = 'no answer';
  }
}

byId('form').addEventListener('submit', label);
byId('text').addEventListener('keydown', event => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) label(event);
});
byId('pause').addEventListener('click', event => {
  paused = !paused;
  event.target.setAttribute('aria-pressed', String(paused));
});
byId('refused-only').addEventListener('change', event => {
  if (event.target.checked) {
    byId('live').querySelectorAll('[data-refused="false"]').forEach(one => one.remove());
  }
});
watch();
health();
setInterval(health, 5000);
