// The officers' record page: papers one after another by keyboard. Works without this file too.
(() => {
  'use strict';
  const desk = document.querySelector('[data-evidence]');
  if (!desk) return;
  const section = desk.closest('section');

  // Coming from another paper, the work goes on where it was: accept it, or go to the next one.
  if (location.hash === '#bukti') {
    const start = desk.querySelector('[name=accepted]') ?? desk.querySelector('[data-next], [data-previous]');
    const begin = () => { if (document.activeElement === document.body) start?.focus({ preventScroll: true }); };
    // The browser lets go of the focus when it comes to the fragment, sooner or later.
    setTimeout(begin, 50);
    addEventListener('load', begin);
  }

  // Only while this section is active, and never while somebody types.
  section.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.matches('input, textarea, select, iframe')) return;
    const name = { ArrowLeft: 'previous', ArrowRight: 'next' }[event.key];
    const link = name && desk.querySelector(`[data-${name}]`);
    if (!link) return;
    event.preventDefault();
    link.click();
  });
})();
