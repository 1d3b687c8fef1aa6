// Every page works without this file. It only makes a few things faster or safer.
import htmx from 'htmx.org';
import { showSignatures } from './signature.js';

// No page is kept or fetched again behind the reader's back: Back is the browser's own.
htmx.config.history = false;

// 1. Quick exit: blank the screen first, then replace the history entry instead of adding one.
document.addEventListener('click', (event) => {
  const exit = event.target.closest('[data-exit]');
  if (!exit) return;
  event.preventDefault();
  document.title = ' ';
  document.body.replaceChildren();
  location.replace(exit.href);
});

// 2. A page that the browser kept alive is asked for again, so that Back never shows what has ended.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});

// 3. The summary of problems takes the focus, on opening and after a redraw.
// A quiet save only writes its own line: it moves no focus and touches nothing that is typed.
const quiet = ({ target }) => target.id === 'tersimpan';
const focusSummary = () => document.querySelector('[data-focus]')?.focus();
focusSummary();
document.addEventListener('htmx:after:swap', (event) => quiet(event) || focusSummary());
document.addEventListener('htmx:error', (event) => {
  if (quiet(event)) event.target.textContent = event.target.dataset.unsaved;
});

// 4. What is typed while the server redraws the questions stays: its answer tells of a moment before.
const typed = new Map();
document.addEventListener('htmx:before:request', (event) => quiet(event) || typed.clear());
document.addEventListener('input', ({ target }) => {
  if (target.matches('textarea, select, input:not([type=radio], [type=checkbox], [type=file])')) {
    typed.set(target.id, target.value);
  }
});
document.addEventListener('htmx:after:swap', (event) => {
  if (quiet(event)) return;
  for (const [id, value] of typed) {
    const control = document.getElementById(id);
    if (control && control.value !== value) control.value = value;
  }
  showSignatures();
});
showSignatures();

// 5. What is pressed stays where it is: a redraw that comes meanwhile waits until it is let go of.
// Leaving a control for a button asks for one, and a button that slips away is never clicked.
let letGo = () => {};
let released = Promise.resolve();
document.addEventListener('pointerdown', ({ button }) => {
  if (button !== 0) return;
  letGo(); // of a press whose end never came here
  released = new Promise((resolve) => { letGo = resolve; });
}, true);
const end = () => setTimeout(letGo); // the click comes first
document.addEventListener('pointerup', end, true);
document.addEventListener('pointercancel', end, true);
addEventListener('blur', end);
document.addEventListener('htmx:before:request', ({ detail: { ctx } }) => {
  const { fetch } = ctx;
  ctx.fetch = async (...request) => {
    const response = await fetch(...request);
    await released;
    return response;
  };
});

// 6. Up and down: the order changes, the focus stays on the button, the change is announced.
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-move]');
  if (!button) return;
  const item = button.closest('li, tr');
  const list = item.parentElement;
  const up = button.dataset.move === 'up';
  const other = up ? item.previousElementSibling : item.nextElementSibling;
  if (!other?.dataset.name) return;
  event.preventDefault();
  list.insertBefore(up ? item : other, up ? other : item);
  button.focus();
  const live = document.querySelector('[data-live]');
  if (!live) return;
  const rows = [...list.children].filter((row) => row.dataset.name);
  live.textContent = live.dataset.live
    .replace('{name}', item.dataset.name)
    .replace('{place}', rows.indexOf(item) + 1)
    .replace('{count}', rows.length);
});

// 7. Where somebody is: asked of the device only when the button is pressed, and kept nowhere else.
const offerToLocate = () => {
  if (!navigator.geolocation) return;
  for (const button of document.querySelectorAll('[data-locate]')) button.hidden = false;
};
offerToLocate();
document.addEventListener('htmx:after:swap', offerToLocate);
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-locate]');
  if (!button) return;
  const control = document.getElementById(button.dataset.locate);
  const told = document.getElementById(`${button.dataset.locate}-located`);
  told.textContent = button.dataset.locating;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      control.value = `${+coords.latitude.toFixed(6)}, ${+coords.longitude.toFixed(6)}`;
      control.dispatchEvent(new Event('input', { bubbles: true }));
      told.textContent = '';
      control.focus();
    },
    () => { told.textContent = button.dataset.notLocated; },
    { enableHighAccuracy: true, timeout: 20000, maximumAge: 0 },
  );
});
