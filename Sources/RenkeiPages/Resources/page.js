(() => {
'use strict';
const tip = document.createElement('div');
tip.className = 'tip';
tip.hidden = true;
document.body.append(tip);
let cross = null;
const hide = () => { tip.hidden = true; if (cross) { cross.remove(); cross = null; } };
const show = (hit, text, event) => {
  tip.textContent = text;
  tip.hidden = false;
  const room = document.documentElement.clientWidth - tip.offsetWidth - 12;
  tip.style.left = Math.max(8, Math.min(event.pageX + 14, room)) + 'px';
  tip.style.top = event.pageY - tip.offsetHeight - 14 + 'px';
  if (cross) cross.remove();
  cross = null;
  const x = hit.dataset.x;
  if (!x) return;
  cross = document.createElementNS(hit.namespaceURI, 'line');
  const top = Number(hit.getAttribute('y'));
  cross.setAttribute('class', 'cross');
  cross.setAttribute('x1', x);
  cross.setAttribute('x2', x);
  cross.setAttribute('y1', top);
  cross.setAttribute('y2', top + Number(hit.getAttribute('height')));
  hit.parentNode.insertBefore(cross, hit);
};
for (const hit of document.querySelectorAll('figure svg rect')) {
  const title = hit.querySelector('title');
  if (!title) continue;
  const text = title.textContent;
  title.remove();
  hit.addEventListener('pointermove', event => show(hit, text, event));
  hit.addEventListener('pointerdown', event => show(hit, text, event));
  hit.addEventListener('pointerleave', hide);
}
addEventListener('keydown', event => { if (event.key === 'Escape') hide(); });
for (const figure of document.querySelectorAll('figure')) {
  const groups = [...figure.querySelectorAll('[data-series]')];
  const keys = [...figure.querySelectorAll('[data-key]')];
  if (new Set(groups.map(group => group.dataset.series)).size < 2) continue;
  const flip = name => {
    let isOn = false;
    for (const group of groups) if (group.dataset.series === name) isOn = !group.classList.toggle('off');
    for (const key of keys) if (key.dataset.key === name) key.setAttribute('aria-pressed', String(isOn));
  };
  for (const key of keys) {
    key.closest('svg').setAttribute('role', 'group');
    key.setAttribute('role', 'button');
    key.setAttribute('tabindex', '0');
    key.setAttribute('aria-pressed', 'true');
    key.addEventListener('click', () => flip(key.dataset.key));
    key.addEventListener('keydown', event => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      flip(key.dataset.key);
    });
  }
}
})();
