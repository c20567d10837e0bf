/* assets/portal: what a script can add to pages that work without one.
 *
 * A classic script, since modules don't load from file://. Each part stands alone, so a browser
 * that stumbles in one keeps the others. Nothing is fetched; ticks of checklists stay in this
 * browser. */
(function () {
  'use strict';

  function all(selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
  }

  function make(name, attributes, text) {
    var element = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) {
      element.setAttribute(key, attributes[key]);
    });
    if (text) element.textContent = text;
    return element;
  }

  function button(text, act) {
    var b = make('button', { type: 'button' }, text);
    b.addEventListener('click', act);
    return b;
  }

  function plural(count, one, many) {
    return count + ' ' + (count === 1 ? one : many);
  }

  /* One line for screen readers; pages say there what a look would tell. */
  var announcer;
  function announce(text) {
    if (!announcer) {
      announcer = make('p', { class: 'unseen', role: 'status' });
      document.querySelector('main').appendChild(announcer);
    }
    announcer.textContent = text;
  }

  /* -- How old is this copy? Days are counted in this device's calendar. --------------- */

  function dayOf(iso) {
    var d = iso.split('-');
    return Date.UTC(+d[0], +d[1] - 1, +d[2]) / 864e5;
  }

  function today() {
    var now = new Date();
    return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / 864e5;
  }

  function copyAge() {
    var made = document.querySelector('time[data-copy-days]');
    var place = document.querySelector('.copy-age');
    if (!made || !place) return;
    var days = today() - dayOf(made.dateTime);
    var limit = +made.getAttribute('data-copy-days');
    var review = document.querySelector('time.review-due');
    var late = review && today() > dayOf(review.dateTime);
    if (days < 0) return;
    var age = plural(days, 'day', 'days') + ' old';
    place.textContent = 'This copy is ' + (days === 0 ? 'of today' : age);
    if (late) place.textContent += '; its review was due on ' + review.textContent;
    place.classList.toggle('old', days >= limit || !!late);
    place.classList.toggle('very-old', days >= 3 * limit || !!late);
    place.hidden = false;
  }

  /* -- Tables: buttons that sort, a box that filters ----------------------------------- */

  function addSortButtons(table) {
    all('thead th', table).forEach(function (th) {
      var b = make('button', { type: 'button' });
      while (th.firstChild) b.appendChild(th.firstChild);
      th.appendChild(b);
    });
    table.addEventListener('sort-end', function () {
      var th = table.querySelector('th[aria-sort]');
      if (th) announce('Sorted by ' + th.textContent + ', ' + th.getAttribute('aria-sort'));
    });
  }

  function addFilter(table, number) {
    var rows = table.tBodies[0] ? table.tBodies[0].rows.length : 0;
    if (rows < 8) return;
    var id = 'filter-' + number;
    var box = make('input', { type: 'search', id: id, autocomplete: 'off', spellcheck: 'false' });
    var count = make('output', { for: id }, plural(rows, 'row', 'rows'));
    var tools = make('div', { class: 'tools' });
    var field = make('div');
    field.appendChild(make('label', { for: id }, 'Show only rows with'));
    field.appendChild(box);
    tools.appendChild(field);
    tools.appendChild(count);
    var scroll = table.closest('.scroll') || table;
    scroll.parentNode.insertBefore(tools, scroll);

    function filter() {
      var words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
      var shown = 0;
      all('tbody tr', table).forEach(function (row) {
        var text = row.textContent.toLowerCase();
        row.hidden = !words.every(function (word) { return text.indexOf(word) >= 0; });
        if (!row.hidden) shown++;
      });
      count.textContent = (words.length ? shown + ' of ' : '') + plural(rows, 'row', 'rows');
    }

    /* An output speaks by itself: waiting keeps it from speaking at every key. */
    var timer;
    box.addEventListener('input', function () {
      clearTimeout(timer);
      timer = setTimeout(filter, 200);
    });
  }

  /* A region that has nothing to scroll need not be a stop of the Tab key. */
  function scrollRegions() {
    if (!window.ResizeObserver) return;
    var observer = new ResizeObserver(function (entries) {
      entries.forEach(function (entry) {
        var region = entry.target;
        var scrolls = region.scrollWidth > region.clientWidth ||
          region.scrollHeight > region.clientHeight;
        if (scrolls) region.setAttribute('tabindex', '0');
        else if (document.activeElement !== region) region.removeAttribute('tabindex');
      });
    });
    all('.scroll[tabindex]').forEach(function (region) { observer.observe(region); });
  }

  function tables() {
    all('table.sortable').forEach(addSortButtons);
    all('table.sortable, table.filtered').forEach(addFilter);
  }

  /* -- Maps: larger, smaller, all of it ------------------------------------------------ */

  function zoom(figure) {
    var svg = figure.querySelector('svg');
    var canvas = figure.querySelector('.canvas');
    if (!svg || !canvas || !svg.viewBox.baseVal) return;
    var natural = svg.viewBox.baseVal.width * 4 / 3; /* points to pixels */
    var scale = 1;

    function set(next) {
      scale = Math.min(4, Math.max(0.2, next));
      var x = (canvas.scrollLeft + canvas.clientWidth / 2) / canvas.scrollWidth;
      var y = (canvas.scrollTop + canvas.clientHeight / 2) / canvas.scrollHeight;
      svg.setAttribute('width', Math.round(natural * scale));
      svg.removeAttribute('height');
      canvas.scrollLeft = x * canvas.scrollWidth - canvas.clientWidth / 2;
      canvas.scrollTop = y * canvas.scrollHeight - canvas.clientHeight / 2;
      announce(Math.round(scale * 100) + ' percent');
    }

    var acts = {
      '+': function () { set(scale * 1.25); },
      '=': function () { set(scale * 1.25); },
      '-': function () { set(scale / 1.25); },
      '0': function () { set((canvas.clientWidth - 32) / natural); }
    };
    var tools = make('div', { class: 'tools' });
    tools.appendChild(button('Larger', acts['+']));
    tools.appendChild(button('Smaller', acts['-']));
    tools.appendChild(button('Fit', acts['0']));
    tools.appendChild(button('Actual size', function () { set(1); }));
    figure.insertBefore(tools, figure.firstChild);
    canvas.addEventListener('keydown', function (event) {
      if (event.target !== canvas || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!acts[event.key]) return;
      acts[event.key]();
      event.preventDefault();
    });
  }

  /* -- Checklists: ticks are kept for this page, in this browser ----------------------- */

  function checklists() {
    var boxes = all('.task-list input[type="checkbox"][id]:not([disabled])');
    if (!boxes.length) return;
    var key = 'continuo-ticks:' + location.pathname;
    var ticks = {};
    try {
      ticks = JSON.parse(localStorage.getItem(key)) || {};
    } catch (nothing) { /* no storage here: ticks last as long as the page */ }

    function keep() {
      try {
        localStorage.setItem(key, JSON.stringify(ticks));
      } catch (nothing) { /* as above */ }
    }

    function labelOf(box) {
      return document.querySelector('label[for="' + box.id + '"]') || box.parentNode;
    }

    function show(box) {
      var label = labelOf(box);
      var stamp = label.querySelector('.tick-time');
      if (stamp) stamp.remove();
      box.checked = !!ticks[box.id] || (box.defaultChecked && ticks[box.id] !== 0);
      label.classList.toggle('ticked', box.checked);
      if (!ticks[box.id]) return;
      label.appendChild(make('span', { class: 'tick-time' }, ' ' + ticks[box.id]));
    }

    function stampOfNow() {
      var now = new Date();
      var local = new Date(now - now.getTimezoneOffset() * 6e4);
      return local.toISOString().slice(0, 16).replace('T', ' ');
    }

    function asText() {
      return boxes.map(function (box) {
        var words = labelOf(box).textContent.trim().replace(/\s+/g, ' ');
        return (box.checked ? '[x] ' : '[ ] ') + words;
      }).join('\r\n') + '\r\n';
    }

    function save() {
      var text = document.title + '\r\n\r\n' + asText();
      var url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
      var link = make('a', { href: url, download: 'checklist.txt' });
      document.body.appendChild(link);
      link.click();
      link.remove();
      setTimeout(function () { URL.revokeObjectURL(url); }, 1000);
    }

    boxes.forEach(function (box) {
      show(box);
      box.addEventListener('change', function () {
        ticks[box.id] = box.checked ? stampOfNow() : 0;
        keep();
        show(box);
      });
    });
    var tools = make('div', { class: 'tools' });
    tools.appendChild(button('Clear the ticks', function () {
      ticks = {};
      keep();
      boxes.forEach(function (box) { show(box); });
      announce('Ticks cleared');
    }));
    tools.appendChild(button('Save as text', save));
    var last = boxes[boxes.length - 1].closest('.task-list');
    last.parentNode.insertBefore(tools, last.nextSibling);
  }

  /* -- Paper shows what is folded away ------------------------------------------------- */

  function unfoldForPrint() {
    var folded = [];
    addEventListener('beforeprint', function () {
      folded = all('details:not([open])');
      folded.forEach(function (d) { d.open = true; });
    });
    addEventListener('afterprint', function () {
      folded.forEach(function (d) { d.open = false; });
    });
  }

  copyAge();
  tables();
  scrollRegions();
  all('figure.drawing').forEach(zoom);
  checklists();
  unfoldForPrint();
})();
