// What a screen reader, a keyboard and weak eyes need of a page; returns what is wrong. An expression, for evaluation.
(() => {
  const faults = [];
  const say = (node, text) => faults.push(text + ': ' + node.outerHTML.slice(0, 120));
  const visible = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const name = (node) => (node.getAttribute('aria-label') || (node.labels && [...node.labels].map((label) => label.textContent).join(' ')) ||
    (node.getAttribute('aria-labelledby') || '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ') || node.textContent).trim();

  if (!document.documentElement.lang) faults.push('no language');
  if (!document.title) faults.push('no title');
  for (const landmark of ['main', 'header']) if (document.querySelectorAll(landmark).length !== 1) faults.push('not one ' + landmark);
  const ids = [...document.querySelectorAll('[id]')].map((node) => node.id);
  for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index))) faults.push('id twice: ' + id);
  for (const attribute of ['aria-describedby', 'aria-labelledby', 'aria-controls', 'for']) {
    for (const node of document.querySelectorAll('[' + attribute + ']')) {
      for (const id of node.getAttribute(attribute).split(' ')) if (!document.getElementById(id)) say(node, attribute + ' of nothing');
    }
  }
  for (const node of document.querySelectorAll('button, a[href], input, section, [role=progressbar], [role=img], [role=region], table')) {
    if (visible(node) && !name(node)) say(node, 'no name');
  }
  for (const node of document.querySelectorAll('table')) if (!node.caption && !node.getAttribute('aria-label') && !node.closest('[aria-label]')) say(node, 'table without a name');
  for (const node of document.querySelectorAll('th')) if (!node.scope) say(node, 'th without scope');
  let level = 0;
  for (const node of document.querySelectorAll('h1, h2, h3')) {
    const next = Number(node.tagName[1]);
    if (next > level + 1) say(node, 'heading level skipped');
    level = next;
  }
  for (const node of document.querySelectorAll('[tabindex]')) if (Number(node.getAttribute('tabindex')) > 0) say(node, 'tab order forced');
  for (const node of document.querySelectorAll('button, input, summary')) {
    const box = node.getBoundingClientRect();
    if (visible(node) && box.height < 14) say(node, 'too small to hit');
  }
  if (document.documentElement.scrollWidth > innerWidth) faults.push('scrolls sideways by ' + (document.documentElement.scrollWidth - innerWidth));

  // Contrast (WCAG 2.2, 1.4.3): 4.5 for text, 3 where it is large.
  const channels = (color) => color.match(/[\d.]+/g).map(Number);
  const light = (color) => {
    const [r, g, b] = channels(color).map((value) => { value /= 255; return value <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4; });
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const behind = (node) => {
    for (; node; node = node.parentElement) {
      const color = getComputedStyle(node).backgroundColor;
      if ((channels(color)[3] ?? 1) === 1) return color;
    }
    return 'rgb(255, 255, 255)';
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const node = text.parentElement;
    if (!text.data.trim() || ['SCRIPT', 'STYLE', 'TITLE'].includes(node.tagName.toUpperCase()) || !visible(node)) continue;
    const style = getComputedStyle(node);
    const front = node instanceof SVGElement ? style.fill : style.color;
    const [a, b] = [light(front), light(behind(node))];
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
    const key = front + behind(node);
    if (ratio < (large ? 3 : 4.5) && !seen.has(key)) { seen.add(key); say(node, 'contrast ' + ratio.toFixed(2)); }
  }
  return faults;
})()
