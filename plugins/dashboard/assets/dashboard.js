// Keeps a page up to date. The server renders every page whole; this fetches the page again when something has changed,
// and puts what differs in place, so that there is one way only in which anything is shown.
import { openLog } from './log.js';
import { openTrials } from './trials.js';

const { base, plugin } = document.body.dataset;
const connection = document.getElementById('connection');
const announcement = document.getElementById('announcement');
/** By id: what the server has last sent of each part, whatever the visitor has opened in it since. */
const sent = new Map(liveParts(document).map((part) => [part.id, part.innerHTML]));

const log = openLog();
/** The stream of events, while there is one. */
let events;
/** Whether something may have happened that nobody has told us. */
let isStale = false;
let isRefreshing = false;
let soon;

/** Between two looks at the page, however much happens. */
const refreshMs = 250;

openTrials(document);
document.addEventListener('submit', submit);
document.addEventListener('visibilitychange', () => (document.hidden ? disconnect() : connect()));
connect();
performance.mark('dashboard-ready');

function connect() {
  if (events) return;
  const query = plugin ? `?${new URLSearchParams({ plugin })}` : '';
  events = new EventSource(`${base}/events${query}`);
  events.addEventListener('open', () => {
    say('Live');
    if (isStale) void refresh();
  });
  events.addEventListener('error', () => {
    isStale = true;
    say('Connecting…');
    // A stream that was refused is not tried again by itself: a session may be over.
    if (events?.readyState === EventSource.CLOSED) setTimeout(reconnect, 2_000);
  });
  events.addEventListener('change', ({ data }) => {
    const { plugin: name, what } = JSON.parse(data);
    if (/failed|error|quarantined|running|stopped/.test(what)) announce(`${name} ${what}`);
    refreshSoon();
  });
  events.addEventListener('figures', ({ data }) => showFigures(JSON.parse(data)));
  events.addEventListener('log', ({ data }) => log?.add(JSON.parse(data)));
}

function say(text) {
  connection.textContent = text;
  connection.classList.toggle('live', text === 'Live');
}

/** A browser has few connections to one host: pages that nobody sees take none. */
function disconnect() {
  events?.close();
  events = undefined;
  isStale = true;
}

function reconnect() {
  disconnect();
  if (!document.hidden) connect();
}

function refreshSoon() {
  soon ??= setTimeout(() => {
    soon = undefined;
    void refresh();
  }, refreshMs);
}

async function refresh() {
  if (isRefreshing) {
    refreshSoon();
    return;
  }
  isRefreshing = true;
  try {
    const response = await fetch(location.pathname, { headers: { Accept: 'text/html' } });
    if (response.redirected) location.assign(response.url);
    else if (response.ok) putInPlace(new DOMParser().parseFromString(await response.text(), 'text/html'));
    isStale = false;
  } catch {
    // The host is away: the stream says so, and comes back with it.
  } finally {
    isRefreshing = false;
  }
}

/** What has the focus keeps it, and what is open stays open: both are found again by their ids. */
function putInPlace(page) {
  document.title = page.title;
  setFormToken(formToken(page));
  for (const part of liveParts(page)) {
    const here = document.getElementById(part.id);
    const html = part.innerHTML;
    if (!here || sent.get(part.id) === html) continue;
    sent.set(part.id, html);
    const focused = here.contains(document.activeElement) ? document.activeElement.id : '';
    const isOpen = new Map([...here.querySelectorAll('details[id]')].map(({ id, open }) => [id, open]));
    here.replaceChildren(...part.childNodes);
    for (const details of here.querySelectorAll('details[id]')) {
      details.open = isOpen.get(details.id) ?? details.open;
    }
    openTrials(here);
    if (focused) (document.getElementById(focused) ?? document.getElementById('main')).focus();
  }
}

function liveParts(root) {
  return [...root.querySelectorAll('[data-live]')];
}

function formToken(root) {
  return root.querySelector('meta[name="form-token"]').content;
}

function setFormToken(token) {
  document.querySelector('meta[name="form-token"]').content = token;
  for (const field of document.querySelectorAll('input[name="form"]')) field.value = token;
}

function showFigures(figures) {
  for (const place of document.querySelectorAll('[data-figure]')) {
    const text = figures[place.dataset.of]?.[place.dataset.figure];
    if (text !== undefined && place.textContent !== text) place.textContent = text;
  }
}

function announce(text) {
  announcement.textContent = text;
}

async function submit(event) {
  const form = event.target;
  if (!form.matches('[data-action]')) return;
  event.preventDefault();
  const button = form.querySelector('button');
  button.setAttribute('aria-busy', 'true');
  announce(`${button.textContent.trim()}…`);
  try {
    const response = await fetch(form.action, {
      method: 'POST',
      headers: { Accept: 'application/json', 'X-Form-Token': formToken(document) },
    });
    const { message } = await response.json();
    announce(message);
  } catch {
    announce('The host did not answer.');
  }
  button.removeAttribute('aria-busy');
  await refresh();
}
