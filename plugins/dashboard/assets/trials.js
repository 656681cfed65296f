const longestMs = 10_000;
const mostText = 20_000;
const opened = new WeakSet();

/** Forms that ask a route: the browser does it itself, as any page of this origin could, and never another origin. */
export function openTrials(root) {
  for (const trial of root.querySelectorAll('details.try')) {
    if (opened.has(trial)) continue;
    opened.add(trial);
    trial.hidden = false;
    trial.querySelector('form').addEventListener('submit', (event) => {
      event.preventDefault();
      void send(trial);
    });
  }
}

async function send(trial) {
  const answer = trial.querySelector('.answer');
  const fields = new FormData(trial.querySelector('form'));
  const url = urlOf(trial.dataset.path, fields);
  if (url.origin !== location.origin) return show(answer, 'That is not an address of this host.');
  const body = fields.get('body');
  const timer = new AbortController();
  const limit = setTimeout(() => timer.abort(), longestMs);
  const started = performance.now();
  try {
    const response = await fetch(url, {
      method: trial.dataset.method,
      signal: timer.signal,
      ...(body && { body, headers: { 'Content-Type': 'application/json' } }),
    });
    const ms = performance.now() - started;
    const text = await readText(response, timer);
    const type = response.headers.get('content-type') ?? 'no content type';
    show(
      answer,
      `${response.status} ${response.statusText}, ${type}, in ${ms.toFixed(0)} ms`,
      readable(text),
    );
  } catch (error) {
    show(
      answer,
      timer.signal.aborted ? `No whole answer within ${longestMs / 1000} s` : `It failed: ${error.message}`,
    );
  } finally {
    clearTimeout(limit);
  }
}

/** `/items/:id` with what was filled in; a wildcard may have slashes. Optional parts that nobody fills in go. */
function urlOf(pattern, fields) {
  const filled = pattern.replace(/([:*])([\p{ID_Start}$_][\p{ID_Continue}$]*)/gu, (_, kind, name) => {
    const value = String(fields.get(`:${name}`) ?? '');
    return kind === '*' ? value.split('/').map(encodeURIComponent).join('/') : encodeURIComponent(value);
  });
  const path = filled.replace(/[{}]/g, '').replace(/^\/+/, '/');
  const url = new URL(path, location.origin);
  url.search = String(fields.get('query') ?? '');
  return url;
}

/** What never ends is read no further than can be shown. */
async function readText(response, timer) {
  const parts = response.body?.pipeThrough(new TextDecoderStream()) ?? [];
  let text = '';
  for await (const part of parts) {
    text += part;
    if (text.length <= mostText) continue;
    timer.abort();
    return `${text.slice(0, mostText)}…`;
  }
  return text;
}

function readable(text) {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

function show(answer, head, text) {
  const title = document.createElement('p');
  title.textContent = head;
  const body = document.createElement('pre');
  body.tabIndex = 0;
  body.textContent = text ?? '';
  answer.replaceChildren(title, ...(text ? [body] : []));
}
