// Small improvements; every page works without this file.
(() => {
  'use strict';
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const icon = (name) => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
    svg.setAttribute('class', 'icon');
    svg.setAttribute('aria-hidden', 'true');
    use.setAttribute('href', `${document.body.dataset.icons}#${name}`);
    svg.append(use);
    return svg;
  };
  const clock = (at) => {
    const then = new Date(at);
    const time = then.toLocaleTimeString('id-ID', { hour: '2-digit', minute: '2-digit' }).replace(':', '.');
    const today = then.toDateString() === new Date().toDateString();
    return `${today ? '' : `${then.toLocaleDateString('id-ID', { day: 'numeric', month: 'long' })} `}pukul ${time}`;
  };

  // --- Errors: the summary takes the focus, the title of the tab says it too.
  const errors = document.querySelector('.errsum');
  if (errors) {
    errors.focus();
    document.title = `Kesalahan: ${document.title}`;
  }

  // --- Thousands dots while typing rupiah; the cursor keeps its place.
  const dots = (text) => text.replace(/\D/g, '').replace(/^0+(?=\d)/, '').replace(/\B(?=(\d{3})+$)/g, '.');
  // What was refused ("240 juta") stays as it was typed until the person changes it.
  all('input[data-rupiah]').forEach((input) => { if (/^\d+$/.test(input.value)) input.value = dots(input.value); });
  document.addEventListener('input', ({ target: input }) => {
    if (!input.matches('input[data-rupiah]')) return;
    // Words and commas are for the server to explain: "25,5 juta" must never become 255.
    if (/[^\d.\s]/.test(input.value)) return;
    const right = input.value.length - input.selectionEnd;
    input.value = dots(input.value);
    const at = Math.max(0, input.value.length - right);
    input.setSelectionRange(at, at);
  });

  // --- Select all, and count what is selected for a bulk action.
  all('[data-bulk]').forEach((form) => {
    const boxes = all('tbody input[type=checkbox]', form);
    const every = form.querySelector('[data-all]');
    const count = form.querySelector('[data-count]');
    const tell = () => {
      const chosen = boxes.filter((box) => box.checked).length;
      if (count) count.textContent = chosen ? `${chosen} dipilih` : 'Belum ada yang dipilih';
      if (every) every.checked = chosen > 0 && chosen === boxes.length;
    };
    every?.addEventListener('change', () => { boxes.forEach((box) => { box.checked = every.checked; }); tell(); });
    boxes.forEach((box) => box.addEventListener('change', tell));
    tell();
  });

  // --- Dialogs: an ordinary link without JavaScript, a dialog with it.
  document.addEventListener('click', (event) => {
    const link = event.target.closest('[data-dialog]');
    const dialog = link ? document.getElementById(link.dataset.dialog) : event.target.closest('[data-close]')?.closest('dialog');
    if (!dialog?.showModal) return;
    event.preventDefault();
    if (link) dialog.showModal(); else dialog.close();
  });

  all('[data-print]').forEach((button) => { button.hidden = false; button.addEventListener('click', () => window.print()); });
  addEventListener('beforeprint', () => all('details:not(.menu):not([open])').forEach((fold) => { fold.open = true; fold.dataset.folded = ''; }));
  addEventListener('afterprint', () => all('details[data-folded]').forEach((fold) => { fold.open = false; delete fold.dataset.folded; }));

  // --- Menus close when one presses elsewhere or Escape.
  const menus = all('details.menu');
  document.addEventListener('click', (event) => menus.forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; }));
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    menus.filter((menu) => menu.open).forEach((menu) => { menu.open = false; menu.querySelector('summary').focus(); });
  });

  // --- Fields that only matter for some answers: data-show-when="name=value|value".
  const follow = (form) => all('[data-show-when]', form).forEach((part) => {
    const [name, values] = part.dataset.showWhen.split('=');
    const given = new FormData(form).getAll(name);
    // A fault is never hidden, or its summary would lead nowhere.
    part.hidden = !part.classList.contains('is-error') && !values.split('|').some((value) => given.includes(value));
  });
  document.addEventListener('change', (event) => { if (event.target.form) follow(event.target.form); });
  all('form').forEach(follow);

  // --- Draft: form[data-draf="key"] is mirrored on this telephone until it was sent.
  const WEEK = 7 * 24 * 60 * 60 * 1000;
  const SECRET = /nik|npwp|rekening|account|pass|sandi|token|csrf|once/i;
  const prefix = `draf:${document.body.dataset.reader}:`;
  // A browser may refuse storage altogether (private mode, full disk): then there is no mirror.
  const store = (() => {
    try { localStorage.setItem('draf', '1'); localStorage.removeItem('draf'); return localStorage; } catch { return null; }
  })();
  const keys = (start) => Object.keys(store).filter((key) => key.startsWith(start));
  const read = (key) => { try { return JSON.parse(store.getItem(key)); } catch { return null; } };
  const drafts = all('form[data-draf]');
  const mirrored = (form) => [...form.elements].filter((field) => field.name && !SECRET.test(field.name)
    && !['password', 'file', 'hidden', 'submit', 'button'].includes(field.type) && !field.closest('[data-no-draf]'));

  // Whoever is asked to sign in first has not sent anything yet.
  const asksWho = (path) => path.startsWith('/akun/');
  const accepted = (sent) => { store.removeItem(sent.key); store.removeItem('draf-sent'); };
  const settle = () => {
    // A form counts as sent when the next page came from it and is not the form again.
    const sent = read('draf-sent');
    all('[data-draf-done]').forEach((mark) => store.removeItem(prefix + mark.dataset.drafDone));
    if (!sent) return;
    const again = drafts.some((form) => prefix + form.dataset.draf === sent.key) && !document.querySelector('[data-success]');
    const from = document.referrer ? new URL(document.referrer) : null;
    if (again || asksWho(location.pathname)) store.removeItem('draf-sent');
    else if (from?.origin === location.origin && from.pathname === sent.path) accepted(sent);
  };
  const restore = (form, key) => {
    const draft = read(key);
    // After an error the page holds what was typed last.
    if (!draft || errors || form.querySelector('.is-error')) return;
    const taken = {};
    let changed = false;
    for (const field of mirrored(form)) {
      const values = draft.fields[field.name];
      if (!values) continue;
      if (field.type === 'checkbox' || field.type === 'radio') {
        const wanted = values.includes(field.value);
        changed ||= field.checked !== wanted;
        field.checked = wanted;
      } else {
        const at = taken[field.name] ?? 0;
        taken[field.name] = at + 1;
        if (values[at] === undefined || values[at] === field.value) continue;
        field.value = values[at];
        changed = true;
      }
    }
    if (!changed) return;
    const drop = make('button', { type: 'button', class: 'btn btn-quiet btn-small' }, 'Buang dan pakai yang tersimpan di server');
    drop.addEventListener('click', () => { store.removeItem(key); location.reload(); });
    form.prepend(make('div', { class: 'notice notice-plain', role: 'status' }, icon('history'), make('div', {},
      make('p', {}, `Isian yang belum terkirim dari ponsel atau komputer ini, ${clock(draft.at)}, sudah dikembalikan. Periksa lalu simpan.`), drop)));
    follow(form);
  };
  const mirror = (form, key) => {
    const note = make('p', { class: 'saved mt', role: 'status' });
    form.append(note);
    let wait;
    const save = () => {
      const fields = {};
      for (const field of mirrored(form)) {
        const values = fields[field.name] ??= [];
        if (field.type !== 'checkbox' && field.type !== 'radio') values.push(field.value);
        else if (field.checked) values.push(field.value);
      }
      const at = Date.now();
      try { store.setItem(key, JSON.stringify({ at, fields })); } catch { return; }
      const words = `Isian tersimpan di perangkat ini ${clock(at)}`;
      if (note.textContent !== words) note.replaceChildren(icon('check-circle'), words);
    };
    form.addEventListener('input', () => { clearTimeout(wait); wait = setTimeout(save, 600); });
    // The server saved all of it by itself: a copy here would only grow old.
    document.addEventListener('htmx:afterSwap', () => {
      if (!form.querySelector(`[data-draf-done="${form.dataset.draf}"]`)) return;
      clearTimeout(wait);
      store.removeItem(key);
      note.replaceChildren();
    });
    form.addEventListener('submit', () => {
      clearTimeout(wait);
      save();
      store.setItem('draf-sent', JSON.stringify({ key, path: location.pathname }));
    });
  };
  const forget = () => { if (store) keys('draf').forEach((key) => store.removeItem(key)); };
  if (store) {
    keys('draf:').forEach((key) => { if (!(Date.now() - read(key)?.at < WEEK)) store.removeItem(key); });
    settle();
    drafts.forEach((form) => { const key = prefix + form.dataset.draf; restore(form, key); mirror(form, key); });
  }
  all('form[data-sign-out]').forEach((form) => form.addEventListener('submit', forget));

  // --- No network: say so where one is writing.
  if (drafts.length) {
    const offline = make('div', { class: 'notice notice-plain', role: 'status' }, icon('wifi-off'),
      make('div', {}, make('p', {}, 'Anda sedang luring. Anda tetap dapat mengisi; kirim setelah tersambung lagi.')));
    const tell = () => { if (navigator.onLine) offline.remove(); else drafts[0].prepend(offline); };
    addEventListener('online', tell);
    addEventListener('offline', tell);
    tell();
  }

  // --- Files: size first, then a small picture; progress while they travel.
  const size = (bytes) => (bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / 1048576).toFixed(1).replace('.0', '').replace('.', ',')} MB`);
  const picture = async (file, frame) => {
    if (!file.type.startsWith('image/') || !window.createImageBitmap) return;
    try {
      const bitmap = await createImageBitmap(file);
      const canvas = make('canvas', { width: 112, height: 144 });
      const scale = Math.max(112 / bitmap.width, 144 / bitmap.height);
      canvas.getContext('2d').drawImage(bitmap, (112 - bitmap.width * scale) / 2, (144 - bitmap.height * scale) / 2, bitmap.width * scale, bitmap.height * scale);
      frame.replaceChildren(canvas);
    } catch { /* not a picture after all: the server will say so */ }
  };
  document.addEventListener('change', ({ target: input }) => {
    if (input.type !== 'file') return;
    const place = input.closest('.drop, .file, .field') ?? input.parentElement;
    const list = place.querySelector('.chosen') ?? place.appendChild(make('div', { class: 'chosen', 'aria-live': 'polite' }));
    const limit = Number(input.dataset.maxBytes || 0);
    list.replaceChildren(...[...input.files].map((file) => {
      const big = limit && file.size > limit;
      const frame = make('span', { class: 'thumb' }, icon(file.type.startsWith('image/') ? 'image' : 'file'));
      const words = make('div', {}, make('p', { class: 'name' }, file.name));
      if (big) {
        words.append(make('p', { class: 'error' }, icon('alert'), make('span', {}, `Berkas ini berukuran ${size(file.size)}, paling besar ${size(limit)}.`)),
          make('p', { class: 'small' }, 'Potret ulang dengan mutu sedang, atau pindai sebagai PDF hitam putih.'));
      } else words.append(make('p', { class: 'small muted' }, `${size(file.size)}, siap dikirim`));
      picture(file, frame);
      return make('div', { class: `file mt-s${big ? ' is-bad' : ''}` }, frame, words);
    }));
    if (list.querySelector('.is-bad')) { input.value = ''; input.setAttribute('aria-invalid', 'true'); } else input.removeAttribute('aria-invalid');
  });

  const upload = (form, button) => {
    const data = new FormData(form, button ?? undefined);
    const request = new XMLHttpRequest();
    const words = make('p', { class: 'small' }, 'Mengunggah…');
    const bar = make('progress', { max: 100, value: 0, 'aria-label': 'Berkas yang sudah terkirim' });
    const stop = make('button', { type: 'button', class: 'btn btn-quiet btn-small' }, icon('x'), 'Batalkan');
    const box = make('div', { class: 'panel mt stack-s', role: 'status' }, words, bar, stop);
    (form.querySelector('.actions') ?? form.lastElementChild).before(box);
    const failed = (sentence) => {
      box.remove();
      free(form);
      form.querySelector('.upload-failed')?.remove();
      const notice = make('div', { class: 'notice notice-danger upload-failed mt', role: 'alert', tabindex: '-1' }, icon('alert'), make('div', {}, make('p', {}, sentence)));
      (form.querySelector('.actions') ?? form.lastElementChild).before(notice);
      notice.focus();
    };
    request.upload.onprogress = (event) => {
      if (!event.lengthComputable) return;
      bar.value = Math.round((event.loaded / event.total) * 100);
      words.textContent = `Mengunggah ${bar.value} %, ${size(event.loaded)} dari ${size(event.total)}`;
    };
    request.upload.onload = () => { words.textContent = 'Terkirim. Berkas sedang diperiksa…'; stop.remove(); };
    request.onload = () => {
      // The answer is a whole page, already paid for by this request: show it, do not fetch it again.
      const type = request.getResponseHeader('Content-Type') ?? '';
      if (!type.startsWith('text/html')) { location.assign(request.responseURL); return; }
      const { pathname } = new URL(request.responseURL);
      const sent = store && read('draf-sent');
      if (sent && pathname !== location.pathname && !asksWho(pathname)) accepted(sent);
      if (request.responseURL !== location.href) history.pushState(null, '', request.responseURL);
      document.open();
      document.write(request.responseText);
      document.close();
      scrollTo(0, 0);
    };
    request.onerror = () => failed('Sambungan terputus. Berkas belum terkirim, pilihan Anda masih ada di sini. Periksa sinyal, lalu tekan tombol sekali lagi.');
    request.onabort = () => failed('Pengiriman dibatalkan. Tidak ada yang tersimpan.');
    request.open('POST', form.action || location.href);
    stop.addEventListener('click', () => request.abort());
    request.send(data);
  };

  // --- A form is sent once: the second press does nothing, the button shows that it works.
  const free = (form) => {
    delete form.dataset.sent;
    all('[aria-busy]', form).forEach((button) => button.removeAttribute('aria-busy'));
  };
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== 'post' || form.target) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = '1';
    event.submitter?.setAttribute('aria-busy', 'true');
    const files = all('input[type=file]', form).some((input) => input.files.length);
    if (files && form.enctype === 'multipart/form-data' && window.FormData) { event.preventDefault(); upload(form, event.submitter); return; }
    setTimeout(() => free(form), 20000);
  });
  // --- Passkeys: allauth's script only writes to the console when the person or the device says no.
  document.addEventListener('allauth.error', (event) => {
    event.preventDefault();
    document.querySelector('.passkey-failed')?.remove();
    const notice = make('div', { class: 'notice notice-warn passkey-failed', role: 'alert', tabindex: '-1' }, icon('alert'),
      make('div', {}, make('p', {}, 'Kunci sandi tidak jadi dipakai. Coba sekali lagi dari perangkat yang menyimpan kunci itu, atau pilih cara lain di halaman ini.')));
    document.querySelector('#isi h1').after(notice);
    notice.focus();
  });
  // --- A page of ours when there is no network. Where workers are not allowed, the browser says it alone.
  const { worker } = document.body.dataset;
  if (worker && 'serviceWorker' in navigator) addEventListener('load', () => { navigator.serviceWorker.register(worker).catch(() => {}); });

  addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    all('form[data-sent]').forEach(free);
    if (store) store.removeItem('draf-sent');
  });
})();
