const levels = ['trace', 'debug', 'info', 'warn', 'error'];
const mostLines = 500;

/** The log of a plugin's page, where the page has one: lines are added at the end, which stays in view unless scrolled away. */
export function openLog() {
  const box = document.getElementById('log');
  const list = document.getElementById('log-lines');
  if (!box || !list) return undefined;
  const level = document.getElementById('log-level');
  const pause = document.getElementById('log-pause');
  const waiting = [];
  let last = Number(list.lastElementChild?.dataset.number ?? 0);
  let drawing;
  document.getElementById('log-tools').hidden = false;
  box.scrollTop = box.scrollHeight;

  level.addEventListener('change', () => {
    for (const line of list.children) line.hidden = isHidden(line.className);
  });
  pause.addEventListener('click', () => {
    pause.setAttribute('aria-pressed', String(!isPaused()));
    showSoon();
  });

  function isPaused() {
    return pause.getAttribute('aria-pressed') === 'true';
  }

  function isHidden(name) {
    return levels.indexOf(name) < levels.indexOf(level.value);
  }

  /** All that has come since the screen was last drawn, at once: a plugin may write faster than anybody draws. */
  function showWaiting() {
    const isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 24;
    document.getElementById('log-empty').hidden = true;
    list.append(...waiting.splice(0).map((entry) => lineOf(entry, isHidden(entry.level))));
    while (list.children.length > mostLines) list.firstElementChild.remove();
    if (isAtEnd) box.scrollTop = box.scrollHeight;
  }

  function showSoon() {
    if (drawing || isPaused()) return;
    drawing = requestAnimationFrame(() => {
      drawing = undefined;
      if (!isPaused() && waiting.length > 0) showWaiting();
    });
  }

  return {
    add(entry) {
      // What came with the page does not come again with the stream.
      if (last >= entry.number) return;
      last = entry.number;
      waiting.push(entry);
      if (waiting.length > mostLines) waiting.shift();
      showSoon();
    },
  };
}

function lineOf({ number, at, level, message, fields }, isHidden) {
  const line = document.createElement('li');
  line.className = level;
  line.hidden = isHidden;
  line.dataset.number = number;
  const time = text('time', at.slice(11, 19));
  time.title = at;
  const parts = [time, ' ', text('b', level), ' ', text('span', message)];
  line.append(...parts, ...(fields ? [' ', text('code', fields)] : []));
  return line;
}

function text(name, content) {
  const element = document.createElement(name);
  element.textContent = content;
  return element;
}
