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
  document.getElementById('log-tools').hidden = false;
  box.scrollTop = box.scrollHeight;

  level.addEventListener('change', () => {
    for (const line of list.children) line.hidden = isHidden(line.className);
  });
  pause.addEventListener('click', () => {
    const isPaused = pause.getAttribute('aria-pressed') !== 'true';
    pause.setAttribute('aria-pressed', String(isPaused));
    if (!isPaused) for (const entry of waiting.splice(0)) show(entry);
  });

  function isHidden(name) {
    return levels.indexOf(name) < levels.indexOf(level.value);
  }

  function show(entry) {
    const isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 24;
    document.getElementById('log-empty').hidden = true;
    list.append(lineOf(entry, isHidden(entry.level)));
    while (list.children.length > mostLines) list.firstElementChild.remove();
    if (isAtEnd) box.scrollTop = box.scrollHeight;
  }

  return {
    add(entry) {
      // What came with the page does not come again with the stream.
      if (Number(list.lastElementChild?.dataset.number ?? 0) >= entry.number) return;
      if (pause.getAttribute('aria-pressed') === 'true') waiting.push(entry);
      else show(entry);
      if (waiting.length > mostLines) waiting.shift();
    },
  };
}

function lineOf({ number, at, level, message, fields }, isHidden) {
  const line = document.createElement('li');
  line.className = level;
  line.hidden = isHidden;
  line.dataset.number = number;
  const parts = [text('time', at), ' ', text('b', level), ' ', text('span', message)];
  line.append(...parts, ...(fields ? [' ', text('code', fields)] : []));
  return line;
}

function text(name, content) {
  const element = document.createElement(name);
  element.textContent = content;
  return element;
}
