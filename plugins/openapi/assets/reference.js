// Sends what a form says to the host that has served the page, and shows what it answers.

for (const form of document.querySelectorAll('form.try')) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void attempt(form);
  });
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
    const value = inputsIn(form, 'path').find((input) => input.name === name)?.value ?? '';
    return value.split('/').map(encodeURIComponent).join('/');
  });
  const query = new URLSearchParams(inputsIn(form, 'query').flatMap(filledIn));
  return `${document.body.dataset.server}${path}${query.size > 0 ? `?${query}` : ''}`;
}

function requestOf(form) {
  const headers = new Headers(inputsIn(form, 'header').flatMap(filledIn));
  const authorization = document.querySelector('#authorization').value;
  if (authorization) headers.set('Authorization', authorization);
  const body = bodyOf(form);
  const mediaType = form.querySelector('[data-body]')?.dataset.body;
  // The browser itself writes the boundary of a form with files.
  if (mediaType && mediaType !== 'multipart/form-data') headers.set('Content-Type', mediaType);
  return { method: form.dataset.method, headers, body, redirect: 'follow' };
}

function bodyOf(form) {
  const text = form.querySelector('textarea');
  if (text) return text.value;
  const fields = inputsIn(form, 'body');
  if (fields.length === 0) return undefined;
  const data = new FormData();
  for (const field of fields) {
    if (field.type !== 'file') data.append(field.name, field.value);
    for (const file of field.files ?? []) data.append(field.name, file);
  }
  return data;
}

function inputsIn(form, place) {
  return [...form.querySelectorAll(`input[data-in='${place}']`)];
}

function filledIn({ name, value }) {
  return value === '' ? [] : [[name, value]];
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
