// A signature is drawn as strokes: the text of an SVG path, in a hidden control beside the field.
// Without this file the name is typed, which counts the same.
const WIDTH = 600;
const HEIGHT = 200;
const NEAR = 3; // a point nearer to the last one than this adds nothing to see
let stroke = null;

const control = (box) => box.querySelector('[data-drawn]');
const show = (box, strokes) => box.querySelector('path').setAttribute('d', strokes);

const keep = (box, strokes) => {
  control(box).value = strokes;
  show(box, strokes);
  control(box).dispatchEvent(new Event('input', { bubbles: true }));
};

// The fields of this page, with what was drawn in them; called again when the page was redrawn.
export const showSignatures = () => {
  for (const box of document.querySelectorAll('[data-sign]')) {
    box.hidden = false;
    box.querySelector('[data-undo]').hidden = false;
    show(box, control(box).value);
  }
};

const place = (pad, { clientX, clientY }) => {
  const { left, top, width, height } = pad.getBoundingClientRect();
  const within = (value, most) => Math.max(0, Math.min(most, Math.round(value * most)));
  return [within((clientX - left) / width, WIDTH), within((clientY - top) / height, HEIGHT)];
};

document.addEventListener('pointerdown', (event) => {
  const pad = event.target.closest('.sign__pad');
  if (!pad || stroke || event.button !== 0) return;
  event.preventDefault();
  pad.setPointerCapture(event.pointerId);
  const box = pad.closest('[data-sign]');
  const at = place(pad, event);
  stroke = { id: event.pointerId, box, pad, at, before: control(box).value, points: `M${at.join(' ')}` };
});

document.addEventListener('pointermove', (event) => {
  if (stroke?.id !== event.pointerId) return;
  const at = place(stroke.pad, event);
  const most = Number(control(stroke.box).dataset.drawn);
  if (Math.hypot(at[0] - stroke.at[0], at[1] - stroke.at[1]) < NEAR) return;
  if (stroke.before.length + stroke.points.length > most - 20) return;
  stroke.points += `L${at.join(' ')}`;
  stroke.at = at;
  show(stroke.box, stroke.before + stroke.points);
});

const lift = (event) => {
  if (stroke?.id !== event.pointerId) return;
  const { box, before, at, points } = stroke;
  stroke = null;
  const drawn = points.includes('L') ? points : `${points}L${at.join(' ')}`; // a dot
  const most = Number(control(box).dataset.drawn);
  keep(box, before.length + drawn.length > most ? before : before + drawn);
};
document.addEventListener('pointerup', lift);
document.addEventListener('pointercancel', lift);

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-undo], [data-clear]');
  const box = button?.closest('[data-sign]');
  if (!box) return;
  event.preventDefault();
  const { value } = control(box);
  keep(box, button.matches('[data-undo]') ? value.slice(0, Math.max(0, value.lastIndexOf('M'))) : '');
});
