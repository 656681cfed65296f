// Sends what a form says to the host that has served the page, and shows what it answers.

for (const form of document.querySelectorAll('form.try')) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void attempt(form);
  });
}

const find = document.querySelector('#find');
find.hidden = false;
find.addEventListener('input', narrow);
find.addEventListener('submit', (event) => {
  event.preventDefault();
  document.querySelector('.operation:not([hidden]) > summary')?.focus();
});

addEventListener('hashchange', openNamed);
openNamed();

/** Leaves those operations whose method, path, summary or id have all the words. */
function narrow() {
  const words = find.querySelector('input').value.toLowerCase().split(/\s+/).filter(Boolean);
  const operations = [...document.querySelectorAll('.operation')];
  for (const operation of operations) {
    const summary = operation.querySelector('summary');
    const text = `${summary.textContent} ${summary.dataset.text}`.toLowerCase();
    operation.hidden = !words.every((word) => text.includes(word));
  }
  for (const plugin of document.querySelectorAll('.plugin')) {
    plugin.hidden = !plugin.querySelector('.operation:not([hidden])');
  }
  const left = operations.filter(({ hidden }) => !hidden).length;
  find.querySelector('[role=status]').textContent =
    words.length === 0 ? '' : `${left} of ${operations.length} operations`;
}

/** A link to an operation or a schema opens it. */
function openNamed() {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named instanceof HTMLDetailsElement) named.open = true;
}

async function attempt(form) {
  const output = form.querySelector('output');
  output.replaceChildren('…');
  const begun = performance.now();
  try {
    const response = await fetch(addressOf(form), requestOf(form));
    const text = await response.text();
    output.replaceChildren(...describe(response, text, performance.now() - begun));
  } catch (error) {
    output.replaceChildren(line('strong', `No answer: ${error.message}`));
  }
}

function addressOf(form) {
  const path = form.dataset.path.replaceAll(/\{([^}]*)\}/g, (_, name) => {
    const value = inputsIn(form, 'path').find(({ dataset }) => dataset.name === name)?.value ?? '';
    return value.split('/').map(encodeURIComponent).join('/');
  });
  const query = new URLSearchParams(inputsIn(form, 'query').flatMap(filledIn));
  return `${document.body.dataset.server}${path}${query.size > 0 ? `?${query}` : ''}`;
}

function requestOf(form) {
  const headers = new Headers(inputsIn(form, 'header').flatMap(filledIn));
  const authorization = document.querySelector('#authorization').value;
  if (authorization) headers.set('Authorization', authorization);
  const { method } = form.dataset;
  // Browsers send no body with these.
  const body = method === 'GET' || method === 'HEAD' ? undefined : bodyOf(form);
  const mediaType = form.querySelector('[data-body]')?.dataset.body;
  // The browser itself writes the boundary of a form with files.
  if (body !== undefined && mediaType !== 'multipart/form-data') headers.set('Content-Type', mediaType);
  return { method, headers, body, redirect: 'follow' };
}

function bodyOf(form) {
  const text = form.querySelector('textarea[data-in=text]');
  if (text) return text.value;
  const fields = inputsIn(form, 'body');
  if (fields.length === 0) return undefined;
  const data = new FormData();
  for (const field of fields) {
    if (field.type !== 'file') data.append(field.dataset.name, field.value);
    for (const file of field.files ?? []) data.append(field.dataset.name, file);
  }
  return data;
}

// They have no `name`: by that a form would have `dataset` or `querySelector` of a parameter that is called so.
function inputsIn(form, place) {
  return [...form.querySelectorAll(`[data-in='${place}']`)];
}

/** Of a list, each line is a value. */
function filledIn({ dataset, value, tagName }) {
  const values = tagName === 'TEXTAREA' ? value.split('\n') : [value];
  return values.filter((one) => one !== '').map((one) => [dataset.name, one]);
}

function describe(response, text, ms) {
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
  return [
    line('strong', `${response.status} ${response.statusText}, ${Math.round(ms)} ms`),
    line('pre', headers),
    line('pre', indented(text)),
  ];
}

function indented(text) {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

function line(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
