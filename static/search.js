// The officers' search box: results while typing, all by keyboard. Without this file it is a form.
(() => {
  'use strict';
  const form = document.querySelector('[data-search]');
  if (!form) return;
  const box = form.querySelector('input[type=search]');
  const found = form.querySelector('[data-found]');
  const said = form.querySelector('[data-said]');
  const WAIT = 200;
  let timer, asked;

  const close = () => {
    clearTimeout(timer);
    asked?.abort();
    found.hidden = true;
    said.textContent = '';
  };

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.search}?${new URLSearchParams({ q: box.value })}`, { signal: asked.signal, redirect: 'error' });
      if (!answer.ok) return close();
      found.innerHTML = await answer.text();
      found.hidden = false;
      const hits = found.querySelectorAll('li').length;
      said.textContent = hits ? `${hits} usulan. Tekan panah bawah untuk memilih.` : found.textContent;
    } catch {
      // Another letter was typed, or the line is gone: Enter still asks for the page.
    }
  };

  box.addEventListener('input', () => {
    clearTimeout(timer);
    if (!box.value.trim()) return close();
    timer = setTimeout(ask, WAIT);
  });

  // What the arrows walk through: the list below the box, or else the results of the page.
  const links = () => {
    const list = found.hidden ? document.querySelector('[data-results]') : found;
    return list ? [...list.querySelectorAll('a')] : [];
  };

  const leave = () => {
    close();
    box.blur();
  };

  const walk = (event) => {
    const steps = [box, ...links()];
    const at = steps.indexOf(document.activeElement);
    if (at < 0) return;
    const next = steps[at + (event.key === 'ArrowDown' ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };

  const typing = (element) => element.isContentEditable || element.matches('input, textarea, select');

  document.addEventListener('keydown', (event) => {
    const { key, target } = event;
    const alone = !event.altKey && !event.ctrlKey && !event.metaKey;
    const shortcut = (key === '/' && alone && !typing(target)) || (key === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey);
    if (shortcut) {
      event.preventDefault();
      box.focus();
      box.select();
    } else if (key === 'ArrowDown' || key === 'ArrowUp') {
      if (alone && !event.shiftKey) walk(event);
    } else if (key === 'Escape' && form.contains(target)) {
      event.preventDefault();
      if (target === box) leave();
      else {
        close();
        box.focus();
      }
    }
  });

  form.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget && !form.contains(relatedTarget)) close();
  });
  document.addEventListener('pointerdown', ({ target }) => { if (!form.contains(target)) close(); });
})();
